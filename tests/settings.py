"""Settings of the test run: a home of its own, strict templates, quick hashes."""

import os
import tempfile
from pathlib import Path

os.environ["XANH_HOME"] = os.environ.get("XANH_TEST_HOME") or tempfile.mkdtemp(prefix="xanh-test-")
os.environ.setdefault("XANH_SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789")

from xanh.config.settings import *  # noqa: F403
from xanh.config.settings import DATABASES, HOME, STORAGES, TEMPLATES


class UndefinedVariableError(Exception):
    """A template named a variable that nobody gave it."""


class _Raise(str):
    """Django asks `"%s" in` and `% name` of the placeholder of an undefined variable; this one raises instead."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise UndefinedVariableError(f"undefined template variable: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Raise("undefined")  # type: ignore[index]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
# tests/web/test_account.py switches it on; elsewhere people come in without one.
SECOND_FACTOR = False
UPLOADS = Path(HOME) / "uploads"
(Path(HOME) / "static").mkdir(parents=True, exist_ok=True)
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"].setdefault("TEST", {})
