"""When the site was last backed up, and whether that file would survive the disk."""

from datetime import timedelta
from pathlib import Path

from flask import current_app
from flask_babel import format_timedelta
from flask_babel import gettext as _

from cms.admin.checks.address import is_local, site_address
from cms.admin.checks.finding import Finding, in_config
from cms.admin.verdicts import GOOD, LOOK, MEND
from cms.backups import record
from cms.backups.record import Record
from cms.config import ROOT
from cms.models.base import now

FRESH = timedelta(days=2)
STALE = timedelta(days=7)


def check_backups() -> Finding:
    last = record.last()
    if last.error:
        found = _("The last attempt failed: %(why)s", why=last.error)
        return finding(MEND, f"{found} {age_of(last)}", _("Mend that, then try it by hand:"))
    if not last.made_at:
        verdict = LOOK if is_local(site_address().hostname or "") else MEND
        return finding(verdict, _("None was made yet."), how_to_have_one())
    age = now() - last.made_at
    if age > FRESH:
        return finding(MEND if age > STALE else LOOK, age_of(last), how_to_have_one())
    if not last.is_there:
        advice = _("If you moved it to a safer place, all is well.")
        return Finding(_("Backups"), LOOK, " ".join((age_of(last), _("That file is gone."))), advice)
    return Finding(_("Backups"), GOOD, age_of(last), beside(last))


def finding(verdict: str, found: str, advice: str) -> Finding:
    return Finding(_("Backups"), verdict, found, advice, lines())


def age_of(last: Record) -> str:
    if not last.made_at:
        return _("No backup was ever made.")
    told = {
        "time": format_timedelta(now() - last.made_at),
        "file": last.file,
        "size": round(last.size / 1e6, 1),
    }
    return _("The last backup is %(time)s old: %(file)s (%(size)s MB).", **told)


def how_to_have_one() -> str:
    return _("Name a folder on another disk, and the site backs itself up each night. Or let cron do it.")


def lines() -> tuple[str, ...]:
    """How to have a backup now, each night by the site itself, and each night by cron."""
    instance = Path(current_app.config["INSTANCE"]).absolute()
    command = f"cd {ROOT} && INSTANCE={instance} .venv/bin/flask backup /var/backups/broadside"
    nightly = in_config("BACKUP_DIR=/var/backups/broadside")
    return (f"# {_('now, by hand')}", command, *nightly, "# crontab -e", f"17 3 * * * {command}")


def beside(last: Record) -> str:
    """A warning where one broken disk would take the site and its backup."""
    same = Path(last.file).stat().st_dev == Path(current_app.config["INSTANCE"]).stat().st_dev
    return (
        _("It is on the same disk as the site: keep a copy elsewhere, and try once to restore it.")
        if same
        else ""
    )
