"""Signing in and out, by Flask-Security."""

from flask import Blueprint, Flask, Response
from flask_security import Security, SQLAlchemyUserDatastore, auth_required
from flask_wtf.csrf import generate_csrf

from cms.accounts.forms import SignInForm
from cms.config import kept_secret
from cms.db import db
from cms.models import Role, User
from cms.translations import FOLDER
from cms.web import render, visitor

bp = Blueprint("account", __name__)
datastore = SQLAlchemyUserDatastore(db, User, Role)


def init_app(app: Flask) -> None:
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 (the name of the method)
        SECURITY_PASSWORD_SALT=kept_secret(app.config["INSTANCE"], "password-salt"),
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/account/",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_FLASH_MESSAGES=False,
        SECURITY_I18N_DIRNAME=["builtin", str(FOLDER)],  # of two that say the same, the later one speaks
        SECURITY_REDIRECT_VALIDATE_MODE=["absolute", "regex"],
        WTF_CSRF_TIME_LIMIT=None,
    )
    Security(app, datastore, login_form=SignInForm)
    app.login_manager.request_loader(lambda _request: None)  # people sign in with the form, not with tokens
    app.register_blueprint(bp)
    app.jinja_env.globals["csrf_token"] = generate_csrf


@bp.get("/account/")
@auth_required("session")
def account() -> Response:
    user = visitor()
    return render("account/account.html", roles=user.roles)
