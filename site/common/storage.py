from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed files whose ES modules import each other by their hashed names (off by default in Django
    5.2).
    """

    support_js_module_import_aggregation = True

    @cached_property
    def known_urls(self):
        """`{name: address}` of what pages asked for: the files do not change while the site runs."""
        return {}

    def url(self, name, force=False):
        if name not in self.known_urls:
            self.known_urls[name] = super().url(name, force)
        return self.known_urls[name]
