"""Every value comes from the environment; the defaults are the embedded mode that `make run` uses."""

from pathlib import Path

from django.utils.csp import CSP

from . import env, sqlite

sqlite.install()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("DATA_DIR", "var")).expanduser().resolve()
SEEDS_DIR = BASE_DIR / "seeds"

DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
SECRET_KEY = env.secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

PORT = env.number("PORT", 8000, least=1, most=65535)
SITE_URL = env.origin("SITE_URL", f"http://localhost:{PORT}")
SITE_HOST = SITE_URL.partition("://")[2]
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
EMBEDDED = SITE_HOST.rpartition(":")[0] in LOOPBACK or SITE_HOST in LOOPBACK
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or (
    LOOPBACK if EMBEDDED else [SITE_HOST.partition(":")[0]]
)
# Sockets open from these pages only: scheme, host and port must all be the same.
SOCKET_ORIGINS = (
    [f"http://{host}:{PORT}" for host in LOOPBACK] + [SITE_URL] if EMBEDDED else [SITE_URL]
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "exchange.config",
    "exchange.web",
    "exchange.ledger",
    "exchange.accounts",
    "exchange.languages",
    "exchange.uploads",
    "exchange.safety",
    "exchange.figures",
    "exchange.boards",
    "exchange.comparisons",
    "exchange.moderation",
    "exchange.notifications",
    "exchange.passages",
    "exchange.people",
    "exchange.live",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "django_htmx",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "exchange.uploads.middleware.pictures_apart",
    "exchange.web.middleware.TextCompressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "exchange.web.middleware.well_formed",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "exchange.web.middleware.private_pages_are_not_kept",
    "exchange.accounts.middleware.ended_sessions_are_told_of",
    "exchange.accounts.middleware.suspended_people_are_logged_out",
    "exchange.web.middleware.readable_forms",
    "django.middleware.csrf.CsrfViewMiddleware",
    "exchange.web.middleware.MethodOverride",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "exchange.config.urls"
ASGI_APPLICATION = "exchange.config.asgi.application"
WSGI_APPLICATION = "exchange.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "exchange.web.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {"default": env.database(DATA_DIR / "exchange.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "exchange.web.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        "KEY_PREFIX": "exchange",
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# A bell only: the ledger in the database is the truth, so a lost message is a second's delay.
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": env.words("BELL_URLS") or [REDIS_URL], "prefix": "exchange"},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "exchange.accounts.passwords.ObviousPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
LOGOUT_REDIRECT_URL = "front"

ACCOUNT_ADAPTER = "exchange.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_FORMS = {
    "login": "exchange.accounts.forms.LogInForm",
    "change_password": "exchange.accounts.forms.OtherPasswordForm",
    "reset_password": "exchange.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "exchange.accounts.forms.NewPasswordForm",
    "signup": "exchange.safety.forms.SignUpForm",
}
ACCOUNT_EMAIL_VERIFICATION = env.choice(
    "EMAIL_VERIFICATION", "optional", {"mandatory", "optional", "none"}
)
# Without a mandatory mail nobody can be told by mail alone that the address is taken, so sign-up says it.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# While somebody guesses, log-in is closed to all who try that address: its owner gets in by a mail.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Exchange · 交流] "
# Domains of mail that can sign up although they are on the list of throw-away ones.
MAILBOXES_ALLOWED = [domain.lower() for domain in env.words("MAILBOXES_ALLOWED")]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0, most=10)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文")]
LOCALE_PATHS = [BASE_DIR / "exchange" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "exchange" / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT") or DATA_DIR / "static")
STORAGES = {
    "default": env.storage(DATA_DIR / "uploads"),
    "staticfiles": {"BACKEND": "exchange.config.static_storage.ModuleStorage"},
}
MEDIA_ROOT = DATA_DIR / "uploads"
# Pictures may have a host of their own, where nobody has a cookie: scheme, host and port.
MEDIA_ORIGIN = env.origin("MEDIA_ORIGIN", SITE_URL) if env.text("MEDIA_ORIGIN") else ""
MEDIA_HOST = MEDIA_ORIGIN.partition("://")[2]
if MEDIA_HOST:
    ALLOWED_HOSTS.append(MEDIA_HOST.partition(":")[0])
# Four files of a post with its words: no longer form is read.
MOST_UPLOADED = 4 * 20_000_000 + 10_000_000  # bytes
FILE_UPLOAD_HANDLERS = ["exchange.uploads.receiving.PicturesOnly"]

TRANSLATOR = env.choice("TRANSLATOR", "none", {"none", "fx", "libretranslate", "deepl"})
TRANSLATOR_URL = env.address("TRANSLATOR_URL")
TRANSLATOR_KEY = env.text("TRANSLATOR_KEY")
TRANSLATOR_TIMEOUT = env.number("TRANSLATOR_TIMEOUT", 20, least=1, most=600)
TRANSLATION_MODELS = Path(env.text("TRANSLATION_MODELS") or DATA_DIR / "models").expanduser()
# Characters that go to the engine: of all in a day, and of one member's texts.
TRANSLATION_DAILY_CHARACTERS = env.number("TRANSLATION_DAILY_CHARACTERS", 500_000)
TRANSLATION_MEMBER_CHARACTERS = env.number("TRANSLATION_MEMBER_CHARACTERS", 40_000)

MAIL_DIR = DATA_DIR / "mail"
MAILERS = {"default": env.mailer(MAIL_DIR)}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL") or (
    f"Exchange · 交流 <noreply@{SITE_HOST.partition(':')[0]}>"
)

# 1 MB of Chinese, percent-encoded: too long for a post, but it can be shown again with the reason.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# Who acted, as all who do not moderate are told: moderators by their names, or by what they are.
LOG_NAMES = env.choice("LOG_NAMES", "names", {"names", "roles"})
# How often anybody may do something: safety.limits has the numbers. Off for tests of load only.
LIMITS = env.choice("LIMITS", "on", {"on", "off"}) == "on"

CSRF_FAILURE_VIEW = "exchange.accounts.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# No nonce: nothing is inline, so whole pages can be kept.
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", *([MEDIA_ORIGIN] if MEDIA_ORIGIN else [])],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_CSP_REPORT_ONLY = {"require-trusted-types-for": ["'script'"]}

SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if SITE_URL.startswith("https:"):
    SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django.security.csrf": {"level": "ERROR"},
        # Anybody can send a foreign Host: it must not fill the log with tracebacks.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
