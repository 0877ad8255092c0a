"""The first page of the back office: what needs somebody today."""

from flask_admin import BaseView, expose
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cms.admin.attention import what_needs
from cms.admin.first_steps import first_steps
from cms.admin.people import STATES
from cms.admin.views.guard import Guarded
from cms.db import session
from cms.models import User
from cms.models.role import can
from cms.web import visitor

NEWEST = 5


class Home(Guarded, BaseView):
    @expose("/")
    def index(self) -> str:
        newest = newest_accounts() if can(visitor(), "manage users") else []
        needs, steps = what_needs(visitor()), first_steps(visitor())
        return self.render("admin/home.html", needs=needs, steps=steps, newest=newest, states=STATES)


def newest_accounts() -> list[User]:
    query = select(User).where(User.left_at.is_(None)).options(selectinload(User.roles))
    return list(session.scalars(query.order_by(User.id.desc()).limit(NEWEST)))
