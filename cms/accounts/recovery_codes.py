"""Recovery codes: the second step for somebody whose phone or key is gone. Each works once."""

from collections.abc import Callable

from flask import Flask, Response, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import MfRecoveryCodesUtil
from flask_security.forms import TwoFactorRescueForm
from flask_security.recovery_codes import MfRecoveryForm
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length

from cms import signals
from cms.accounts.flows import instead
from cms.accounts.second_step import GuessableForm
from cms.db import session
from cms.errors import Refused
from cms.models import User

GROUP = 4  # characters between two hyphens


class RecoveryCodes(MfRecoveryCodesUtil):
    def create_recovery_codes(self, user: User) -> list[str]:
        """New codes, the older ones are void; raises `Refused` where there is nothing to recover."""
        if not user.has_second_factor:
            raise Refused(_("Recovery codes belong to two-step sign-in: set that up first."))
        codes = super().create_recovery_codes(user)
        user.tell(signals.user_recovery_codes_made, by=user)
        return codes

    def check_recovery_code(self, user: User, code: str) -> bool:
        """Whether the code is one of the user's; of two who send it at once, the second finds it used."""
        session.get(User, user.id, populate_existing=True, with_for_update=True)
        return super().check_recovery_code(user, code)


def grouped(text: str | None) -> str:
    """A code as it was typed, spelled as it was shown."""
    signs = "".join(sign for sign in (text or "").lower() if sign.isalnum())
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


class RecoveryCodeForm(GuessableForm, MfRecoveryForm):
    code = StringField(
        _l("Recovery code"),
        filters=[grouped],
        validators=[DataRequired(_l("Enter one of your recovery codes.")), Length(max=40)],
    )

    def validate(self, **kwargs) -> bool:
        valid = super().validate(**kwargs)
        if not valid and self.code.data and not self.refusal:
            self.code.errors = [_("This is none of your recovery codes, or it was used already.")]
        return valid


class RescueForm(TwoFactorRescueForm):
    help_setup = RadioField(choices=[])  # no page shows it: see `rescue`


def init_app(app: Flask) -> None:
    instead(app, "mf_recovery_codes", show_or_make)
    instead(app, "two_factor_rescue", rescue)


def show_or_make(view: Callable[[], Response]) -> Response:
    """Flask-Security's page; what was made on POST is shown by GET, so that loading again makes no more."""
    response = view()
    if request.method == "POST" and isinstance(response, Response) and response.status_code == 200:
        return redirect("/mf-recovery-codes?show_codes=1", 303)
    return response


def rescue(_view: Callable[[], Response]) -> Response:
    """There is one way for whoever has lost the second factor; nobody is mailed anything."""
    return redirect("/mf-recovery", 303)
