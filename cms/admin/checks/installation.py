"""What the site runs on: its key, its database, and what its processes share."""

from flask import current_app
from flask_babel import gettext as _

from cms.admin.checks.finding import Finding
from cms.admin.verdicts import GOOD, LOOK, MEND
from cms.config import LEAST_VARIED_SECRET, SHORTEST_SECRET
from cms.db import db


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
