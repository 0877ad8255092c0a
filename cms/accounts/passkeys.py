"""Passkeys (WebAuthn): how they are asked for, and what is accepted as one's answer."""

import json
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from flask import session as cookie
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import WebauthnUtil
from flask_security.forms import Form
from flask_security.webauthn import (
    WebAuthnRegisterForm,
    WebAuthnRegisterResponseForm,
    WebAuthnSigninResponseForm,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length

from cms.models import User, site

BEGUN = "passkey"  # the name in the cookie of what the browser was asked for last
LONGEST_ANSWER = 20_000  # characters
LONGEST_ID = 1023  # bytes (https://www.w3.org/TR/webauthn-3/#credential-id)
BROKEN = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, RecursionError)
SETTINGS = {
    "WAN_ALLOW_USER_HINTS": False,  # nobody learns from us who has a passkey
    "WAN_ALLOW_AS_VERIFY": ["first"],
    "WAN_POST_REGISTER_VIEW": "/wan-register",
    "WAN_NAME_ALLOWED_CHARS": ["L", "M", "N", "P", "S", "Zs"],
}


class Passkeys(WebauthnUtil):
    """For the site's own address alone, in any device, and found without a name being typed."""

    def origin(self) -> str:
        return current_app.config["SITE_URL"]

    def generate_challenge(self, nbytes: int | None = None) -> str:
        """A challenge that only this browser may answer, and only where it was asked."""
        challenge = super().generate_challenge(nbytes)
        cookie[BEGUN] = {"challenge": challenge, "at": request.endpoint}
        return challenge

    def registration_options(
        self, user: User, usage: str, existing_options: dict[str, Any]
    ) -> dict[str, Any]:
        return super().registration_options(user, usage, existing_options) | {
            "rp_id": host(),
            "rp_name": site.name,
            "user_display_name": user.name,
        }

    def authenticator_selection(self, user: User, usage: str) -> AuthenticatorSelectionCriteria:
        """Any device; one that replaces the password knows its owner by itself, by finger, face or PIN."""
        alone = usage == "first"
        required, not_needed = UserVerificationRequirement.REQUIRED, UserVerificationRequirement.DISCOURAGED
        resident, any_key = ResidentKeyRequirement.REQUIRED, ResidentKeyRequirement.DISCOURAGED
        return AuthenticatorSelectionCriteria(
            authenticator_attachment=None,
            resident_key=resident if alone else any_key,
            user_verification=required if alone else not_needed,
        )

    def authentication_options(
        self, user: User | None, usage: list[str], existing_options: dict[str, Any]
    ) -> dict[str, Any]:
        return super().authentication_options(user, usage, existing_options) | {"rp_id": host()}

    def user_verification(self, user: User | None, usage: list[str]) -> UserVerificationRequirement:
        alone = "first" in usage
        return UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.DISCOURAGED


def host() -> str:
    return urlsplit(current_app.config["SITE_URL"]).hostname or ""


def are_possible() -> bool:
    """Whether browsers make passkeys for this site: it needs a name, and https unless it is local."""
    try:
        ip_address(host())
    except ValueError:
        return current_app.config["SITE_URL"].startswith("https://") or host() == "localhost"
    return False


class Answer(Form):
    """What a browser sends when its passkey was used; whatever it sends, it is accepted or refused."""

    def validate(self, **kwargs) -> bool:
        try:
            return len(self.credential.data or "") <= LONGEST_ANSWER and super().validate(**kwargs)
        except BROKEN:
            return False


class RegistrationAnswer(Answer, WebAuthnRegisterResponseForm):
    def validate(self, **kwargs) -> bool:
        if not super().validate(**kwargs):
            return False
        self.extensions = told_extensions(self.extensions)
        return len(self.registration_verification.credential_id) <= LONGEST_ID


class SignInAnswer(Answer, WebAuthnSigninResponseForm):
    def validate(self, **kwargs) -> bool:
        return super().validate(**kwargs) and self.user.is_active and self.is_expected

    @property
    def is_expected(self) -> bool:
        """Whether it is the passkey of the one who has shown the password."""
        return not self.is_secondary or self.user.fs_uniquifier == cookie.get("tf_user_id")


def told_extensions(text: Any) -> str | None:
    """Of what the browser says about the key only whether it can be found without a name."""
    try:
        return json.dumps({"credProps": {"rk": bool(json.loads(text)["credProps"]["rk"])}})
    except BROKEN:
        return None


class PasskeyForm(WebAuthnRegisterForm):
    name = StringField(
        _l("What is it called?"), validators=[DataRequired(_l("Give the passkey a name.")), Length(max=64)]
    )
    usage = RadioField(
        _l("What is it for?"),
        choices=[
            SelectChoice("first", _l("Signing in without a password")),
            SelectChoice("secondary", _l("As the second step, after the password")),
        ],
        default="first",
    )

    def validate(self, **kwargs) -> bool:
        if not are_possible():
            self.form_errors.append(_("Passkeys need a site with a name of its own and https."))
            return False
        return super().validate(**kwargs)
