"""The site's only settings file: safe for production as it stands, everything else by environment (docs/host.md)."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config.env import Settings, database, fernet_keys, host_names, periods, secret, switch, web_address

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = Settings()

# ── What kind of site this is ──────────────────────────────────────────────────
DEBUG = env.read("DEBUG", "on or off", switch, default=False)
DEMO = env.read("DEMO", "on or off", switch, default=False)
SECRET_KEY = env.needed("SECRET_KEY", "50 random characters or more, kept secret", secret)
ANSWER_KEYS = env.needed("ANSWER_KEYS", "one or more Fernet keys, the newest first, with commas between", fernet_keys)
ALLOWED_HOSTS = env.needed("ALLOWED_HOSTS", "host names with commas between, as leren.example.nl", host_names)
SITE_URL = env.needed("SITE_URL", "the address of the site, as https://leren.example.nl", web_address)
SERVER_TIMING = DEBUG or DEMO

# ── Apps: training -> stories -> media -> the ground in site/ ──────────────────
INSTALLED_APPS = [
    "training",
    "stories",
    "media",
    "home",
    "accounts",
    "mail",
    "common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail_modeladmin",
    "wagtailmedia",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    # modeladmin's filters on foreign keys ask for the admin's static files; no admin address is mounted.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    *(["common.middleware.ServerTimingMiddleware"] if SERVER_TIMING else []),
    "common.middleware.PolicyMiddleware",  # outside of all that may answer with an error page
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.PersonMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "accounts.middleware.DoorMiddleware",
    "common.middleware.PrivatePagesMiddleware",
    "common.nonsense.NonsenseMiddleware",  # before the guard, that asks for numbers in addresses
    "common.cms.guard.CMSGuard",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.AnswerMiddleware",
    "home.views.not_allowed.NotAllowedMiddleware",
    "stories.views.renamed.RenamedMiddleware",  # a renamed page is found at its old address
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.site_wide",
            ],
            "loaders": [
                (
                    "common.rendering.JoiningLoader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ]
            if not DEBUG
            else [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
        },
    }
]

# ── Data ───────────────────────────────────────────────────────────────────────
DATABASES = {
    "default": env.needed(
        "DATABASE_URL",
        "postgres://user:password@host/name, or sqlite:////path/to/file in a folder that is there",
        database,
    )
}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE stands in for row locks, which SQLite does not have; without it most of 40 threads met "database is
    # locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
    # A test database in memory has no WAL and no second connection, so tests use a file as the site does.
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"] + ".test"}
if DATABASES["default"]["ENGINE"] == "common.postgres":
    # The server keeps the plan of a query that a connection asks often: half its work on a step was planning.
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.read(
        "CACHE_URL",
        "locmem:// or dbcache://table",
        env.cache_url_config,
        default={"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    )
}
# How often somebody tried, counted where all workers see it: in CACHE_URL when that is given, else in the database.
CACHES["limits"] = (
    {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # when there are more, a third of all limits is forgotten; Django has 300
    }
    if CACHES["default"]["BACKEND"].endswith("LocMemCache")
    else CACHES["default"]
)
SESSION_ENGINE = "common.sessions"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "common.storage.StaticStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
# whitenoise serves what collectstatic gathered, so that pages and files are the same in the demo, the tests and
# production.
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_URL = "/bestanden/"
MEDIA_ROOT = env.read("UPLOADS_DIR", "a folder that the site may write to", Path, default=VAR_DIR / "uploads")

# ── People ─────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Door"]
# "USERNAME_FIELD is not unique": it is, by a constraint on every address that can sign in; only erased people share
# the empty one.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "training:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# By invitation only, unless this opens the door: then an address is proven before anybody gets further.
OPEN_SIGNUP = env.read("OPEN_SIGNUP", "on or off", switch, default=False)
INVITATION_DAYS = 14  # a link in an invitation works so long
REQUIRE_SECOND_FACTOR = env.read("REQUIRE_SECOND_FACTOR", "on or off", switch, default=not (DEMO or DEBUG))
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if OPEN_SIGNUP else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail when a password, an address or a second step is changed
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an address or a password is changed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Jouw leven is mijn werk"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # whoever has an account got in by their address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://localhost")
MFA_FORMS = {
    "authenticate": "accounts.forms.sign_in.AuthenticateForm",
    "reauthenticate": "accounts.forms.sign_in.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.sign_in.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.passkeys.EditPasskeyForm",
    "login_webauthn": "accounts.forms.passkeys.LoginPasskeyForm",
    "authenticate_webauthn": "accounts.forms.passkeys.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.passkeys.ReauthenticatePasskeyForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.LoginForm",
    "signup": "accounts.forms.sign_in.SignupForm",
    "confirm_login_code": "accounts.forms.sign_in.CodeForm",
    "reset_password": "accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.sign_in.ResetPasswordKeyForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
    "set_password": "accounts.forms.sign_in.SetPasswordForm",
    "reauthenticate": "accounts.forms.sign_in.ReauthenticateForm",
    "add_email": "accounts.forms.sign_in.AddEmailForm",
}

# ── Stories (docs/decisions/a-release-is-tied-to-its-words.md) ──────────────────
STORY_RESTS_DAYS = 7  # between reading back and putting online; advice, the storyteller may pass it
STORY_CONSENT_DAYS = 365  # what the form for a release proposes
STORY_ASKED_AGAIN_DAYS = 30  # before a consent ends, the storyteller is asked whether the story may stay
STORY_ERASED_HOURS = 20  # after it was taken away for good: its words are erased by then

# ── Own data (docs/own-data.md) ─────────────────────────────────────────────────
EXPORTS_DIR = env.read("EXPORTS_DIR", "a folder that only the site may read", Path, default=VAR_DIR / "exports")
# What was erased, outside the database: `manage.py restore` erases it again. As dear as the backups themselves.
ERASURES_LOG = env.read("ERASURES_LOG", "a file that the site may write to", Path, default=VAR_DIR / "erasures.log")
CARD_LENGTH = 600  # characters on a card to a storyteller or to somebody in a group
CARDS_A_DAY = 5  # that one person may write; answers do not count
CARDS_TO_ONE_A_DAY = 1  # of those, to one and the same person
REACTION_LENGTH = 4000  # characters of a reaction under a page
REACTIONS_A_DAY = 20  # that one person may write; what was taken away counts
REACTION_EDIT_MINUTES = 15  # in which its writer may put it in other words; taking away is always possible
NOTE_LENGTH = 1000  # characters of the note with something that one keeps
KEPT_AT_MOST = 500  # pages that one person may keep
VIEWS_WRITTEN_AFTER = 30  # seconds in which views are counted in memory; None: never by itself (tests)
DELETION_THINKING_DAYS = 7  # between asking to be erased and being erased
RETENTION_DAYS = {
    "address_confirmations": 3,
    "aftercare": 180,  # what a co-trainer wrote to their own person after a meeting
    "attendance_corrections": 365,  # what somebody said of their own attendance, once it was answered
    "attendance": 6 * 365,  # a registration lasts five years, and a year to look at what counted for it
    "cards_taken_back": 30,  # that there was one; its words went at once
    "certificates": 6 * 365,  # nameless then: the number, the date and the hash stay
    "deletion_requests": 90,  # as long as backups are kept, so that an erasing can be done again after a restore
    "editor_forms": 1,
    "editor_log": 2 * 365,
    "exports": 1,
    "inactive_accounts": 2 * 365,  # listed by `manage.py retain`, never erased by itself
    "invitations": 30,
    "mail_bodies": 7,
    "mails": 365,
    "never_came": 365,  # who was asked for a group or waited, and never took part
    "problem_reports": 365,
    "register_numbers": 2 * 365,  # of who takes part in nothing any more
    "role_changes": 2 * 365,
    "sessions": 30,
    "unfinished_uploads": 1,
    "walk_ins": 60,  # names of who was at a meeting and not on its list, when nobody said who it was
    "wishes": 30,  # what could be taken into account at meetings; it may be about health
} | env.read("RETENTION_DAYS", "periods in days, as invitations=30,mails=365", periods, default={})

# ── Mail ───────────────────────────────────────────────────────────────────────
vars().update(
    env.read(
        "EMAIL_URL",
        "smtp://user:password@host:25 or consolemail://",
        env.email_url_config,
        default=env.email_url_config("consolemail://"),
    )
    if DEBUG or DEMO
    else env.needed("EMAIL_URL", "smtp://user:password@host:25", env.email_url_config)
)
if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":  # noqa: F821 - set by the lines above
    EMAIL_BACKEND = "mail.backends.SmtpBackend"
EMAIL_TIMEOUT = 10  # seconds for each answer of the mail server; a lease of the outbox counts on it
DEFAULT_FROM_EMAIL = env.read(
    "MAIL_FROM", "Name <address@example.nl>", default="Jouw leven is mijn werk <hallo@localhost>"
)

# ── Language and time ──────────────────────────────────────────────────────────
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # nobody chooses another: meetings are in Dutch time on every screen
FORMAT_MODULE_PATH = ["common.formats"]

# ── Wagtail ────────────────────────────────────────────────────────────────────
WAGTAIL_SITE_NAME = "Jouw leven is mijn werk"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ADMIN_RECENT_EDITS_LIMIT = 8
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "common.approval.finish"  # asks `publish_problems` first, and publishes no story
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True  # new words are looked at anew; no button says "and publish"
WAGTAIL_AUTOSAVE_INTERVAL = 1500  # milliseconds after the last key
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS = []  # the server fetches nothing from an address that somebody types
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.ImageForm"  # half a photo is a sentence at its field
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.Recording",
    "MEDIA_FORM_BASE": "media.forms.RecordingForm",
    "VIDEO_EXTENSIONS": ["mp4", "m4v", "webm"],
    "AUDIO_EXTENSIONS": ["mp3", "m4a", "aac", "ogg", "wav"],
}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# ── Doors ──────────────────────────────────────────────────────────────────────
SECURE = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
if env.read("BEHIND_PROXY", "on or off", switch, default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else all visitors would share the limits of one address
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "home.views.errors.csrf_failure"
SIGNED_OUT_VIEW = "home.views.errors.signed_out"  # what was sent after the session had ended
X_FRAME_OPTIONS = "DENY"  # Wagtail itself opens its previews, and only those, to a frame of the same site
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],  # Wagtail's widgets, wagtailmedia and modeladmin have inline scripts
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page forms hold a field for every part of every block

# Below these addresses stands what opens something for whoever has it: no log line holds it.
LINKS_THAT_OPEN = ("/agenda/", "/uitnodiging/", "/terug/", "/nieuw/", "/bevestig/", "/niet-meer/")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"links": {"()": "common.logs.HiddenLinks", "paths": LINKS_THAT_OPEN}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
