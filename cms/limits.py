"""How often: what may be tried, asked for or sent, counted in memory or in Redis, by Flask-Limiter."""

import hmac
import re
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import monotonic, time
from typing import Any

from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_limiter import Limiter
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, RateLimiter
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from cms.errors import Refused

RECOVERY = 10  # seconds for which a Redis that did not answer is left alone
WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](?::\d*)?|(?P<v4>[\d.]+):\d*")
UNREADABLE = "an address that nobody can read"

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


class Counters:
    """The counters that all processes share; this process's own while Redis does not answer.

    Flask-Limiter's own fallback covers its decorators only, and these limits depend on what a form says.
    """

    def __init__(self):
        self.own = MovingWindowRateLimiter(MemoryStorage())
        self.is_alone = False
        self.alone_until = float("-inf")

    def ask(self, question: Callable[[RateLimiter], Any]) -> Any:
        if monotonic() < self.alone_until:
            return question(self.own)
        try:
            answer = question(limiter.limiter)
        except (RedisError, OSError) as error:
            self.do_alone(error)
            return question(self.own)
        self.is_alone = False
        return answer

    def do_alone(self, error: Exception) -> None:
        """Leave Redis alone for a while; the log is told once, until it answers again."""
        if not self.is_alone:
            message = "Redis does not answer: limits count in each process by itself (%s)"
            current_app.logger.warning(message, type(error).__name__)
        self.is_alone, self.alone_until = True, monotonic() + RECOVERY


def init_app(app: Flask) -> None:
    redis = app.config["REDIS_URL"]
    app.config.setdefault("RATELIMIT_STORAGE_URI", redis or "memory://")
    app.config.setdefault("RATELIMIT_STRATEGY", "moving-window")
    app.config.setdefault("RATELIMIT_KEY_PREFIX", "broadside")
    if redis:
        patience = {"socket_connect_timeout": 2, "socket_timeout": 2, "retry": Retry(NoBackoff(), 0)}
        app.config.setdefault("RATELIMIT_STORAGE_OPTIONS", patience)
    limiter.init_app(app)
    app.extensions["counters"] = Counters()


def network() -> str:
    """Where the request comes from: an IPv4 address, or the /64 that an IPv6 client has for itself.

    What a proxy forwards that is no address, such as ``unknown``, counts as one place.
    """
    address = address_in(request.remote_addr or "")
    if address is None:
        return UNREADABLE
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)


def address_in(text: str) -> IPv4Address | IPv6Address | None:
    """The address in ``text``, which may also hold a port or a zone; None where there is none."""
    found = WITH_PORT.fullmatch(text)
    try:
        return ip_address((found["v6"] or found["v4"] if found else text).partition("%")[0])
    except ValueError:
        return None


def count(setting: str, *key: str) -> None:
    """Count one more use of ``key`` under the limits of ``setting``; raises `TooOften` beyond them."""
    refuse_more(setting, *key)
    note(setting, *key)


def note(setting: str, *key: str) -> None:
    """Count one more use of ``key`` under the limits that ``setting`` names."""
    for item in limits_of(setting):
        ask(lambda counters, item=item: counters.hit(item, setting, secret(key)))


def refuse_more(setting: str, *key: str) -> None:
    """Raise `TooOften` if the limits of ``setting`` are used up for ``key``; counts nothing."""
    for item in limits_of(setting):
        if seconds := ask(lambda counters, item=item: seconds_to_wait(counters, item, setting, secret(key))):
            raise TooOften(seconds)


def ask(question: Callable[[RateLimiter], Any]) -> Any:
    return current_app.extensions["counters"].ask(question)


def seconds_to_wait(counters: RateLimiter, item: RateLimitItem, *names: str) -> int:
    """How long until one more use is within the limit; 0 where it is now."""
    if counters.test(item, *names):
        return 0
    ends = counters.get_window_stats(item, *names).reset_time
    return max(1, int(ends - time()) + 1)


def limits_of(setting: str) -> Iterable[RateLimitItem]:
    return parse_many(current_app.config[setting])


def secret(key: tuple[str, ...]) -> str:
    """``key`` so that the counters tell nobody what was tried."""
    text = "\0".join(key).encode("utf-8", "replace")
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), text, "sha256").hex()[:32]
