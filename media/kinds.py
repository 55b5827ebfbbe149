"""The kinds of file that people may upload, by how the name ends, and as what each of them is served."""

from pathlib import PurePosixPath

PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
FILMS = {".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm"}
SOUNDS = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
}
CAPTIONS = {".vtt": "text/vtt; charset=utf-8"}
DOCUMENTS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
CONTENT_TYPES = PICTURES | FILMS | SOUNDS | CAPTIONS | DOCUMENTS


def ending(name):
    """Return how a file's name ends, in small letters with the dot: `.jpg`, or nothing."""
    return PurePosixPath(name or "").suffix.lower()
