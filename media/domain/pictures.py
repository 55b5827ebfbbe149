"""How a picture is shown: which sizes there are, the address of each, and making one when it is first asked for.

An address is worked out from the picture alone, so a page with fifty pictures asks the database for none of their
sizes. The file behind it is made by the request that first wants it (`first_request`, from the view that serves every
upload): never while a page is made or saved, and never in a transaction, which on SQLite would hold up everybody.
"""

import logging
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.functional import cached_property
from wagtail.images.models import Filter

from media.kinds import PICTURES
from media.models import Image, Rendition
from media.policies import readable_upload

logger = logging.getLogger(__name__)

FOLDER = "images"  # where renditions are stored
LARGE = "large"
ROUND = 60  # a picture less than this many pixels wider than its place gains nothing from a larger view


@dataclass(frozen=True)
class Size:
    """A width in pixels that a picture is made in; `ratio` (width by height) when it is cut to one."""

    width: int
    resize: str
    ratio: float = 0

    def box(self, image):
        """Return (width, height) of `image` in this size, in pixels; nothing is ever blown up."""
        across, down = image.width, image.height
        if self.ratio:
            across = min(across, round(down * self.ratio))
            down = round(across / self.ratio)
        width = max(1, min(self.width, across))
        return width, max(1, round(down * width / across))


SIZES = {
    **{f"w{width}": Size(width, f"width-{width}") for width in (480, 960, 1440)},
    **{f"c{width}": Size(width, f"fill-{width}x{width * 3 // 4}", 4 / 3) for width in (480, 960)},
    LARGE: Size(2400, "max-2400x2400"),
}
WHOLE = ("w480", "w960", "w1440")
CUT = ("c480", "c960")
# By the ending of the file, smallest first: a browser takes the first that it knows. The qualities look alike.
FORMS = {
    "avif": "format-avif|avifquality-60",
    "webp": "format-webp|webpquality-78",
    "jpg": "format-jpeg|jpegquality-82",
}
NAME = re.compile(
    rf"{FOLDER}/(?P<stem>[^/.]+)\.(?:(?P<focus>[0-9a-f]{{8}})\.)?(?P<size>{'|'.join(SIZES)})\.(?P<form>{'|'.join(FORMS)})"
)


# ── The addresses ──────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it: what the parts of a `<picture>` say."""

    image: Image
    names: tuple

    @cached_property
    def sizes(self):
        """The sizes from small to large, up to the first that holds every pixel there is."""
        found = []
        for name in self.names:
            found.append(name)
            if SIZES[name].box(self.image)[0] < SIZES[name].width:
                break
        return found

    @property
    def sources(self):
        """`{"type": ..., "srcset": ...}` of each format but the last, which every browser knows."""
        return [{"type": PICTURES[f".{form}"], "srcset": self._srcset(form)} for form in list(FORMS)[:-1]]

    @property
    def srcset(self):
        return self._srcset("jpg")

    @property
    def address(self):
        """The picture for a browser that knows no srcset: the middle one."""
        return address_of(self.image, self.sizes[min(1, len(self.sizes) - 1)], "jpg")

    @property
    def width(self):
        return self._box[0]

    @property
    def height(self):
        return self._box[1]

    @property
    def is_tall(self):
        return self.height > self.width

    @property
    def large_address(self):
        """Where the whole picture is to be seen larger; nothing when there is no more to see than on the page."""
        if self.image.is_decoration:
            return ""
        is_cut = bool(SIZES[self.names[0]].ratio) and abs(self.image.width / self.image.height - 4 / 3) > 0.02
        return address_of(self.image, LARGE, "jpg") if is_cut or self.image.width > 960 + ROUND else ""

    @cached_property
    def _box(self):
        return SIZES[self.sizes[-1]].box(self.image)

    def _srcset(self, form):
        return ", ".join(
            f"{address_of(self.image, name, form)} {SIZES[name].box(self.image)[0]}w" for name in self.sizes
        )


def address_of(image, size, form):
    """Return the address of `image` in one of SIZES and one of FORMS, whether it has been made yet or not."""
    return default_storage.url(name_of(image, size, form))


def name_of(image, size, form):
    focus = Filter(SIZES[size].resize).get_cache_key(image) if SIZES[size].ratio else ""
    parts = (PurePosixPath(image.file.name).stem, focus, size, form)
    return f"{FOLDER}/{'.'.join(filter(None, parts))}"


# ── Making one ─────────────────────────────────────────────────────────────────
def first_request(request, name):
    """Make the rendition that is asked for as `name`, when there is a picture for it that this person may read.

    Returns the Upload, or None when nothing stands behind the name. Who may not read the picture makes nothing.
    """
    match = NAME.fullmatch(name)
    image = match and _image_with(match["stem"])
    if not image or readable_upload(request, image.file.name) is None:
        return None
    if name != name_of(image, match["size"], match["form"]):
        return None  # of another focal point than the picture has now
    try:
        rendition = make_rendition(image, match["size"], match["form"])
    except (OSError, DatabaseError):  # the disk is full, the file is gone: the page still has the words beside it
        logger.exception("%s can't be made.", name)
        return None
    return readable_upload(request, rendition.file.name)


def make_rendition(image, size, form):
    """Return the Rendition of `image`, made when there is none yet; raises OSError when the picture can't be read."""
    spec = Filter(f"{SIZES[size].resize}|{FORMS[form]}")
    known = {"filter_spec": spec.spec, "focal_point_key": spec.get_cache_key(image)}
    if rendition := image.renditions.filter(**known).first():
        return rendition
    if not image.file.storage.exists(image.file.name):
        raise FileNotFoundError(image.file.name)
    made = image.generate_rendition_file(spec)
    content = ContentFile(made.read(), name=PurePosixPath(name_of(image, size, form)).name)
    rendition = Rendition(image=image, file=content, **known)
    try:
        with transaction.atomic():
            rendition.save()
    except DatabaseError as error:
        # Somebody else made it meanwhile, or the picture was deleted: no file stays behind that no row knows of.
        rendition.file.storage.delete(rendition.file.name)
        if not isinstance(error, IntegrityError):
            raise
        rendition = image.renditions.filter(**known).first()
        if rendition is None:
            raise
    return rendition


def _image_with(stem):
    """Return the Image whose file has this name without its ending, or None; one query."""
    names = [f"original_images/{stem}{ending}" for ending in PICTURES]
    return Image.objects.filter(file__in=names).first()
