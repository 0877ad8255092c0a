"""What the back office does after the answer: mails about reviews, and forgetting what has had its time."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from cms.db import session, unit_of_work
from cms.jobs import every, job
from cms.mail import send
from cms.mail.headers import breaks
from cms.models import Entry, Note, RedirectSheet, Revision, Role, Trashed, Unsaved, User
from cms.models.base import now
from cms.models.life import TRASH_DAYS
from cms.models.rights import may_review
from cms.models.role import ADMIN, allowed_acts
from cms.web import absolute

MOST_REVIEWERS = 100  # told of one text
STEP = 20  # texts deleted in one transaction
MOST_ASKED = 1000  # accounts of which it is found out whether they could review a text
DAILY = timedelta(days=1)


@job("admin.ask_reviewers")
def ask_reviewers(*, entry_id: int) -> None:
    """Mail those who could review a text, unless somebody did so meanwhile."""
    entry = session.get(Entry, entry_id)
    if entry is None:
        return
    subject = _("For review: %(title)s", title=title_of(entry))
    for reviewer in reviewers_of(entry):
        tell(reviewer, "review", subject, entry)


def reviewers_of(entry: Entry) -> list[User]:
    """The first `MOST_REVIEWERS` accounts that could review ``entry`` now."""
    roles = [ADMIN, *(name for name, acts in allowed_acts().items() if "review texts" in acts)]
    could = (User.active, User.confirmed_at.is_not(None), User.roles.any(Role.name.in_(roles)))
    users = session.scalars(select(User).where(*could).order_by(User.id).limit(MOST_ASKED))
    return [user for user in users if may_review(user, entry)][:MOST_REVIEWERS]


@job("admin.tell_remarks")
def tell_remarks(*, note_id: int, by_id: int | None) -> None:
    """Mail the remarks with which a text came back to who sent it, and to who began it."""
    note = session.get(Note, note_id)
    if note is None:
        return
    entry = session.get_one(Entry, note.entry_id)
    subject = _("Sent back: %(title)s", title=title_of(entry))
    for user in concerned(entry.submitter, entry.writer, but=by_id):
        tell(user, "sent_back", subject, entry, note=note)


@job("admin.tell_approval")
def tell_approval(*, entry_id: int, by_id: int | None) -> None:
    """Mail who sent a text for review that it is published, or when it will be."""
    entry = session.get(Entry, entry_id)
    if entry is None or entry.state not in ("published", "scheduled"):
        return
    subject = _("Approved: %(title)s", title=title_of(entry))
    known = {"by": session.get(User, by_id) if by_id else None, "address": absolute(entry.url)}
    for user in concerned(entry.submitter, but=by_id):
        tell(user, "approved", subject, entry, **known)


def concerned(*users: User | None, but: int | None) -> list[User]:
    """Each of these once, without those who are gone and without the one who acted."""
    found = {user.id: user for user in users if user is not None and user.active}
    return [user for id, user in found.items() if id != but]


def title_of(entry: Entry) -> str:
    """The title, unless it holds characters that can't stand in a mail's subject."""
    return _("a text without a plain title") if breaks(entry.title) else entry.title


def tell(user: User, template: str, subject: str, entry: Entry, **context) -> None:
    known = {"user": user, "entry": entry, "link": desk_address(entry), **context}
    send(f"admin/{template}", to=user.email, subject=subject, **known)


def desk_address(entry: Entry) -> str:
    """The full address of the text's page in the back office."""
    return absolute(f"/admin/{entry.kind}s/{entry.id}/")


@every(DAILY)
@job("admin.empty_trash", in_steps=True)
def empty_trash() -> None:
    """Delete the texts that have been in the trash for `TRASH_DAYS`, a few in each transaction."""
    last = 0
    while last is not None:
        with unit_of_work():
            last = delete_some_after(last)


def delete_some_after(last: int) -> int | None:
    """Delete the next few texts whose time is over; the number of the last one, None where there was none."""
    over = select(Entry).where(Entry.trashed_at < now() - timedelta(days=TRASH_DAYS), Entry.id > last)
    found = session.scalars(over.order_by(Entry.id).limit(STEP)).all()
    for entry in found:
        entry.delete_for_good(by=None)
    return found[-1].id if found else None


@every(DAILY)
@job("admin.forget")
def forget_old() -> None:
    """Forget folded revisions, texts and tables nobody came back for, and small things long in the trash."""
    Revision.forget_folded()
    Unsaved.forget_old()
    Trashed.forget_old()
    RedirectSheet.forget_old()
