"""The site's settings for its tests: nothing of the caller's data, a cheap hasher, mail in memory."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="exchange-tests-")
os.environ["DATA_DIR"] = _folder.name
for _name in ("DEBUG", "DEMO", "ARTICLE", "HOST", "PORT", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL"):
    os.environ.pop(_name, None)
for _name in ("EMAIL_VERIFICATION", "TRUSTED_PROXIES", "SECRET_KEY_FALLBACKS", "STATIC_ROOT"):
    os.environ.pop(_name, None)
for _name in [name for name in os.environ if name.startswith(("TRANSLATOR", "TRANSLATION_"))]:
    os.environ.pop(_name)
os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789" * 5

from exchange.config.settings import *  # noqa: F403 all of them, but what follows
from exchange.config.settings import CACHES, CHANNEL_LAYERS, DATABASES, LOOPBACK, STORAGES

# Runs beside each other (the workers of one run, or two people's) share PostgreSQL and Redis.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_run = f"{os.environ.get('EXCHANGE_TEST_RUN', os.getpid())}.{_worker}"

if DATABASES["default"]["ENGINE"] == "exchange.config.sqlite_fair":
    # Said aloud, because pytest-xdist would give a backend that it does not know a file for each worker.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
else:
    # The test database is dropped and made again, which a pool's idle connections would forbid.
    DATABASES["default"]["OPTIONS"].pop("pool", None)

if "KEY_PREFIX" in CACHES["default"]:
    CACHES["default"]["BACKEND"] = "tests.redis_cache.OwnKeysRedisCache"
    CACHES["default"]["KEY_PREFIX"] = f"test.{_run}"
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test.{_run}"

# One person posts a lot in a test. Those of the limits turn them on, with the numbers that people meet.
LIMITS = False
ALLOWED_HOSTS = [*LOOPBACK, "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # from the settings above
