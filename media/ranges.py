"""How much of a file goes out at once, and reading the `Range` header (RFC 9110, section 14)."""

import re

SLICE = 1024 * 1024
WHOLE = 32 * SLICE  # more than a document may be, and than a picture of 20 MB may grow to when it is stored anew

ONE_RANGE = re.compile(r"bytes=([0-9]{0,20})-([0-9]{0,20})", re.IGNORECASE)


def asked_slice(header, *, size):
    """Return the bytes of a file of `size` that `header` asks for, as a `range` of SLICE at most.

    An empty range means that there are none (416). None means that the header is to be left aside: it is malformed, of
    another unit, or asks for several ranges at once, and a server may answer that with the whole file.
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:  # the last so many bytes
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), int(last) + 1 if last else size
        if stop <= start and last:
            return None
    return range(start, min(stop, size, start + SLICE))
