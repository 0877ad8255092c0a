"""Accounts: registering, signing in, and what members decide about their own account, by Flask-Security."""

from flask import Blueprint, Flask

bp = Blueprint("account", __name__, template_folder="templates")


def init_app(app: Flask) -> None:
    from cms.accounts import (
        account,  # noqa: F401 (brings its views)
        confirmation,
        extension,
        factors,
        leaving,  # noqa: F401
        link_pages,
        links,
        new_address,
        notices,
        personal_data,  # noqa: F401
        receivers,
        registration,
        session_list,  # noqa: F401
        sessions,
    )
    from cms.accounts.cli import users

    for module in (extension, factors, sessions, registration, links, link_pages, confirmation):
        module.init_app(app)
    for module in (new_address, receivers, notices):
        module.init_app(app)
    app.register_blueprint(bp)
    app.cli.add_command(users)
