"""Codes of an authenticator app (TOTP, RFC 6238) as the second step of signing in."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO

import qrcode
from flask import Flask, Response, current_app, flash, g, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import Totp
from flask_security.forms import TwoFactorSetupForm, TwoFactorVerifyCodeForm
from flask_security.utils import check_and_get_token_status
from passlib.exc import TokenError
from qrcode.image.svg import SvgPathFillImage
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from cms.accounts.answers import page
from cms.accounts.flows import instead
from cms.accounts.freshness import ask_again_unless_fresh
from cms.accounts.second_step import GuessableForm
from cms.db import session
from cms.models import User, site
from cms.web import visitor

DONE = "/account/"  # where Flask-Security leads when it has changed something
SETTINGS = {
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds by which the phone's clock may be wrong
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_POST_SETUP_VIEW": DONE,
}


class Codes(Totp):
    """Codes of which each is accepted once; an app shows them under the name of the site."""

    def __init__(self, secrets: dict[str, str], issuer: str):
        super().__init__(secrets, without_colon(issuer))

    def verify_totp(self, token: str, totp_secret: str, user: User, window: int = 0) -> bool:
        """Whether the code is right and new; two who send one at once are let in one after the other."""
        user = session.get(User, user.id, populate_existing=True, with_for_update=True)
        last = user.tf_last_counter if totp_secret == user.tf_totp_secret else None
        try:
            match = self._totp.verify(token, totp_secret, window=window, last_counter=last)
        except TokenError:
            return False
        user.tf_last_counter = match.counter
        return True

    def get_totp_uri(self, username: str, totp_secret: str) -> str:
        secret = self._totp.from_source(totp_secret)
        return secret.to_uri(without_colon(username), issuer=without_colon(site.name))

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The QR code as the address of an SVG picture, dark on white whatever the page's colours."""
        file = BytesIO()
        uri = self.get_totp_uri(username, totp)
        qrcode.make(uri, image_factory=SvgPathFillImage, border=2).save(file)
        return "data:image/svg+xml;base64," + b64encode(file.getvalue()).decode("ascii")


def without_colon(text: str) -> str:
    """``text`` as the two parts of a key's address may be: a colon stands between them."""
    return text.replace(":", " ")


def digits(text: str | None) -> str:
    """A code as it was typed, without the gaps that apps show; what can't be one as nothing."""
    code = "".join((text or "").split())
    return code if code.isascii() and code.isdigit() else ""


class CodeForm(GuessableForm, TwoFactorVerifyCodeForm):
    code = StringField(
        _l("Code from your app"),
        filters=[digits],
        validators=[DataRequired(_l("Enter the six digits that your app shows.")), Length(max=10)],
    )

    def validate(self, **kwargs) -> bool:
        valid = super().validate(**kwargs)
        if not valid:
            g.refused_code = self
            if self.code.data and not self.refusal:
                self.code.errors = [_("This code is wrong, or was used already. Wait for the next one.")]
        return valid


class SetUpForm(TwoFactorSetupForm):
    setup = StringField()  # authenticator or disable, by the button that was pressed


def init_app(app: Flask) -> None:
    instead(app, "two_factor_setup", begin)
    instead(app, "two_factor_setup_validate", confirm)


def begin(view: Callable[[], Response]) -> Response:
    """The page, or what its buttons do: making a new secret, or turning the second step off."""
    response = view()
    if response.location == DONE:
        return after_change(visitor(), _("Two-step sign-in with an app is off."))
    return response


def confirm(view: Callable[..., Response], token: str) -> Response:
    """Set the secret in the signed ``token`` up where a code proves that the app has it too."""
    if again := ask_again_unless_fresh("/tf-setup"):
        return again
    response = view(token=token)
    if refused := g.pop("refused_code", None):
        return set_up_page(token, refused)
    if response.location == DONE:
        return after_change(visitor(), _("Two-step sign-in is on."))
    flash(_("That took too long. Please begin again."), "error")
    return response


def set_up_page(token: str, form: CodeForm) -> Response:
    """The page as it was, so that nobody has to scan again for a mistyped digit."""
    security, user = current_app.extensions["security"], visitor()
    within = current_app.config["SECURITY_TWO_FACTOR_SETUP_WITHIN"]
    _expired, _invalid, state = check_and_get_token_status(token, "tf_setup", within)
    values = security.totp_factory.fetch_setup_values(state["totp_secret"], user)
    return page(
        "security/two_factor_setup.html",
        two_factor_verify_code_form=form,
        chosen_method=state["method"],
        state_token=token,
        authr_qrcode=values["image"],
        authr_key=values["key"],
    )


def after_change(user: User, said: str) -> Response:
    """Show the recovery codes of a second factor that is new; forget those of one that is gone."""
    recovery = current_app.extensions["security"].mf_recovery_codes_util
    flash(said)
    if not user.has_second_factor:
        user.mf_recovery_codes = None
        return redirect("/account/", 303)
    if not user.mf_recovery_codes:
        recovery.create_recovery_codes(user)
    return redirect("/mf-recovery-codes?show_codes=1", 303)
