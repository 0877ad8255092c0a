"""Who may do what with a text: the one table that views, templates and commands ask."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from cms.models.entry import Entry
from cms.models.life import DRAFT, REVIEW, TRASHED
from cms.models.page import Page
from cms.models.post import Post
from cms.models.user import User, can

UNPUBLISHED = (DRAFT, REVIEW)


def may_see(user: User | None, entry: Entry) -> bool:
    """Whether the text exists for ``user`` in the back office."""
    return can(user, entry.write_act) and (is_own(user, entry) or can(user, "edit all texts"))


def may_edit(user: User | None, entry: Entry) -> bool:
    """Whether ``user`` may change it: what is published, only who may publish."""
    free = entry.stage in UNPUBLISHED or can(user, "publish texts")
    return may_see(user, entry) and entry.stage != TRASHED and free


def may_publish(user: User | None, entry: Entry) -> bool:
    """Whether ``user`` may publish it: without a review, or as the reviewer of somebody else's text."""
    if not may_edit(user, entry):
        return False
    return can(user, "publish texts") or may_review(user, entry)


def may_review(user: User | None, entry: Entry) -> bool:
    """Whether ``user`` may approve it or return it; nobody reviews what they sent themselves."""
    others = user is not None and entry.submitter_id != user.id
    return may_see(user, entry) and entry.stage == REVIEW and can(user, "review texts") and others


def may_remove(user: User | None, entry: Entry) -> bool:
    """Whether ``user`` may put it into the trash, or take it from there."""
    is_unseen = entry.stage in (*UNPUBLISHED, TRASHED) and not entry.has_been_public
    return may_see(user, entry) and (is_unseen or can(user, "publish texts"))


def is_own(user: User | None, entry: Entry) -> bool:
    return user is not None and entry.writer_id == user.id


def seen_by(user: User | None, kind: type[Entry]) -> ColumnElement[bool]:
    """The condition of `may_see` for a statement about ``kind``: `Post`, `Page`, or `Entry` for both."""
    if user is None:
        return false()
    own = true() if can(user, "edit all texts") else kind.writer_id == user.id
    if kind is Entry:
        return and_(is_of_kinds(user), own)
    return own if can(user, kind.write_act) else false()


def kinds_of(user: User) -> tuple[type[Entry], ...]:
    """The kinds of text that ``user`` may write."""
    return tuple(kind for kind in (Post, Page) if can(user, kind.write_act))


def is_of_kinds(user: User) -> ColumnElement[bool]:
    """The condition that a text of any kind is one of `kinds_of`."""
    return Entry.kind.in_([kind.__mapper__.polymorphic_identity for kind in kinds_of(user)])


def known_to(user: User | None) -> ColumnElement[bool]:
    """The condition of `may_see` for a statement about texts of any kind."""
    return seen_by(user, Entry) if user else false()


def reviewable_by(user: User) -> ColumnElement[bool]:
    """The condition of `may_review` for a statement about texts of any kind."""
    if not can(user, "review texts"):
        return false()
    others = or_(Entry.submitter_id.is_(None), Entry.submitter_id != user.id)
    return and_(Entry.stage == REVIEW, others, known_to(user))
