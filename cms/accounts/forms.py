"""The forms of signing in, of registering, and of asking for a link by mail."""

from flask_babel import lazy_gettext as _l
from flask_security import RegisterFormV2
from flask_security.forms import EmailValidation, Form, LoginForm, NextFormMixin
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from cms.accounts.guesses import Guess
from cms.accounts.passwords import LONGEST_PASSWORD
from cms.addresses import LONGEST_ADDRESS
from cms.errors import Refused
from cms.models import User
from cms.models.user import refuse_name_of_another


def address_field(label) -> EmailField:
    return EmailField(
        label,
        validators=[
            DataRequired(_l("Enter an e-mail address.")),
            Length(max=LONGEST_ADDRESS),
            EmailValidation(),
        ],
        render_kw={"autocomplete": "email"},
    )


class RefusableForm(Form):
    """A form that can be turned down by a rule of a model, or for being sent too often."""

    refusal: Refused | None = None

    def refuse(self, refusal: Refused) -> bool:
        """Show why; always False, as `validate` answers."""
        self.refusal = refusal
        self.form_errors.append(refusal.message)
        return False


class SignInForm(RefusableForm, LoginForm):
    email = StringField(
        _l("User name or e-mail address"),
        validators=[
            DataRequired(_l("Enter your user name or e-mail address.")),
            Length(max=LONGEST_ADDRESS),
        ],
        render_kw={"autocomplete": "username"},
    )

    def validate(self, **kwargs) -> bool:
        guess = Guess(self.email.data or "", (self.password.data or "")[: LONGEST_PASSWORD + 1])
        try:
            guess.refuse_one_too_many()
        except Refused as refusal:
            return self.refuse(refusal)
        self.ifield, self.user = self.email, User.named(self.email.data or "")
        valid = super().validate(**kwargs)
        if not valid and not self.user_authenticated:
            guess.was_wrong()
        elif not valid:
            self.say_why_not()
        return valid

    def say_why_not(self) -> None:
        """Who knows the password may know what else is in the way; Flask-Security would hide it."""
        self.form_errors += self.email.errors
        self.email.errors = []


class RegistrationForm(RefusableForm, RegisterFormV2):
    email = address_field(_l("E-mail address"))
    username = StringField(
        _l("User name"),
        validators=[DataRequired(_l("Choose a user name.")), Length(max=32)],
        render_kw={"autocomplete": "username"},
    )

    def validate_username(self, field: StringField) -> None:
        try:
            refuse_name_of_another(field.data or "", None)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal


class AddressForm(RefusableForm, NextFormMixin):
    """Where a link is to be sent."""

    email = address_field(_l("E-mail address"))
