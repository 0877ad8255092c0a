"""The checks of the set-up page: each looks at one thing and says what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cms.config import LEAST_VARIED_SECRET, SHORTEST_SECRET
from cms.db import db, session
from cms.models import Job, Mail, User
from cms.models.base import now
from cms.models.role import ADMIN

GOOD, LOOK, MEND = "good", "look", "mend"
LONGEST_WAIT = timedelta(minutes=5)
MOST_NAMES = 5


@dataclass(frozen=True)
class Finding:
    """What a check found: good as it is, worth a look, or to be mended."""

    title: str
    verdict: str
    found: str
    advice: str = ""


def check_mail() -> Finding:
    server = current_app.config["MAIL_SERVER"]
    if server:
        return Finding(_("Mail"), GOOD, _("Mail leaves by %(server)s.", server=server))
    kept = session.scalar(select(func.count()).select_from(Mail).where(Mail.state == "kept"))
    found = ngettext("No mail leaves; %(num)s mail is kept.", "No mail leaves; %(num)s mails are kept.", kept)
    advice = _("Set MAIL_SERVER and MAIL_SENDER, restart, and send the kept mails from the outbox.")
    return Finding(_("Mail"), MEND, found, advice)


def check_address() -> Finding:
    address = current_app.config["SITE_URL"]
    if is_local(urlsplit(address).hostname or ""):
        advice = _("Set SITE_URL to the address that people use; links in mails and feeds begin with it.")
        return Finding(_("Address"), LOOK, _("The site calls itself %(url)s.", url=address), advice)
    return Finding(_("Address"), GOOD, _("The site calls itself %(url)s.", url=address))


def check_https() -> Finding:
    address = urlsplit(current_app.config["SITE_URL"])
    if address.scheme == "https":
        return Finding(_("Encryption"), GOOD, _("Pages are sent by https."))
    advice = _("Put a server with a certificate in front, and begin SITE_URL with https://.")
    verdict = LOOK if is_local(address.hostname or "") else MEND
    return Finding(_("Encryption"), verdict, _("Passwords and cookies travel unencrypted."), advice)


def check_proxy() -> Finding:
    hops, title = current_app.config["PROXY_HOPS"], _("Servers in front")
    if hops:
        return Finding(title, GOOD, ngettext("%(num)s is believed.", "%(num)s are believed.", hops))
    if is_local(urlsplit(current_app.config["SITE_URL"]).hostname or ""):
        return Finding(title, GOOD, _("None is believed, and none is needed here."))
    advice = _("If nginx or the like is in front, set PROXY_HOPS to 1, or all visitors count as one.")
    return Finding(title, LOOK, _("None is believed."), advice)


def check_secret() -> Finding:
    secret = current_app.config["SECRET_KEY"]
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) >= LEAST_VARIED_SECRET:
        return Finding(_("Secret key"), GOOD, _("The key that signs cookies is long and varied."))
    advice = _("Remove SECRET_KEY from the settings: a good one is made at the next start.")
    return Finding(_("Secret key"), MEND, _("The key that signs cookies is easy to guess."), advice)


def check_database() -> Finding:
    if db.engine.dialect.name == "postgresql":
        return Finding(_("Database"), GOOD, _("PostgreSQL."))
    found = _("SQLite, one file: good for one machine.")
    if current_app.config["WORKERS"] == 1:
        return Finding(_("Database"), GOOD, found)
    return Finding(
        _("Database"), LOOK, found, _("With several workers, PostgreSQL writes faster: set DATABASE_URL.")
    )


def check_redis() -> Finding:
    if current_app.config["REDIS_URL"]:
        return Finding(_("Shared memory"), GOOD, _("Redis shares cached pages and limits between processes."))
    if current_app.config["WORKERS"] == 1:
        return Finding(_("Shared memory"), GOOD, _("One process needs no Redis."))
    advice = _("Set REDIS_URL, so that limits count what all processes see.")
    return Finding(_("Shared memory"), LOOK, _("Each process counts and caches for itself."), advice)


def check_jobs() -> Finding:
    oldest = session.scalar(select(func.min(Job.run_at)).where(Job.state == "waiting"))
    late = now() - oldest if oldest else timedelta(0)
    if late < LONGEST_WAIT:
        return Finding(_("Jobs"), GOOD, _("No job waits longer than it should."))
    found = _("The oldest job should have run %(time)s ago.", time=format_timedelta(late))
    return Finding(
        _("Jobs"), MEND, found, _("See that JOB_THREADS is not 0, or that “flask jobs work” runs.")
    )


def check_backups() -> Finding:
    folder = current_app.config["INSTANCE"]
    advice = _("Copy %(folder)s and the database every night, and try once to restore them.", folder=folder)
    return Finding(_("Backups"), LOOK, _("Whether there are any can’t be seen from here."), advice)


def check_admins() -> Finding:
    query = select(User).where(User.active, User.roles.any(name=ADMIN)).options(selectinload(User.webauthn))
    exposed = [user.name for user in session.scalars(query) if not user.has_second_factor]
    if not exposed:
        return Finding(_("Administrators"), GOOD, _("Each signs in with a second factor."))
    found = ngettext(
        "%(num)s administrator signs in with a password alone: %(names)s.",
        "%(num)s administrators sign in with a password alone: %(names)s.",
        len(exposed),
        names=", ".join(exposed[:MOST_NAMES]),
    )
    return Finding(
        _("Administrators"), LOOK, found, _("Ask them to set up a second factor in their account.")
    )


def is_local(host: str) -> bool:
    """Whether ``host`` names this machine or one of the local network."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".test"))


CHECKS: tuple[Callable[[], Finding], ...] = (
    check_mail,
    check_address,
    check_https,
    check_proxy,
    check_secret,
    check_database,
    check_redis,
    check_jobs,
    check_backups,
    check_admins,
)
