"""Settings: one file, driven by the environment.

Nothing insecure is a default. `TRIAL` is set by the launcher (`make run`, `make test`) alone; it relaxes what a
trial on one's own machine needs (plain HTTP, readable mail, demo people) and nothing else may test for it.
"""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

TRIAL: bool = env.bool("TRIAL", default=False)
TRIAL_DIR = Path(env.str("TRIAL_DIR", default=str(BASE_DIR / ".trial")))

# Linters and the commands that only look at code must load the settings without any secret.
_LINTING = Path(sys.argv[0]).name in {"mypy", "dmypy", "lint-imports"} or env.bool("LINTING", default=False)


def _required(name: str) -> str:
    value = env.str(name, default="")
    if value or _LINTING:
        return value or "only-for-linters"
    raise ImproperlyConfigured(f"Set {name} in the environment (see docs/running.md), or start with make run.")


def _origins(url: str) -> list[str]:
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if url else []


SECRET_KEY = _required("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL: str = (env.str("BASE_URL", default="http://localhost:8000") if TRIAL else _required("BASE_URL")).rstrip("/")
SECURITY_CONTACT: str = env.str("SECURITY_CONTACT", default="")
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # what is in it stands in mentoring/admin.py alone
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "mentoring",
    "matching",
    "charter",
    "pgtrigger",
    "pghistory",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mentoring.middleware.TrailMiddleware",
    "mentoring.middleware.PersonalPagesMiddleware",
    "mentoring.middleware.MethodMiddleware",
    "mentoring.middleware.IdleMiddleware",
    "mentoring.middleware.SecondStepMiddleware",
    "mentoring.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "mentoring.urls"
WSGI_APPLICATION = "mentoring.wsgi.application"
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
                "csp.context_processors.nonce",
                "mentoring.presenters.navigation.navigation",
            ],
            "builtins": ["mentoring.templatetags.look"],
        },
    }
]
FORM_RENDERER = "mentoring.forms.renderer.Renderer"

# What each app adds to the shared pages, named by string so that nothing looks back (see docs/architecture.md).
ROOMS = ["matching.presenters.home", "mentoring.presenters.home", "charter.presenters.home"]
PROFILE_TASKS = ["matching.presenters.preferences.tasks_of"]
REQUESTS_ORDER = "matching.domain.requests.best_first"
# Where it is written, outside the database, that an account was deleted; replayed after a restored backup.
ERASURE_LEDGER = env.str("ERASURE_LEDGER", default=str(TRIAL_DIR / "erasures.txt"))
# What each app holds of people, field by field (docs/privacy.md).
HOLDINGS = [
    "mentoring.domain.holdings.HOLDINGS",
    "matching.domain.holdings.HOLDINGS",
    "charter.domain.holdings.HOLDINGS",
]
# Who has charge of others' things: querysets of people, for whom signing in is stricter (docs/security.md).
IN_CHARGE = ["mentoring.permissions.coordinators", "charter.permissions.leads_and_assessors"]
DEMO = ["matching.domain.demo.seed", "matching.domain.demo_rounds.seed", "charter.domain.demo.seed"]

# A page must not hold the database; only a migration (its own process) may take as long as it takes.
_STATEMENT_TIMEOUT: str = env.str("STATEMENT_TIMEOUT", default="5s")
_POSTGRES_OPTIONS = (
    f"-c statement_timeout={_STATEMENT_TIMEOUT} -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s"
)
_database = env.db_url_config(_required("DATABASE_URL") if not _LINTING else "postgres://linter@127.0.0.1/none")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_database.get("OPTIONS", {}), "options": _POSTGRES_OPTIONS},
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # The counts of failed sign-ins live here: with Django's 300 a few hundred more would push them out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

AUTH_USER_MODEL = "mentoring.User"
# The address is unique whatever its case: a constraint on Lower("email"), which this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "mentoring.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if TRIAL else "https"
# As few tries for whoever is signed in already, perhaps at another's open browser, and guesses the password.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key",
    "reauthenticate": "5/5m/user",
    "change_password": "5/5m/user",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "add_email": "mentoring.forms.sign_in.EmailForm",
    "change_password": "mentoring.forms.sign_in.PasswordChangeForm",
    "login": "mentoring.forms.sign_in.SignInForm",
    "reset_password": "mentoring.forms.sign_in.PasswordForgottenForm",
    "reset_password_from_key": "mentoring.forms.sign_in.PasswordByLinkForm",
    "set_password": "mentoring.forms.sign_in.PasswordFirstForm",
    "signup": "mentoring.forms.sign_in.JoinForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# The second step. Where it is required, whoever is in charge of others' things gets no further without it.
MFA_REQUIRED: bool = env.bool("MFA_REQUIRED", default=not TRIAL)
MFA_ADAPTER = "mentoring.accounts.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1  # a code counts half a minute longer, and never twice (mentoring/forms/sign_in.py)
# Nobody comes in without a confirmed address, so that a new one may wait for its confirmation beside a second step.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = TRIAL
MFA_FORMS = {
    "activate_totp": "mentoring.forms.sign_in.AppForm",
    "authenticate": "mentoring.forms.sign_in.CodeForm",
    "reauthenticate": "mentoring.forms.sign_in.CodeAgainForm",
    "add_webauthn": "mentoring.forms.sign_in.PasskeyForm",
    "edit_webauthn": "mentoring.forms.sign_in.PasskeyNameForm",
}

# After how many minutes without a click somebody is signed out, and after how many in any case.
SIGNED_IN = {
    "shared": (env.int("IDLE_MINUTES_SHARED", default=10), 12 * 60),
    "in_charge": (env.int("IDLE_MINUTES_IN_CHARGE", default=30), 12 * 60),
    "others": (env.int("IDLE_MINUTES", default=12 * 60), 7 * 24 * 60),
}

# Signing in with the account of an employer (OpenID Connect): only where its server is named.
OIDC_SERVER_URL: str = env.str("OIDC_SERVER_URL", default="")
# It may speak for these addresses alone; without any, it is linked by its owner, never by address.
OIDC_EMAIL_DOMAINS: list[str] = [name.lower() for name in env.list("OIDC_EMAIL_DOMAINS", default=[])]
SOCIALACCOUNT_ADAPTER = "mentoring.accounts.WorkAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "employer",
                "name": env.str("OIDC_NAME", default="your work account"),
                "client_id": _required("OIDC_CLIENT_ID"),
                "secret": _required("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

CELERY_BROKER_URL = _required("REDIS_URL") if not _LINTING else "redis://127.0.0.1"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

if TRIAL:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(TRIAL_DIR / "mail")
else:
    _email = env.email_url_config(env.str("EMAIL_URL", default="smtp://localhost:25"))
    globals().update(_email)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="Alongside <hello@alongside.example>")
EMAIL_TIMEOUT = 10

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = "mentoring.formats"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_DIRS = [BASE_DIR / "static", *([BASE_DIR / ".assets"] if (BASE_DIR / ".assets").exists() else [])]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not TRIAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if TRIAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not TRIAL
SECURE_HSTS_PRELOAD = not TRIAL
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = not TRIAL
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A day longer than anybody may be away: what they send then is kept for them, which takes knowing who they were.
SESSION_COOKIE_AGE = 60 * (24 * 60 + max(idle for idle, _ in SIGNED_IN.values()))
CSRF_COOKIE_SECURE = not TRIAL
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # names people: not for a cookie
CSRF_FAILURE_VIEW = "mentoring.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # Chromium follows a form through its redirects: to the employer's sign-in too.
        "form-action": ["'self'", *_origins(OIDC_SERVER_URL), *env.list("OIDC_ORIGINS", default=[])],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "mentoring.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
