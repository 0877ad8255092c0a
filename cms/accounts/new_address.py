"""Moving to another address: a link is mailed to it. Whether somebody has it already shows in no answer."""

from flask import Flask, Response, redirect

from cms.accounts.answers import page
from cms.accounts.forms import AddressForm
from cms.accounts.freshness import freshly_signed_in
from cms.accounts.jobs import mail_new_address
from cms.errors import Refused
from cms.jobs import enqueue
from cms.limits import count, network
from cms.web import visitor


def init_app(app: Flask) -> None:
    app.view_functions["security.change_email"] = change_email


@freshly_signed_in()
def change_email() -> Response:
    """In place of Flask-Security's view, which needs longer for an address that is free."""
    form = AddressForm()
    if form.validate_on_submit():
        try:
            count("RATE_LINK", network())
            count("RATE_LINK_ADDRESS", form.email.data)
            enqueue(mail_new_address, user_id=visitor().id, email=form.email.data)
            return redirect("/link-sent/change-email", 303)
        except Refused as refusal:
            form.refuse(refusal)
    return page("security/change_email.html", form=form, current_email=visitor().email)
