"""Who is told by mail what happened to a text: receivers only ask for the job that tells them."""

from cms import signals
from cms.admin import jobs
from cms.jobs import enqueue
from cms.models import Entry, User
from cms.models.life import PUBLISHED, REVIEW


def connect() -> None:
    signals.entry_submitted.connect(ask_reviewers)
    signals.entry_sent_back.connect(tell_remarks)
    signals.entry_published.connect(tell_approval)


def ask_reviewers(entry: Entry, **_event) -> None:
    enqueue(jobs.ask_reviewers, entry_id=entry.id)


def tell_remarks(entry: Entry, *, by: User | None, **_event) -> None:
    enqueue(jobs.tell_remarks, note_id=entry.notes[-1].id, by_id=by.id if by else None)


def tell_approval(entry: Entry, *, by: User | None, changes: dict[str, list], **_event) -> None:
    """Tell who sent it for review that a reviewer published it, now or for later."""
    before, after = changes.get("stage", (None, None))
    if entry.submitter_id and before == REVIEW and after == PUBLISHED:
        enqueue(jobs.tell_approval, entry_id=entry.id, by_id=by.id if by else None)
