"""How Flask-Security is set: which of its flows the site has, and what each of them may do."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from cms.config import kept_secret
from cms.models.base import now
from cms.translations import FOLDER

SHORTEST_PASSWORD = 10  # characters
LINK_LIFETIME = timedelta(hours=12)
SIGN_IN_LINK_LIFETIME = timedelta(minutes=30)
LIFETIMES = {
    "hours": int(LINK_LIFETIME.total_seconds() // 3600),
    "minutes": int(SIGN_IN_LINK_LIFETIME.total_seconds() // 60),
}  # as the mails tell them


def configuration(app: Flask) -> dict[str, Any]:
    """Flask-Security's settings, without their prefix."""
    return {
        "STATIC_FOLDER": None,
        "DATETIME_FACTORY": now,
        "I18N_DIRNAME": ["builtin", str(FOLDER)],  # of two that say the same, the later one speaks
        "PASSWORD_SALT": app.config["PASSWORD_SALT"] or kept_secret(app.config["INSTANCE"], "password-salt"),
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "LOGOUT_METHODS": ["POST"],
        "POST_LOGIN_VIEW": "/account/",
        "POST_LOGOUT_VIEW": "/",
        "CLI_USERS_NAME": False,
        "CLI_ROLES_NAME": False,
        **PASSWORDS,
        **ADDRESSES,
        **second_factors(app),
    }


PASSWORDS = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_CONFIRM_REQUIRED": False,
    "PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    "PASSWORD_NORMALIZE_FORM": "NFKC",  # NIST SP 800-63B, 5.1.1.2
    "HASHING_SCHEMES": ["hex_sha256"],  # in signed links only, of what can't be guessed
    "CHANGEABLE": True,
    "POST_CHANGE_VIEW": "/account/",
    "RECOVERABLE": True,
    "RESET_PASSWORD_WITHIN": LINK_LIFETIME,
    "FRESHNESS": timedelta(minutes=15),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=5),
    "EMAIL_SUBJECT_PASSWORD_RESET": _l("Choose a new password"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": _l("Your password was changed"),
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": _l("Your password was changed"),
    "EMAIL_TEMPLATE_PASSWORD_RESET": "mail/account/reset",
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "mail/account/password_changed",
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "mail/account/password_changed",
}
ADDRESSES = {
    "REGISTERABLE": True,
    "SEND_REGISTER_EMAIL": False,  # `cms.accounts.jobs` sends what follows a registration
    "CONFIRMABLE": True,
    "CONFIRM_EMAIL_WITHIN": timedelta(days=2),
    "POST_CONFIRM_VIEW": "/login",
    "CHANGE_EMAIL": True,
    "CHANGE_EMAIL_WITHIN": LINK_LIFETIME,
    "CHANGE_EMAIL_CONFIRM_URL": "/change-email",
    "POST_CHANGE_EMAIL_VIEW": "/account/",
    "LOGIN_WITHIN": SIGN_IN_LINK_LIFETIME,
    "EMAIL_SUBJECT_CONFIRM": _l("Confirm your e-mail address"),
    "EMAIL_SUBJECT_PASSWORDLESS": _l("Your link for signing in"),
    "CHANGE_EMAIL_SUBJECT": _l("Confirm your new e-mail address"),
    "EMAIL_TEMPLATE_CONFIRM": "mail/account/confirm",
    "EMAIL_TEMPLATE_PASSWORDLESS": "mail/account/sign_in",
    "CHANGE_EMAIL_EMAIL_TEMPLATE": "mail/account/change_email",
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
}


def second_factors(app: Flask) -> dict[str, Any]:
    """Codes, recovery codes and passkeys; what is kept of them is encrypted with keys of the instance."""
    key = app.config["SECOND_FACTOR_KEY"] or kept_secret(app.config["INSTANCE"], "second-factor-key")
    return {
        "TWO_FACTOR": True,
        "TOTP_SECRETS": {"1": key},
        "TOTP_ISSUER": app.config["SITE_URL"].partition("://")[2],
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 10,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [urlsafe_b64encode(sha256(key.encode()).digest())],
        "WEBAUTHN": True,
        "WAN_RP_NAME": "Broadside",
    }
