"""The form of signing in: one field for the user name or the e-mail address."""

from flask_babel import lazy_gettext as _l
from flask_security.forms import LoginForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from cms.models import User


class SignInForm(LoginForm):
    email = StringField(
        _l("User name or e-mail address"),
        validators=[DataRequired(_l("Enter your user name or e-mail address.")), Length(max=255)],
        render_kw={"autocomplete": "username"},
    )

    def validate(self, **kwargs) -> bool:
        self.ifield = self.email
        self.user = User.named(self.email.data or "")
        return super().validate(**kwargs)
