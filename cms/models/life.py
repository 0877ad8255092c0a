"""The life of a post or a page: reviewed, published, withdrawn, archived, into the trash and back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, inspect
from sqlalchemy.orm import Mapped, mapped_column

from cms import signals
from cms.db import session
from cms.errors import Refused
from cms.merging import is_unmerged
from cms.models.base import Moment, now, sends
from cms.models.note import Note
from cms.models.redirect import Redirect
from cms.models.revision import Revision
from cms.models.user import User

DRAFT, REVIEW, PUBLISHED, ARCHIVED, TRASHED = "draft", "review", "published", "archived", "trashed"
SCHEDULED = "scheduled"  # a state, but no stage: published at a moment that is still to come
TRASH_DAYS = 30


class Clash(Refused):
    """Somebody else saved it, or decided about it, meanwhile: what they did has to be seen first."""

    status = 409


class Moved(Clash):
    """Somebody else gave it another moment meanwhile."""


def on_its_row(verb: Callable) -> Callable:
    """Let a verb decide by the row as it is now; nobody else changes it before the transaction ends."""

    @wraps(verb)
    def holding(self, *args, **kwargs):
        self.hold()
        return verb(self, *args, **kwargs)

    return holding


class Life:
    """What was decided about an entry (``stage``), and the verbs that decide it."""

    stage: Mapped[str] = mapped_column(String(10), default=DRAFT)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    wished_at: Mapped[datetime | None] = mapped_column(Moment)  # when a text in review should appear
    trashed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    submitter_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    @property
    def state(self) -> str:
        """draft, review, scheduled, published, archived or trashed."""
        if self.stage != PUBLISHED:
            return self.stage
        if self.published_at > now():
            return SCHEDULED
        return ARCHIVED if self.expires_at and self.expires_at <= now() else PUBLISHED

    @property
    def has_been_public(self) -> bool:
        return self.published_at is not None and self.published_at <= now()

    @property
    def is_public_now(self) -> bool:
        return self.stage in (PUBLISHED, ARCHIVED) and self.has_been_public

    @property
    def gone_at(self) -> datetime | None:
        """When what is in the trash is deleted for good."""
        return self.trashed_at + timedelta(days=TRASH_DAYS) if self.trashed_at else None

    def hold(self) -> None:
        """Read it anew, and keep others from changing it until the transaction ends."""
        if inspect(self).persistent:
            session.refresh(self, with_for_update=True)

    def expect(self, version: int | None, stage: str | None) -> None:
        """Hold it; raises `Clash` where somebody decides about another version or stage than it has now."""
        self.hold()
        if (version, stage) != (self.version, self.stage):
            raise Clash(_("The text was changed meanwhile. Look at it again."))

    @on_its_row
    @sends(signals.entry_submitted)
    def submit(self, *, by: User | None, at: datetime | None = None) -> None:
        """Ask for a review of a draft, which is to be published ``at`` a moment, or when it is approved."""
        if self.stage != DRAFT:
            raise Refused(_("Only a draft can be sent for review."))
        if at is not None and at <= now():
            raise Refused(_("This moment has passed; choose a later one, or none."))
        self.stage, self.submitter_id = REVIEW, by.id if by else None
        Revision.close_last(self)
        self.wished_at = at

    @on_its_row
    @sends(signals.entry_sent_back)
    def send_back(self, remarks: str, *, by: User | None) -> None:
        """Return it to whoever sent it for review, as a draft with remarks."""
        if self.stage != REVIEW:
            raise Refused(_("It is not in review."))
        Note.put(self, remarks, by=by, is_remark=True)
        self.stage, self.wished_at = DRAFT, None

    @on_its_row
    @sends(signals.entry_published)
    def publish(self, *, by: User | None, at: datetime | None = None) -> None:
        """Publish now, or at the moment ``at``: past for an old text, future to schedule it."""
        self._refuse_trashed()
        self._refuse_expired_by(at or now())
        self._refuse_unmerged()
        self.stage, self.wished_at = PUBLISHED, None
        Revision.close_last(self)
        self.published_at = at or self.published_at or now()
        if at is None and self.published_at > now():
            self.published_at = now()

    @on_its_row
    @sends(signals.entry_rescheduled)
    def reschedule(self, at: datetime, *, by: User | None, instead_of: datetime | None = None) -> None:
        """Let what is scheduled appear ``at`` another moment to come.

        Raises `Moved` where it is no longer scheduled for the moment that it is to be moved away from.
        """
        if self.state != SCHEDULED:
            raise Refused(_("Only what is scheduled, and has not appeared yet, can be moved."))
        if instead_of is not None and instead_of != self.published_at:
            raise Moved(_("Somebody else moved it meanwhile. Look where it stands now, and move it again."))
        if at <= now():
            raise Refused(_("This moment has passed. Choose one that is still to come."))
        self._refuse_expired_by(at)
        self.published_at = at

    @on_its_row
    @sends(signals.entry_withdrawn)
    def withdraw(self, *, by: User | None) -> None:
        """Make it a draft again; one that never appeared forgets when it would have."""
        self._refuse_trashed()
        self.stage = DRAFT
        self._forget_plans()

    @on_its_row
    @sends(signals.entry_archived)
    def archive(self, *, by: User | None) -> None:
        """Take it out of the lists; its address still answers."""
        if self.state not in (PUBLISHED, ARCHIVED):
            raise Refused(_("Only what is published can be archived."))
        self.stage = ARCHIVED

    @on_its_row
    @sends(signals.entry_removed)
    def remove(self, *, by: User | None) -> None:
        """Put it into the trash. An address that was public says from now on that it is gone."""
        self._remove(by=by)

    @on_its_row
    @sends(signals.entry_restored)
    def restore(self, *, by: User | None) -> None:
        """Take it back from the trash, as a draft at its old address."""
        if self.stage != TRASHED:
            raise Refused(_("It is not in the trash."))
        self._move(self.slug, by=by)
        self.stage, self.trashed_at = DRAFT, None

    def _refuse_unmerged(self) -> None:
        if is_unmerged(self.body):
            raise Refused(_("Marks of merging, ⟪ and ⟫, still stand in the text: choose, and delete them."))

    def delete_for_good(self, *, by: User | None) -> None:
        """Delete it from the trash, with its history and notes; addresses that were public stay gone."""
        if self.stage != TRASHED:
            raise Refused(_("Only what is in the trash can be deleted for good."))
        Redirect.outlive(self)
        what = {"title": [self.title, None], "path": [self.path, None]}
        signals.entry_deleted.send(self, event=signals.entry_deleted.name, by=by, changes=what)
        session.delete(self)
        session.flush()

    def _remove(self, *, by: User | None) -> None:
        self._refuse_trashed()
        if self.has_been_public:
            Redirect.put(self.path, status=410, entry=self, by=by)
        self.stage, self.trashed_at = TRASHED, now()
        self._forget_plans()
        self.path = f"trash/{self.id}/"

    def _forget_plans(self) -> None:
        """Forget who asked for a review, what they wished for, and a date at which nothing appeared."""
        self.submitter_id = self.wished_at = None
        if not self.has_been_public:
            self.published_at = None

    def _refuse_expired_by(self, at: datetime) -> None:
        if self.expires_at and self.expires_at <= at:
            raise Refused(_("It would expire before it is published."))

    def _refuse_trashed(self) -> None:
        if self.stage == TRASHED:
            raise Refused(_("It is in the trash; restore it first."))
