"""Flask-Security on this site: its forms and helpers in our words, its pages in the theme."""

from flask import Flask
from flask_security import Security
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer

from cms.accounts import factors
from cms.accounts.answers import page
from cms.accounts.configuration import LIFETIMES, configuration
from cms.accounts.datastore import datastore
from cms.accounts.forms import ChangeForm, RegistrationForm, SignInForm
from cms.accounts.passwords import Passwords
from cms.accounts.post import OutboxPost
from cms.accounts.words import WORDS


def init_app(app: Flask) -> None:
    settings = configuration(app) | factors.SETTINGS | WORDS
    app.config.update({f"SECURITY_{name}": value for name, value in settings.items()})
    security = Security(
        app,
        datastore,
        login_form=SignInForm,
        register_form=RegistrationForm,
        change_password_form=ChangeForm,
        mail_util_cls=OutboxPost,
        password_util_cls=Passwords,
        render_template=page,
        **factors.CLASSES,
    )
    security.mail_context_processor(lambda: LIFETIMES)
    security.want_json(lambda _request: False)  # people use these pages, not programs
    sign_with_newest_key(app, security)
    app.jinja_env.globals["csrf_token"] = generate_csrf


def sign_with_newest_key(app: Flask, security: Security) -> None:
    """Give Flask-Security's signers their keys in the order that itsdangerous wants: the last one signs."""
    for signer in vars(security).values():
        if isinstance(signer, URLSafeTimedSerializer):
            signer.secret_keys = [key.encode() for key in app.config["WTF_CSRF_SECRET_KEY"]]
