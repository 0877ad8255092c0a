"""The jobs that empty the trash."""

from datetime import timedelta

from cms.jobs import every, job
from cms.models import RedirectSheet, Trashed


@every(timedelta(days=1))
@job("trash.forget")
def forget_trashed() -> None:
    """Delete for good what has been in the trash for thirty days, and tables of redirects nobody applied."""
    Trashed.forget_old()
    RedirectSheet.forget_old()
