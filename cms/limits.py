"""How often: what may be tried, asked for or sent, counted in memory or in Redis, by Flask-Limiter."""

import hmac
from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from time import time

from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_limiter import Limiter
from limits import RateLimitItem, parse_many

from cms.errors import Refused

limiter = Limiter(key_func=lambda: network())


class TooOften(Refused):
    """Something was done more often than the settings allow; ``retry_after`` is in seconds."""

    status = 429

    def __init__(self, retry_after: int):
        minutes = -(-retry_after // 60)
        super().__init__(
            _("That was a little too often. Please wait %(minutes)s min, then try again.", minutes=minutes)
        )
        self.retry_after = retry_after


def init_app(app: Flask) -> None:
    redis = app.config["REDIS_URL"]
    app.config.setdefault("RATELIMIT_STORAGE_URI", redis or "memory://")
    app.config.setdefault("RATELIMIT_STRATEGY", "moving-window")
    app.config.setdefault("RATELIMIT_KEY_PREFIX", "broadside")
    app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", bool(redis))
    limiter.init_app(app)


def network() -> str:
    """Where the request comes from: an IPv4 address, or the /64 that an IPv6 client has for itself."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 (where a test client names none)
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)


def count(setting: str, *key: str) -> None:
    """Count one more use of ``key`` under the limits of ``setting``; raises `TooOften` beyond them."""
    refuse_more(setting, *key)
    note(setting, *key)


def note(setting: str, *key: str) -> None:
    """Count one more use of ``key`` under the limits that ``setting`` names."""
    for item in limits_of(setting):
        limiter.limiter.hit(item, setting, secret(key))


def refuse_more(setting: str, *key: str) -> None:
    """Raise `TooOften` if the limits of ``setting`` are used up for ``key``; counts nothing."""
    for item in limits_of(setting):
        if not limiter.limiter.test(item, setting, secret(key)):
            ends = limiter.limiter.get_window_stats(item, setting, secret(key)).reset_time
            raise TooOften(max(1, int(ends - time()) + 1))


def limits_of(setting: str) -> Iterable[RateLimitItem]:
    return parse_many(current_app.config[setting])


def secret(key: tuple[str, ...]) -> str:
    """``key`` so that the counters tell nobody what was tried."""
    text = "\0".join(key).encode("utf-8", "replace")
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), text, "sha256").hex()[:32]
