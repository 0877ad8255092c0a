"""The forms of signing in, of registering, and of asking for a link by mail."""

from flask_babel import lazy_gettext as _l
from flask_security import ChangePasswordForm, RegisterFormV2
from flask_security.forms import EmailValidation, Form, LoginForm, NextFormMixin
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from cms.accounts.guesses import Guess
from cms.accounts.newcomers import refuse_taken_name
from cms.accounts.passwords import LONGEST_PASSWORD
from cms.addresses import LONGEST_ADDRESS
from cms.db import let_others_write
from cms.errors import Refused
from cms.web import visitor


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
        self.ifield, self.user = self.email, None if guess.is_hopeless else guess.user
        let_others_write()
        valid = super().validate(**kwargs)
        knows_more = self.user_authenticated and not self.requires_confirmation
        if not valid and not knows_more:
            guess.was_wrong()
        elif not valid:
            self.say_why_not()
        return valid

    def say_why_not(self) -> None:
        """Who knows the password may know what else is in the way; Flask-Security would hide it.

        Not that an address was never confirmed: whoever registers with it would learn that it had no account.
        """
        self.form_errors += self.email.errors
        self.email.errors = []


class OldPasswordForm(RefusableForm):
    """A form of somebody who is signed in that asks for the password; guessing it counts as at the door."""

    def validate(self, **kwargs) -> bool:
        guess = Guess(visitor().email, (self.password.data or "")[: LONGEST_PASSWORD + 1])
        try:
            guess.refuse_one_too_many()
        except Refused as refusal:
            return self.refuse(refusal)
        valid = super().validate(**kwargs)
        if self.password.errors:
            guess.was_wrong()
        return valid


class ChangeForm(OldPasswordForm, ChangePasswordForm):
    pass


class RegistrationForm(RefusableForm, RegisterFormV2):
    email = address_field(_l("E-mail address"))
    username = StringField(
        _l("User name"),
        validators=[DataRequired(_l("Choose a user name.")), Length(max=32)],
        render_kw={"autocomplete": "username"},
    )

    def validate_username(self, field: StringField) -> None:
        try:
            refuse_taken_name(field.data or "", self.email.data or "")
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal


class AddressForm(RefusableForm, NextFormMixin):
    """Where a link is to be sent."""

    email = address_field(_l("E-mail address"))


class ConfirmationForm(RefusableForm):
    """The password that was chosen at registration: the link proves the address, this who registered it."""

    password = PasswordField(
        _l("Password"),
        validators=[DataRequired(_l("Enter the password with which you registered.")), Length(max=128)],
    )
