"""Asking for a link by mail: to choose a new password, to confirm an address, to sign in.

The three pages say the same whether or not there is such an account, and do the same for both.
"""

from flask import Flask, Response, abort, redirect

from cms.accounts import bp
from cms.accounts.answers import page
from cms.accounts.forms import AddressForm
from cms.accounts.jobs import mail_link
from cms.errors import Refused
from cms.jobs import enqueue
from cms.limits import count, network
from cms.web import render, visitor


def init_app(app: Flask) -> None:
    app.view_functions["security.forgot_password"] = lambda: ask("reset")
    app.view_functions["security.send_confirmation"] = lambda: ask("confirm")


@bp.route("/login/link", methods=["GET", "POST"])
def ask_sign_in_link() -> Response:
    return ask("sign-in")


def ask(purpose: str) -> Response:
    form = AddressForm()
    if form.validate_on_submit():
        try:
            count("RATE_LINK", network())
            count("RATE_LINK_ADDRESS", form.email.data)
            enqueue(mail_link, purpose=purpose, email=form.email.data)
            return redirect(f"/link-sent/{purpose}", 303)
        except Refused as refusal:
            form.refuse(refusal)
    elif (user := visitor()) and not form.is_submitted():
        form.email.data = user.email
    return page("account/ask_link.html", form=form, purpose=purpose)


@bp.get("/link-sent/<purpose>")
def link_sent(purpose: str) -> Response:
    if purpose not in ("reset", "confirm", "sign-in", "change-email"):
        abort(404)
    return render("account/sent.html", purpose=purpose)
