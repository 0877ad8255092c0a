"""Every setting of the installation, once: name, type, default and one line of help.

They are read from the environment, then from ``instance/config.env``. What an owner changes while the
site runs (its name, theme, language) is not here but in ``cms/models/setting.py``.
"""

import os
import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from limits import parse_many
from pydantic import AfterValidator, Field, HttpUrl, TypeAdapter, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from cms.files import write_once

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32  # characters
LEAST_VARIED_SECRET = 10  # different characters
COMPRESSED = [
    "text/html",
    "text/css",
    "text/plain",
    "text/xml",
    "text/xsl",
    "application/xml",
    "application/json",
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/manifest+json",
]  # types of answers
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")


def readable_rate(text: str) -> str:
    """``text`` if Flask-Limiter can read it; ValueError otherwise."""
    parse_many(text)
    return text


Rate = Annotated[str, AfterValidator(readable_rate)]


class Settings(BaseSettings):
    """The settings of one installation; an unreadable value stops the start and is named."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=True)

    INSTANCE: Path = Field(ROOT / "instance", description="Folder of the data: database, uploads, secrets.")
    DATABASE_URL: str = Field("", description="Database; empty means the SQLite file in INSTANCE.")
    REDIS_URL: str = Field(
        "", description="Redis for several processes: cached pages, limits, jobs; empty: none."
    )
    SITE_URL: str = Field("", description="Public address of the site; empty: http://127.0.0.1:PORT.")
    BIND: str = Field("127.0.0.1", description="Address on which the server listens.")
    PORT: int = Field(8000, ge=1, le=65535, description="Port on which the server listens.")
    WORKERS: int = Field(1, ge=1, le=64, description="Server processes.")
    THREADS: int = Field(4, ge=1, le=64, description="Threads of each server process.")
    TRUSTED_HOSTS: list[str] = Field([], description="Further host names that are answered, as a JSON list.")
    PROXY_HOPS: int = Field(0, ge=0, le=5, description="Reverse proxies in front whose headers are believed.")
    SECRET_KEY: str = Field(
        "", description="Key that signs cookies; empty: made at set-up, kept in INSTANCE."
    )
    SECRET_KEY_FALLBACKS: list[str] = Field(
        [], description="Former SECRET_KEYs, as a JSON list: what they signed stays valid."
    )
    PASSWORD_SALT: str = Field(
        "", description="Pepper of the passwords, the same on all machines; empty: kept in INSTANCE."
    )
    SECOND_FACTOR_KEY: str = Field(
        "", description="Key that encrypts second factors, as PASSWORD_SALT; empty: kept in INSTANCE."
    )
    REMEMBER_DAYS: int = Field(30, ge=1, le=400, description="Days that a remembered sign-in lasts.")
    RATE_SIGN_IN: Rate = Field("10/minute; 60/hour", description="Failed sign-ins from one network.")
    RATE_SIGN_IN_ACCOUNT: Rate = Field(
        "10/15 minutes", description="Failed sign-ins to one account, from wherever."
    )
    RATE_SIGN_IN_PASSWORD: Rate = Field(
        "10/hour", description="Failed sign-ins with one password, to whatever accounts."
    )
    RATE_SECOND_FACTOR: Rate = Field("5/10 minutes", description="Wrong second factors of one account.")
    RATE_REGISTER: Rate = Field("5/hour; 20/day", description="Registrations from one network.")
    RATE_LINK: Rate = Field("10/hour", description="Links by mail asked for from one network.")
    RATE_LINK_ADDRESS: Rate = Field("3/hour; 10/day", description="Links by mail asked for for one address.")
    RATE_UPLOAD: Rate = Field("300/hour; 2000/day", description="Pictures uploaded by one account.")
    MAX_CONTENT_LENGTH: int = Field(2**20, ge=1024, description="Largest request body, in bytes.")
    MAX_UPLOAD_LENGTH: int = Field(
        100 * 2**20, ge=2**20, description="Largest request body with pictures, in bytes."
    )
    JOB_THREADS: int = Field(
        1,
        ge=0,
        le=16,
        description="Threads of each server process for jobs; 0: `flask jobs work` alone does them.",
    )
    JOB_LEASE: float = Field(
        60, gt=0, description="Seconds after which the job of a lost worker is taken over."
    )
    JOB_RETRY: float = Field(
        60, gt=0, description="Seconds until a failed job is tried again, then twice that, …"
    )
    JOB_SWEEP: float = Field(5, gt=0, description="Seconds between two looks for jobs that are due.")
    JOB_KEEP_DAYS: int = Field(7, ge=1, description="Days that finished jobs stay listed.")
    MAIL_SERVER: str = Field(
        "", description="SMTP server; empty: mails are kept for the back office to read."
    )
    MAIL_PORT: int = Field(587, ge=1, le=65535, description="Port of the SMTP server.")
    MAIL_TLS: Literal["none", "starttls", "tls"] = Field(
        "starttls", description="How the connection is secured: none, starttls (mostly 587) or tls (465)."
    )
    MAIL_USERNAME: str = Field("", description="User name at the SMTP server; empty: no login.")
    MAIL_PASSWORD: str = Field("", repr=False, description="Password at the SMTP server.")
    MAIL_SENDER: str = Field(
        "", description="Sender, such as Name <mail@example.org>; empty: the site's name <no-reply@its host>."
    )
    MAIL_TIMEOUT: float = Field(30, gt=0, description="Seconds to wait for the SMTP server.")
    MAIL_KEEP_DAYS: int = Field(
        30, ge=1, description="Days that sent mails, without their texts, stay listed."
    )
    BACKUP_DIR: Path | None = Field(
        None, description="Folder for a backup each night, best on another disk; empty: none is made."
    )
    BACKUP_KEEP: int = Field(
        14, ge=1, description="Backups that stay in their folder; older ones are removed."
    )
    PAGE_CACHE: bool = Field(True, description="Whether pages of readers without an account are cached.")
    PAGE_CACHE_LIFETIME: int = Field(600, ge=1, description="Seconds after which a cached page is made anew.")
    PAGE_CACHE_ENTRIES: int = Field(1000, ge=10, description="Pages kept in the memory of a process.")

    @field_validator("SITE_URL")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        if value:
            address = TypeAdapter(HttpUrl).validate_python(value)
            if address.path not in (None, "/") or address.query or address.fragment:
                raise ValueError("the site's address has no path: https://example.org")
        return value.rstrip("/")

    @field_validator("BACKUP_DIR", mode="before")
    @classmethod
    def _is_a_folder(cls, value: Path | str | None) -> Path | str | None:
        return value or None

    @field_validator("MAIL_SENDER")
    @classmethod
    def _is_a_sender(cls, value: str) -> str:
        if value and not re.fullmatch(
            r"[^\x00-\x1f\x7f-\x9f<>]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+", value
        ):
            raise ValueError("a sender is mail@example.org or Name <mail@example.org>")
        return value

    @field_validator("SECRET_KEY", "SECRET_KEY_FALLBACKS", "PASSWORD_SALT", "SECOND_FACTOR_KEY")
    @classmethod
    def _is_hard_to_guess(cls, value: str | list[str]) -> str | list[str]:
        for key in [value] if isinstance(value, str) else value:
            if key and (len(key) < SHORTEST_SECRET or len(set(key)) < LEAST_VARIED_SECRET):
                raise ValueError(
                    f"a secret has at least {SHORTEST_SECRET} characters, chosen at random; "
                    "leave it empty and one is made for you"
                )
        return value

    @property
    def site_url(self) -> str:
        return self.SITE_URL or f"http://127.0.0.1:{self.PORT}"

    @property
    def database_url(self) -> str:
        """SQLAlchemy's form of DATABASE_URL: psycopg 3 for PostgreSQL, the instance's file where empty."""
        if not self.DATABASE_URL:
            return f"sqlite:///{self.INSTANCE.absolute() / 'broadside.sqlite'}"
        scheme, _, rest = self.DATABASE_URL.partition("://")
        return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else self.DATABASE_URL

    @property
    def trusted_hosts(self) -> list[str]:
        public = TypeAdapter(HttpUrl).validate_python(self.site_url).host
        return sorted({public, *LOCAL_HOSTS, *self.TRUSTED_HOSTS})


def read_settings(**overrides) -> Settings:
    """The settings from ``overrides``, the environment and the instance's ``config.env``, in this order.

    Raises SystemExit, naming the setting, where one can't be read.
    """
    folder = overrides.get("INSTANCE") or os.environ.get("INSTANCE") or ROOT / "instance"
    try:
        return Settings(_env_file=Path(folder) / "config.env", **overrides)
    except ValidationError as error:
        faults = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors())
        raise SystemExit(f"Broadside can't start with these settings. {faults}") from error


def kept_secret(instance: Path, name: str) -> str:
    """The instance's secret called ``name``; made, and readable by the owner alone, when first asked for.

    Raises RuntimeError where its file is empty, as nothing may be signed with that.
    """
    file = instance / name
    write_once(file, secrets.token_urlsafe(48).encode(), mode=0o600)
    secret = file.read_text().strip()
    if not secret:
        raise RuntimeError(f"{file} is empty: remove it, and a new secret is made")
    return secret


def flask_config(settings: Settings) -> dict:
    """What Flask and its extensions read, derived from the settings."""
    secret = settings.SECRET_KEY or kept_secret(settings.INSTANCE, "secret-key")
    if len(secret) < SHORTEST_SECRET:
        raise SystemExit(
            f"Broadside can't start: {settings.INSTANCE / 'secret-key'} holds too short a secret."
        )
    https = settings.site_url.startswith("https://")
    return {
        **settings.model_dump(),
        "SECRET_KEY": secret,
        "WTF_CSRF_SECRET_KEY": [*settings.SECRET_KEY_FALLBACKS, secret],  # the last one signs
        "WTF_CSRF_TIME_LIMIT": None,
        "TEMPLATES_AUTO_RELOAD": True,  # so that `cms.themes.ActiveTheme` is asked when the theme changes
        "SITE_URL": settings.site_url,
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SESSION_COOKIE_NAME": "__Host-session" if https else "session",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.REMEMBER_DAYS),
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "CACHE_TYPE": "RedisCache" if settings.REDIS_URL else "SimpleCache",
        "CACHE_REDIS_URL": settings.REDIS_URL,
        "CACHE_KEY_PREFIX": "broadside:",
        "CACHE_THRESHOLD": settings.PAGE_CACHE_ENTRIES,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_LEVEL": 3,
        "COMPRESS_MIMETYPES": COMPRESSED,
    }
