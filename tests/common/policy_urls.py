"""The site's addresses, with the two desks of policy_desk.py in the CMS."""

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from config import urls
from tests.common.policy_desk import closed_desk, desk

desks = [*desk.get_admin_urls_for_registration(), *closed_desk.get_admin_urls_for_registration()]
urlpatterns = [path("cms/", include(decorate_urlpatterns(desks, require_admin_access))), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
