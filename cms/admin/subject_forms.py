"""The forms of subjects, menus, redirects and snippets."""

from flask_admin.form import BaseForm
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from cms.addresses import LONGEST_ADDRESS
from cms.models import User
from cms.models.link import LONGEST_LINK
from cms.models.menu import LONGEST_LABEL, MENUS
from cms.models.redirect import LONGEST_PATH
from cms.models.snippet import LONGEST_SNIPPET, LONGEST_SNIPPET_NAME
from cms.models.term import LONGEST_DESCRIPTION, LONGEST_NAME, LONGEST_SLUG

NAME_NEEDED = _l("Enter a name.")


class SubjectForm(BaseForm):
    name = StringField(_l("Name"), [DataRequired(NAME_NEEDED), Length(max=LONGEST_NAME)])
    slug = StringField(
        _l("End of the address"),
        [Optional(), Length(max=LONGEST_SLUG)],
        description=_l("Leave it empty to have it made of the name. The old address keeps leading here."),
    )
    description = TextAreaField(
        _l("Description"),
        [Length(max=LONGEST_DESCRIPTION)],
        default="",
        description=_l("A sentence or two at the top of its page, and for search engines."),
    )

    def fields(self) -> dict:
        """What was filled in, as the verbs take it."""
        return {
            "name": self.name.data,
            "slug": self.slug.data or "",
            "description": self.description.data or "",
        }


class AuthorForm(SubjectForm):
    account = StringField(
        _l("Account"),
        [Optional(), Length(max=LONGEST_ADDRESS)],
        description=_l("User name or e-mail address, if the author has an account here."),
    )

    def __init__(self, formdata=None, obj=None, **kwargs):
        owner = obj.user.username or obj.user.email if obj and obj.user else ""
        super().__init__(formdata, obj=obj, account=owner, **kwargs)

    def validate_account(self, field: StringField) -> None:
        if User.named(field.data) is None:
            raise ValidationError(_("Nobody here has this name or address."))

    def fields(self) -> dict:
        account = self.account.data
        return super().fields() | {"user": User.named(account) if account else None}


class MenuItemForm(BaseForm):
    label = StringField(_l("Label"), [DataRequired(_l("Enter a label.")), Length(max=LONGEST_LABEL)])
    url = StringField(
        _l("Leads to"),
        [DataRequired(_l("Enter an address.")), Length(max=LONGEST_LINK)],
        description=_l("A page of this site, such as /about/, or an address that begins with https://."),
    )


class NewMenuItemForm(MenuItemForm):
    menu = SelectField(_l("Menu"), choices=[SelectChoice(*menu) for menu in MENUS.items()])


class RedirectForm(BaseForm):
    target = StringField(
        _l("Leads to"),
        [Length(max=LONGEST_LINK)],
        default="",
        description=_l(
            "A page of this site, such as /about/, or an address that begins with https://. "
            "Leave it empty to say that the page is gone."
        ),
    )


class NewRedirectForm(RedirectForm):
    path = StringField(
        _l("Old address"),
        [DataRequired(_l("Enter an address.")), Length(max=LONGEST_PATH)],
        description=_l("A path of this site at which there is no page now, such as /old/page/."),
    )


class SnippetForm(BaseForm):
    name = StringField(_l("Name"), [DataRequired(NAME_NEEDED), Length(max=LONGEST_SNIPPET_NAME)])
    body = TextAreaField(
        _l("Text"),
        [DataRequired(_l("Enter a text.")), Length(max=LONGEST_SNIPPET)],
        description=_l("Markdown, as in a post."),
    )
