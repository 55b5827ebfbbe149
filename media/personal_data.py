"""What the registry says of pictures, documents, films and sound, ours and those of the packages under them."""

from accounts.personal_data.registry import classify, kept, link, nothing

SHOWN = "belongs to the page or record it stands on, and is taken away there"
UNUSED = "a table of the package that stays empty: ours stand in media"

FILE = ("id", "collection", "created_at", "file_size", "file_hash", "tags")
PICTURE = ("width", "height", *(f"focal_point_{part}" for part in ("x", "y", "width", "height")))
FILM = ("id", "collection", "type", "duration", "width", "height", "created_at", "tags")
RENDITION = ("id", "filter_spec", "width", "height", "focal_point_key", "image")


def declare():
    classify(
        "media.Image",
        fields={
            **nothing(*FILE, *PICTURE, "is_decoration"),
            **kept("title", "description", "alt", "credit", "file", why=SHOWN),
            **link("uploaded_by_user"),
        },
    )
    classify("media.Rendition", fields={**nothing(*RENDITION), **kept("file", why=SHOWN)})
    classify(
        "media.Document",
        fields={**nothing(*FILE), **kept("title", "file", why=SHOWN), **link("uploaded_by_user")},
    )
    classify(
        "media.Recording",
        fields={
            **nothing(*FILM),
            **kept("title", "file", "thumbnail", "captions", "transcript", "note", why=SHOWN),
            **link("uploaded_by_user"),
        },
    )
    declare_packages()


def declare_packages():
    classify(
        "wagtailimages.Image",
        fields={
            **nothing(*FILE, *PICTURE),
            **kept("title", "description", "file", why=UNUSED),
            **link("uploaded_by_user"),
        },
    )
    classify("wagtailimages.Rendition", fields={**nothing(*RENDITION), **kept("file", why=UNUSED)})
    classify(
        "wagtaildocs.Document",
        fields={**nothing(*FILE), **kept("title", "file", why=UNUSED), **link("uploaded_by_user")},
    )
    classify(
        "wagtailmedia.Media",
        fields={**nothing(*FILM), **kept("title", "file", "thumbnail", why=UNUSED), **link("uploaded_by_user")},
    )
