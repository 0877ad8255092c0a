"""What somebody who has a new site does first; the list is gone once all of it is done."""

from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy import Select, exists, func, select

from cms.db import session
from cms.models import Post, Setting, User

LOOKS = ("theme", "accent", "accent_dark", "fonts", "logo_url")


@dataclass(frozen=True)
class Step:
    title: str
    about: str
    url: str
    is_done: bool


def first_steps(user: User) -> list[Step]:
    """The steps that ``user`` may take, done or not; none at all once there is none left to do."""
    name, looks, post, company = session.execute(done_so_far()).one()
    steps = [
        step(
            "manage settings", "admin_settings.index", name, _("Name the site"), _("It stands on every page.")
        ),
        step("manage settings", "admin_themes.index", looks, _("Choose a theme"), _("Or keep this one.")),
        step("write posts", "admin_posts.create_view", post, _("Write a post"), _("Nobody sees it yet.")),
        step("manage users", "admin_users.create_view", company, _("Invite a colleague"), _("By a link.")),
    ]
    own = [step for act, step in steps if step and act in user.acts]
    return own if any(not step.is_done for step in own) else []


def step(act: str, endpoint: str, is_done: bool, title: str, about: str) -> tuple[str, Step | None]:
    """The act that it takes, and the step; no step where this site lacks the page."""
    known = endpoint in current_app.view_functions
    return act, Step(title, about, url_for(endpoint), is_done) if known else None


def done_so_far() -> Select:
    """Whether the site has a name, looks of its own, a post, and a second person; one statement."""
    return select(
        exists().where(Setting.name == "name"),
        exists().where(Setting.name.in_(LOOKS)),
        exists(select(Post.id)),
        select(func.count() > 1).select_from(select(User.id).limit(2).subquery()).scalar_subquery(),
    )
