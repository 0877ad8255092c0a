"""What somebody who has a new site does first; the list is gone once all of it is done."""

from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, exists, func, select

from cms.db import session
from cms.models import Post, Setting, User

LOOKS = ("theme", "accent", "accent_dark", "fonts", "logo_url")


@dataclass(frozen=True)
class Step:
    """Something to do first: the act that it takes, and the page where it is done."""

    act: str
    endpoint: str
    title: LazyString
    about: LazyString

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    def is_open_to(self, user: User) -> bool:
        return self.act in user.acts and self.endpoint in current_app.view_functions


STEPS = (
    Step(
        "manage settings",
        "admin_settings.index",
        _l("Name the site"),
        _l("The name stands on every page, in mails and in feeds."),
    ),
    Step(
        "manage settings",
        "admin_themes.index",
        _l("Choose a theme"),
        _l("With a colour and a logo of your own; look at it before others do."),
    ),
    Step(
        "write posts",
        "admin_posts.create_view",
        _l("Write a post"),
        _l("Nobody sees it before you publish it."),
    ),
    Step(
        "manage users",
        "admin_users.create_view",
        _l("Invite a colleague"),
        _l("They get a mail with a link and choose their own password."),
    ),
)


def first_steps(user: User) -> list[tuple[Step, bool]]:
    """``(step, whether it is done)`` of those that ``user`` may take; none once all of them are done."""
    done = session.execute(done_so_far()).one()
    own = [(step, is_done) for step, is_done in zip(STEPS, done, strict=True) if step.is_open_to(user)]
    return [] if all(is_done for _step, is_done in own) else own


def done_so_far() -> Select:
    """Whether the site has a name, looks of its own, a post, and a second person; one statement."""
    return select(
        exists().where(Setting.name == "name"),
        exists().where(Setting.name.in_(LOOKS)),
        exists(select(Post.id)),
        select(func.count() > 1).select_from(select(User.id).limit(2).subquery()).scalar_subquery(),
    )
