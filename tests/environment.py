"""The settings of a test run: made-up keys, a database of its own. What the environment has already stays as it is.

pytest loads it before Django reads its settings; `python tests/environment.py` prints it for a shell to `eval`.
"""

import atexit
import base64
import os
import secrets
import shlex
import shutil
import tempfile
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var"


def values(folder):
    """Return the settings of a run that keeps its database and uploads in `folder`."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ANSWER_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "SITE_URL": "http://localhost:8000",
        "EMAIL_URL": "smtp://localhost:25",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "UPLOADS_DIR": f"{folder}/uploads",
    }


def folder_of_its_own():
    VAR.mkdir(exist_ok=True)
    return tempfile.mkdtemp(prefix="test-", dir=VAR)


if __name__ == "__main__":
    folder = folder_of_its_own()
    print(f"TEST_FOLDER={shlex.quote(folder)}")  # noqa: T201 - its answer
    for name, value in values(folder).items():
        print(f"export {name}={shlex.quote(os.environ.get(name) or value)}")  # noqa: T201 - its answer
elif "SECRET_KEY" not in os.environ or "DATABASE_URL" not in os.environ:
    folder = folder_of_its_own()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, value in values(folder).items():
        os.environ.setdefault(name, value)
