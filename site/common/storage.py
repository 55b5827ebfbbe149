from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed files whose ES modules import each other by their hashed names (off by default in Django
    5.2).
    """

    support_js_module_import_aggregation = True
