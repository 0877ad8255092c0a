"""The checks of the set-up page: each looks at one thing and says what to do about it."""

from collections.abc import Callable

from cms.admin.checks.address import check_address, check_https, check_proxy
from cms.admin.checks.backups import check_backups
from cms.admin.checks.finding import Finding
from cms.admin.checks.installation import check_database, check_redis, check_secret
from cms.admin.checks.jobs import check_jobs
from cms.admin.checks.mail import check_mail
from cms.admin.checks.people import check_admins
from cms.admin.verdicts import GOOD, LOOK, MEND

__all__ = ["CHECKS", "GOOD", "LOOK", "MEND", "Finding"]

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
