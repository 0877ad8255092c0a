"""Accounts: who there is, what they may do, and what can be done with them."""

from typing import Any

from flask import Response, flash
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Query, selectinload

from cms.admin import people
from cms.admin.events import subjects_of
from cms.admin.forms import AccountForm, InviteForm, roles_to_give
from cms.admin.groups import PEOPLE
from cms.admin.views.desk import Creating, Desk, Editing, Removing
from cms.admin.views.listing import Choice
from cms.admin.words import label_of
from cms.models import Role, User
from cms.models.role import can
from cms.web import visitor


class Users(Creating, Editing, Removing, Desk):
    noun, title, folder = User, _l("People"), "users"
    act = "manage users"
    group = PEOPLE
    is_delicate = True
    column_list = ("username", "email", "roles", "state", "signed_in", "created_at")
    column_labels = {
        "username": _l("Name"),
        "email": _l("E-mail address"),
        "roles": _l("Roles"),
        "state": _l("State"),
        "signed_in": _l("Last sign-in"),
        "created_at": _l("Since"),
    }
    column_sortable_list = ("username", "email", ("created_at", ("id",)))
    column_searchable_list = ("username", "email")
    column_filters = (
        Choice("role", _l("Role"), roles_to_give, lambda name: User.roles.any(Role.name == name)),
        Choice("state", _l("State"), list(people.STATES.items()), User.in_state),
    )

    def get_query(self) -> Query:
        return super().get_query().options(selectinload(User.roles))

    def get_list(self, *args, **kwargs) -> tuple[int, list[User]]:
        count, users = super().get_list(*args, **kwargs)
        self._template_args["signed_in"] = people.last_sign_ins(users)
        self._template_args["invited"] = people.number_invited()
        return count, users

    def render(self, template: str, **context) -> str:
        return super().render(template, states=people.STATES, label_of=label_of, **context)

    def about(self, thing: User) -> dict[str, Any]:
        events = people.latest_events(thing) if can(visitor(), "see activity") else []
        return {
            "invitation": people.invitation_of(thing),
            "signed_in": people.last_sign_ins([thing]).get(thing.id),
            "sign_ins": people.sign_ins_of(thing),
            "events": events,
            "subjects": subjects_of(events),
        }

    def create_form(self, obj: User | None = None) -> InviteForm:
        return InviteForm(self.sent(), data={"roles": ["member"]})

    def edit_form(self, obj: User | None = None) -> AccountForm:
        return AccountForm(self.sent(), obj=obj)

    def create_model(self, form: InviteForm) -> User:
        fields = {"email": form.email.data, "username": form.username.data or None, "roles": form.roles.data}
        user = User.invite(by=visitor(), **fields)
        flash(_("%(address)s is invited.", address=user.email))
        return user

    def update_model(self, form: AccountForm, model: User) -> None:
        model.revise(by=visitor(), username=form.username.data, email=form.email.data)
        if set(form.roles.data) != {role.name for role in model.roles}:
            model.grant(form.roles.data, by=visitor())
        flash(_("The account is saved."))

    def delete_model(self, model: User) -> None:
        name = model.name
        model.leave(by=visitor())
        flash(_("The account of %(name)s is deleted. What they wrote stays.", name=name))

    @expose("/<int:id>/invite/", methods=("POST",))
    def invite_again(self, id: int) -> Response | tuple[str, int]:
        return self.do(id, User.invite_again, _("The invitation will be sent again."))

    @expose("/<int:id>/suspend/", methods=("POST",))
    def suspend(self, id: int) -> Response | tuple[str, int]:
        return self.do(id, User.suspend, _("The account is suspended, and signed out everywhere."))

    @expose("/<int:id>/reinstate/", methods=("POST",))
    def reinstate(self, id: int) -> Response | tuple[str, int]:
        return self.do(id, User.reinstate, _("The account can be used again."))

    @expose("/<int:id>/sign-out/", methods=("POST",))
    def end_sessions(self, id: int) -> Response | tuple[str, int]:
        return self.do(id, User.end_sessions, _("The account is signed out everywhere."))

    @expose("/<int:id>/remove-second-factor/", methods=("POST",))
    def remove_second_factor(self, id: int) -> Response | tuple[str, int]:
        return self.do(id, User.remove_second_factor, _("The account has no second factor any more."))
