from django.contrib.auth.models import Permission
from wagtail_modeladmin.helpers import PermissionHelper


class PolicyPermissionHelper(PermissionHelper):
    """Puts modeladmin's questions to the policy: its views, buttons, menu and links all ask here.

    What there is no domain act for nobody may do, whatever the policy says.
    """

    def __init__(self, model_admin):
        super().__init__(model_admin.model, model_admin.inspect_view_enabled)
        self.model_admin = model_admin
        self.policy = model_admin.policy

    def get_all_model_permissions(self):
        """None: who could be given one in Wagtail's screens would read the rows' names in its reports."""
        return Permission.objects.none()

    def user_can_list(self, user):
        return self.policy.may_list(user)

    def user_can_create(self, user):
        return self.model_admin.create_act is not None and self.policy.may_add(user)

    def user_can_inspect_obj(self, user, obj):
        return self.inspect_view_enabled and self.policy.may_view(user, obj)

    def user_can_edit_obj(self, user, obj):
        return self.model_admin.change_act is not None and self.policy.may_change(user, obj)

    def user_can_delete_obj(self, user, obj):
        return self.model_admin.delete_act is not None and self.policy.may_delete(user, obj)

    def user_can_read_history_of_obj(self, user, obj):
        """Who did what is for those who may change the row as well; the way there stands on its form."""
        return self.policy.may_change(user, obj)
