"""Everything beside the password: what Flask-Security is given for it, and what is put around its views."""

from flask import Flask

from cms.accounts import ceremonies, freshness, passkeys, recovery_codes, second_factor, second_step

CLASSES = {
    "verify_form": freshness.PasswordForm,
    "totp_cls": second_factor.Codes,
    "mf_recovery_codes_util_cls": recovery_codes.RecoveryCodes,
    "webauthn_util_cls": passkeys.Passkeys,
    "two_factor_setup_form": second_factor.SetUpForm,
    "two_factor_rescue_form": recovery_codes.RescueForm,
    "two_factor_verify_code_form": second_factor.CodeForm,
    "mf_recovery_form": recovery_codes.RecoveryCodeForm,
    "wan_register_form": passkeys.PasskeyForm,
    "wan_register_response_form": passkeys.RegistrationAnswer,
    "wan_signin_response_form": passkeys.SignInAnswer,
}  # for the constructor of `Security`
SETTINGS = {**second_factor.SETTINGS, **passkeys.SETTINGS}


def init_app(app: Flask) -> None:
    freshness.init_app(app)
    second_step.init_app(app)
    second_factor.init_app(app)
    recovery_codes.init_app(app)
    ceremonies.init_app(app)
