"""The one view that serves every upload.

Why slices. A worker of ours has one thread, and granian keeps that thread until it has taken the whole answer over; it
takes four pieces ahead of the reader and no more. Four phones on a slow line, each with a film that is sent in small
pieces, so held every worker and stopped every page (measured: 8 seconds). Here nobody holds a thread:

- Every player asks by Range. It gets one slice of 1 MB at most, also when it asks for all that is left, as a plain
  answer of one piece: the server takes it over at once and lets the reader take it as slowly as the line is. The player
  asks on when it needs more; a film that nobody watches to the end is not sent to the end.
- Without a Range (a document, a picture, "save as") a file of up to 32 MB goes out whole, in one piece as well.
- Of a bigger file without a Range only the first slice goes out, under the length of the whole. Browsers that open such
  a film in a tab read on from there by Range; who can't, sees that the file is not complete.
"""

import os

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from media.domain.pictures import first_request
from media.kinds import CONTENT_TYPES, DOCUMENTS, ending
from media.policies import readable_upload
from media.ranges import SLICE, WHOLE, asked_slice


@csrf_exempt  # nothing is ever changed here, and a POST is to be told 405
@require_safe
def serve_upload(request, name):
    upload = readable_upload(request, name) or first_request(request, name)
    if upload is None or ending(name) not in CONTENT_TYPES:
        raise Http404
    try:
        with open(upload.path, "rb") as file:
            return answer(request, file, name, is_public=upload.is_public)
    except FileNotFoundError:
        raise Http404 from None


def answer(request, file, name, *, is_public):
    """Return `file`, the slice of it that was asked for, or the word that the reader's own copy is still right."""
    facts = os.fstat(file.fileno())
    etag, modified = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"', int(facts.st_mtime)
    response = get_conditional_response(request, etag, modified)
    if response is None:
        response = content(request, file, facts.st_size, is_current=copy_is_current(request, etag, modified))
        response["Content-Type"] = CONTENT_TYPES[ending(name)]
        response["Content-Disposition"] = content_disposition_header(ending(name) in DOCUMENTS, os.path.basename(name))
        response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = "max-age=60" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def content(request, file, size, *, is_current):
    header = request.headers.get("Range", "") if request.method == "GET" and is_current else ""
    asked = asked_slice(header, size=size)
    if asked is None:
        return whole(request, file, size)
    if not asked:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(asked.start)
    headers = {"Content-Range": f"bytes {asked.start}-{asked.stop - 1}/{size}", "Content-Length": len(asked)}
    return HttpResponse(file.read(len(asked)), status=206, headers=headers)


def whole(request, file, size):
    length = 0 if request.method == "HEAD" else size if size <= WHOLE else SLICE
    return HttpResponse(file.read(length), headers={"Content-Length": size})


def copy_is_current(request, etag, modified):
    """False when If-Range names another version than this one: then the reader needs the whole file anew."""
    return request.headers.get("If-Range", etag) in (etag, http_date(modified))
