"""Files that belong to a row."""


def erase_file(file):
    """Remove the file behind the value of a FileField; without one, or when it is gone, nothing happens."""
    if file:
        file.storage.delete(file.name)
