"""Dutch words cut to their stem, so that another form of a word is found as well."""

import re
import threading
from functools import lru_cache

import snowballstemmer

_here = threading.local()  # a stemmer keeps what it is busy with, so each thread has its own


def words_in(text):
    return re.findall(r"\w+", text.lower())


@lru_cache(maxsize=20_000)
def stem(word):
    """Return the stem of one Dutch word, in small letters."""
    if not hasattr(_here, "stemmer"):
        _here.stemmer = snowballstemmer.stemmer("dutch")
    return _here.stemmer.stemWord(word.lower()[:60])


def stems_of(text):
    """Return the stems of all words of `text`, each once, with a space between."""
    return " ".join(dict.fromkeys(stem(word) for word in words_in(text)))
