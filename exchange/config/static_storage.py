from servestatic.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Modules name each other by relative path; a page gets them under their hashed names too."""

    support_js_module_import_aggregation = True
