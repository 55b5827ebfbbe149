"""Which pages and files somebody meets in the CMS: what they work on, and in a chooser also what is online."""

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import CollectionMember, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from common.tree import DraftAbove, RestrictionAbove

_own, _shown = {}, {}
_kept_files, _kept_collections = [], []


def keep_to_its_own(model, worked_on_by, shown=None):
    """Let pages of this type be met in the CMS by nobody but the people of that page, whatever rights others have.

    `worked_on_by(user)` returns the queryset of the pages whose drafts are for `user`, `shown()` the one of those that
    others may link to; without it, all that are live.
    """
    _own[model], _shown[model] = worked_on_by, shown or model.objects.live


def keep_files(of_somebody, met_by, fixed_for):
    """Let files that are somebody's be met in the CMS by nobody but their people, whatever rights others have.

    `of_somebody(model)` returns the condition (Q) on the files that are kept so, `met_by(user, model)` the one on those
    that `user` may work with, `fixed_for(user, model)` the one on those that `user` may choose and not change.
    """
    _kept_files.append((of_somebody, met_by, fixed_for))


def keep_collections(of_somebody):
    """Offer these collections to nobody as a place for files: what lies there is put there by an act of its own.

    `of_somebody()` returns the condition (Q) on them.
    """
    _kept_collections.append(of_somebody)


class OwnFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Who may choose and change all files of the site meets none of those that storytellers keep for their stories."""

    def collections_user_has_any_permission_for(self, user, actions):
        found = super().collections_user_has_any_permission_for(user, actions)
        return found if user.is_superuser else found.exclude(reduce(or_, (kept() for kept in _kept_collections), Q()))

    def instances_user_has_any_permission_for(self, user, actions):
        found = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser or not user.is_authenticated:
            return found
        rows = self.model._default_manager
        allowed = Q(pk__in=found.order_by().values("pk"))
        for of_somebody, met_by, fixed_for in _kept_files:
            allowed &= ~Q(pk__in=rows.filter(of_somebody(self.model)).values("pk"))
            if {"change", "choose"} & set(actions):
                allowed |= Q(pk__in=rows.filter(met_by(user, self.model)).values("pk"))
            if "choose" not in actions:
                allowed &= ~Q(pk__in=rows.filter(fixed_for(user, self.model)).values("pk"))
        return rows.filter(allowed)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if user.is_superuser or not self._is_kept(user, instance):
            return super().user_has_any_permission_for_instance(user, actions, instance)
        if set(actions) == {"delete"}:
            return instance.uploaded_by_user_id == user.pk
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def _is_kept(self, user, instance):
        rows = self.model._default_manager.filter(pk=instance.pk)
        return any(
            rows.filter(
                of_somebody(self.model) | Q(pk__in=rows.filter(fixed_for(user, self.model)).values("pk"))
            ).exists()
            for of_somebody, _met_by, fixed_for in _kept_files
        )


class OwnPagesPolicy(PagePermissionPolicy):
    """Who may only add pages somewhere meets there their own, and nothing that others write.

    To Wagtail the right to add is a right to see: the titles of everybody's drafts stand in its explorer, its search,
    its reports and its API. The right to add, alone, is what co-trainers have on stories (accounts/roles.py).
    """

    def instances_user_has_any_permission_for(self, user, actions):
        """As Wagtail's, but below a page where `user` may only add, the pages that are theirs."""
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything
        asked, found = self._get_permission_codenames(actions), Q(pk__in=[])
        for right in self.get_cached_permissions_for_user(user):
            found |= self._reach(user, right, asked)
        for model, worked_on_by in _own.items():
            found &= ~Q(content_type=ContentType.objects.get_for_model(model))
            if asked & {self._get_permission_codename("add"), self._get_permission_codename("change")}:
                found |= Q(pk__in=worked_on_by(user).values("pk"))
        return self.model._default_manager.filter(found)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        may = super().user_has_any_permission_for_instance(user, actions, instance)
        if not may or user.is_superuser or instance.owner_id == user.pk:
            return may
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def _reach(self, user, right, asked):
        """Return the condition on pages for which this one `right` is one of the `asked` codenames."""
        add, change = self._get_permission_codename("add"), self._get_permission_codename("change")
        below, own = Q(path__startswith=right.page.path), Q(owner=user)
        if right.permission.codename != add:
            return below if right.permission.codename in asked else Q(pk__in=[])
        if add in asked:
            return below if self._sees_others(user, right.page) else Q(pk=right.page_id) | (below & own)
        return below & own if change in asked else Q(pk__in=[])

    def _sees_others(self, user, page):
        """True when `user` has more than the right to add on `page`."""
        add = self._get_permission_codename("add")
        rights = self.get_cached_permissions_for_user(user)
        return any(page.path.startswith(one.page.path) for one in rights if one.permission.codename != add)


def pages_met_by(user):
    """The pages that `user` works on in the CMS, and those that lead there."""
    return policy_registry.get_by_type(Page).explorable_instances(user)


def pages_to_choose(user):
    """The pages that `user` may link to: those they meet, and those that are online for everybody with an account."""
    online = Page.objects.live().exclude(DraftAbove("path")).exclude(RestrictionAbove("path", but="login"))
    for model, shown in _shown.items():
        kind = Q(content_type=ContentType.objects.get_for_model(model))
        online = online.filter(~kind | Q(pk__in=shown().values("pk")))
    return Page.objects.filter(Q(pk__in=pages_met_by(user).values("pk")) | Q(pk__in=online.values("pk")))


def files_to_choose(user, model):
    """The files that `user` may put on a page: those they work on, and those of a collection they may choose from."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ("change", "delete", "choose"))


def may_choose(user, model, pk):
    """True when `user` may link to this row; of what is no page and no file everybody may."""
    if issubclass(model, Page):
        return pages_to_choose(user).filter(pk=pk).exists()
    return not issubclass(model, CollectionMember) or files_to_choose(user, model).filter(pk=pk).exists()
