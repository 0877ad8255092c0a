"""Every setting of the installation, once: name, type, default and one line of help.

They are read from the environment, then from ``instance/config.env``. What an owner changes while the
site runs (its name, theme, language) is not here but in ``cms/models/setting.py``.
"""

import os
import secrets
from pathlib import Path

from pydantic import Field, HttpUrl, TypeAdapter, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from cms.files import write_once

ROOT = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class Settings(BaseSettings):
    """The settings of one installation; an unreadable value stops the start and is named."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=True)

    INSTANCE: Path = Field(ROOT / "instance", description="Folder of the data: database, uploads, secrets.")
    DATABASE_URL: str = Field("", description="Database; empty means the SQLite file in INSTANCE.")
    REDIS_URL: str = Field("", description="Redis that shares cached pages between processes; empty: none.")
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
    MAX_CONTENT_LENGTH: int = Field(2**20, ge=1024, description="Largest request body, in bytes.")
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
    https = settings.site_url.startswith("https://")
    return {
        **settings.model_dump(),
        "SECRET_KEY": secret,
        "TEMPLATES_AUTO_RELOAD": True,  # so that `cms.themes.ActiveTheme` is asked when the theme changes
        "SITE_URL": settings.site_url,
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": https,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "CACHE_TYPE": "RedisCache" if settings.REDIS_URL else "SimpleCache",
        "CACHE_REDIS_URL": settings.REDIS_URL,
        "CACHE_KEY_PREFIX": "broadside:",
        "CACHE_THRESHOLD": settings.PAGE_CACHE_ENTRIES,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_LEVEL": 3,
        "COMPRESS_MIMETYPES": [
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
        ],
    }
