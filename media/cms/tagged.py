"""Words and a tag at once in the chooser of pictures: Wagtail's search refuses a list that a tag has narrowed."""

from media.models import Image


def searched_by_number(images, request):
    """Return the same pictures as a list that can be searched, where somebody asks for words and a tag at once."""
    if not (request.GET.get("q") and request.GET.get("tag")):
        return images
    found = Image.objects.filter(pk__in=images.order_by().values("pk"))
    return found.select_related("collection").order_by("-created_at")
