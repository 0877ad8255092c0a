"""What can be done with many texts at once: each by the verb that does it with one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cms.db import session
from cms.errors import Refused
from cms.models import Category, Entry, Post, Tag, User
from cms.models.rights import may_edit, may_publish, may_remove

LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Action:
    """``do(entry, by, object)`` acts on one text; ``said(number)`` tells what was done with so many."""

    label: LazyString
    do: Callable[[Entry, User, object], None]
    said: Callable[[int], str]
    asks: str | None = None  # what it is done with: a tag, or a category
    may: Callable[[User | None, Entry], bool] = may_edit


@dataclass
class Outcome:
    """What came of it: how many were done, and which were refused, each with the reason."""

    said: str = ""
    refused: list[tuple[Entry, str]] = field(default_factory=list)
    done: int = 0


def add_tag(post: Post, by: User, tag: Tag) -> None:
    if tag not in post.tags:
        post.revise(by=by, tags=[*post.tags, tag])


def remove_tag(post: Post, by: User, tag: Tag) -> None:
    if tag in post.tags:
        post.revise(by=by, tags=[each for each in post.tags if each != tag])


def set_category(post: Post, by: User, category: Category | None) -> None:
    post.revise(by=by, category=category)


def said_of_trash(number: int) -> str:
    return ngettext(
        "%(num)s text is in the trash. It can be restored for 30 days.",
        "%(num)s texts are in the trash. They can be restored for 30 days.",
        number,
    )


OF_TEXTS = {
    "publish": Action(
        _l("Publish"),
        lambda entry, by, _object: entry.publish(by=by),
        lambda number: ngettext("%(num)s text is published.", "%(num)s texts are published.", number),
        may=may_publish,
    ),
    "withdraw": Action(
        _l("Make a draft again"),
        lambda entry, by, _object: entry.withdraw(by=by),
        lambda number: ngettext("%(num)s text is a draft.", "%(num)s texts are drafts.", number),
    ),
    "archive": Action(
        _l("Archive"),
        lambda entry, by, _object: entry.archive(by=by),
        lambda number: ngettext("%(num)s text is archived.", "%(num)s texts are archived.", number),
        may=may_publish,
    ),
    "trash": Action(
        _l("Put into the trash"),
        lambda entry, by, _object: entry.remove(by=by),
        said_of_trash,
        may=may_remove,
    ),
    "restore": Action(
        _l("Take from the trash"),
        lambda entry, by, _object: entry.restore(by=by),
        lambda number: ngettext("%(num)s text is a draft again.", "%(num)s texts are drafts again.", number),
        may=may_remove,
    ),
}
OF_POSTS = OF_TEXTS | {
    "add-tag": Action(
        _l("Add the tag"),
        add_tag,
        lambda number: ngettext("%(num)s post has the tag.", "%(num)s posts have the tag.", number),
        asks="tag",
    ),
    "remove-tag": Action(
        _l("Take the tag away"),
        remove_tag,
        lambda number: ngettext(
            "%(num)s post is without the tag.", "%(num)s posts are without the tag.", number
        ),
        asks="tag",
    ),
    "set-category": Action(
        _l("Set the category"),
        set_category,
        lambda number: ngettext("%(num)s post has the category.", "%(num)s posts have the category.", number),
        asks="category",
    ),
}


def carry_out(action: Action, entries: Iterable[Entry], thing: object, *, by: User) -> Outcome:
    """Act on each text by itself: what is refused for one leaves the others as they are."""
    outcome = Outcome()
    for entry in entries:
        try:
            entry.hold()
            if not action.may(by, entry):
                raise Refused(_("You may not do this."))
            with session.begin_nested():
                action.do(entry, by, thing)
            outcome.done += 1
        except Refused as refusal:
            outcome.refused.append((entry, refusal.message))
    outcome.said = action.said(outcome.done) if outcome.done else ""
    return outcome


def thing_for(action: Action, name: str, category: str, *, by: User) -> object:
    """The tag or the category that ``action`` needs; only a tag to be added is made."""
    if action.asks == "tag":
        return tag_called(name, make=action.do is add_tag, by=by)
    return category_numbered(category) if action.asks == "category" else None


def tag_called(name: str, *, make: bool, by: User) -> Tag:
    if not name.strip():
        raise Refused(_("Type the name of the tag."))
    tag = Tag.named(name, by=by) if make else Tag.known(name)
    if tag is None:
        raise Refused(_("There is no tag “%(name)s”.", name=name))
    return tag


def category_numbered(number: str) -> Category | None:
    """The category with this number; None for none at all."""
    if number == "none":
        return None
    is_number = number.isascii() and number.isdecimal() and len(number) < 11 and int(number) <= LARGEST_ID
    category = session.get(Category, int(number)) if is_number else None
    if category is None:
        raise Refused(_("Choose a category."))
    return category
