"""The forms of the back office: each takes the fields it declares and no others."""

from flask_admin.form import BaseForm
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import EmailField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from cms.addresses import LONGEST_ADDRESS
from cms.db import session
from cms.models import Role, User
from cms.models.role import READER


def roles_to_give() -> list[tuple[str, str]]:
    """``(name, label)`` of every role that an account can have."""
    query = select(Role).where(Role.name != READER).order_by(Role.id)
    return [(role.name, role.label) for role in session.scalars(query)]


class PersonForm(BaseForm):
    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Enter an e-mail address.")), Length(max=LONGEST_ADDRESS)],
    )
    username = StringField(
        _l("User name"),
        [Optional(), Length(max=32)],
        description=_l("2 to 32 letters from a to z, digits, hyphens and underscores."),
    )
    roles = SelectMultipleField(
        _l("Roles"),
        choices=roles_to_give,
        description=_l("Nobody can give more than they may do themselves."),
    )


class InviteForm(PersonForm):
    def validate_email(self, field: EmailField) -> None:
        if User.named(field.data):
            raise ValidationError(_("There is an account with this address already."))

    def validate_username(self, field: StringField) -> None:
        if User.named(field.data):
            raise ValidationError(_("This user name is taken."))


class AccountForm(PersonForm):
    """The form of an account that exists; ``roles`` shows the names of the roles that it has."""

    def __init__(self, formdata=None, obj: User | None = None, **kwargs):
        kwargs["data"] = {"roles": [role.name for role in obj.roles]}
        super().__init__(formdata, obj=None, email=obj.email, username=obj.username, **kwargs)
        self._user = obj

    def validate_username(self, field: StringField) -> None:
        if self._user.username and not field.data:
            raise ValidationError(_("A user name can be changed, but not taken away."))


class RoleForm(BaseForm):
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Enter a name.")), Length(max=40)],
        description=_l("2 to 40 letters, digits, spaces and hyphens."),
    )
    description = StringField(_l("What this role is for"), [Length(max=255)], default="")


class DescriptionForm(BaseForm):
    description = StringField(_l("What this role is for"), [Length(max=255)], default="")
