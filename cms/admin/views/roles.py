"""Roles, and the table of what each of them may do."""

from flask import Response, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from cms.admin.forms import DescriptionForm, RoleForm
from cms.admin.groups import PEOPLE
from cms.admin.views.desk import Creating, Desk, Editing, Removing
from cms.db import session
from cms.errors import Refused
from cms.models import ACTS, Permission, Role
from cms.models.role import ADMIN, allowed_acts, user_role
from cms.web import visitor

LONGEST_CELL = 200  # characters


class Roles(Creating, Editing, Removing, Desk):
    noun, title, folder = Role, _l("Roles and permissions"), "roles"
    act = "manage roles"
    group = PEOPLE
    is_delicate = True
    details_view = None

    def url_of(self, thing: Role) -> str:
        return self.get_url(".index_view")

    @expose("/", methods=("GET", "POST"))
    def index_view(self) -> Response | str | tuple[str, int]:
        """The table, as it is stored; when it was sent, what somebody changed in it is stored."""
        if request.method != "POST":
            return self.table(stored_cells())
        try:
            self.save_table()
        except Refused as refusal:
            session.rollback()
            return self.table(set(request.form.getlist("allow")), problem=refusal.message), refusal.status
        return redirect(self.get_url(".index_view"), 303)

    def table(self, ticked: set[str], **context) -> str:
        """The page with the cells ``ticked``, each as ``"role id:act"``."""
        roles = session.scalars(select(Role).order_by(Role.id)).all()
        decided = [role for role in roles if role.name != ADMIN]
        cells = {"acts": ACTS, "ticked": ticked, "stored": stored_cells()}
        people = {"all_roles": roles, "holders": holders()}
        return self.render("admin/roles/list.html", roles=decided, **cells, **people, **context)

    def save_table(self) -> None:
        """Store the cells that differ from what the page showed; the others may have changed meanwhile."""
        sent, shown = set(request.form.getlist("allow")), set(request.form.getlist("shown"))
        for cell in sorted(sent ^ shown):
            role_id, _colon, act = cell[:LONGEST_CELL].partition(":")
            role = session.get(Role, int(role_id)) if role_id.isdecimal() and len(role_id) < 10 else None
            if role is None:
                raise Refused(_("One of these roles has been removed meanwhile."))
            Permission.set(role, act, cell in sent, by=visitor())
        flash(_("The table is saved.") if sent != shown else _("Nothing was changed."))

    def create_form(self, obj: Role | None = None) -> RoleForm:
        return RoleForm(self.sent())

    def edit_form(self, obj: Role | None = None) -> DescriptionForm:
        return DescriptionForm(self.sent(), obj=obj)

    def create_model(self, form: RoleForm) -> Role:
        role = Role.make(form.name.data, form.description.data, by=visitor())
        flash(_("The role “%(name)s” is made. It may do nothing yet.", name=role.name))
        return role

    def update_model(self, form: DescriptionForm, model: Role) -> None:
        model.describe(form.description.data, by=visitor())
        flash(_("The role is saved."))

    def delete_model(self, model: Role) -> None:
        name = model.name
        model.remove(by=visitor())
        flash(_("The role “%(name)s” is removed.", name=name))


def holders() -> dict[int, int]:
    """``{id of the role: number of people who have it}``."""
    query = select(user_role.c.role_id, func.count()).group_by(user_role.c.role_id)
    return dict(session.execute(query).all())


def stored_cells() -> set[str]:
    """The cells of the table that are ticked."""
    ids = dict(session.execute(select(Role.name, Role.id)).all())
    return {f"{ids[name]}:{act}" for name, acts in allowed_acts().items() for act in acts}
