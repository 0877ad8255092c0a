"""The first page of the back office: what needs somebody today, and what happened lately."""

from flask_admin import BaseView, expose
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cms.admin.attention import what_needs
from cms.admin.figures import figures_for
from cms.admin.first_steps import first_steps
from cms.admin.groups import HALL
from cms.admin.mine import MOST_COUNTED, piles_of
from cms.admin.people import STATES
from cms.admin.places import NEW_POST
from cms.admin.views.guard import Guarded
from cms.db import session
from cms.models import User
from cms.models.role import can
from cms.web import visitor

NEWEST = 5


class Home(Guarded, BaseView):
    group = HALL

    @expose("/")
    def index(self) -> str:
        user = visitor()
        newest = newest_accounts() if can(user, "manage users") else []
        waiting = {"piles": piles_of(user), "needs": what_needs(user), "most_counted": MOST_COUNTED}
        known = {"figures": figures_for(user), "newest": newest, "states": STATES, "new_post": NEW_POST}
        return self.render("admin/home.html", steps=first_steps(user), **waiting, **known)


def newest_accounts() -> list[User]:
    query = select(User).where(User.left_at.is_(None)).options(selectinload(User.roles))
    return list(session.scalars(query.order_by(User.id.desc()).limit(NEWEST)))
