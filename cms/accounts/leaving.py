"""Deleting one's own account: what somebody wrote stays, as by a former member; who it was is forgotten."""

from flask import Response, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import logout_user
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from cms.accounts import bp
from cms.accounts.freshness import freshly_signed_in
from cms.errors import Refused
from cms.web import render, visitor


class LeavingForm(FlaskForm):
    name = StringField(
        _l("Your name here, to be sure"),
        validators=[DataRequired(_l("Type your name, so that nothing happens by mistake.")), Length(max=255)],
    )

    def validate_name(self, field: StringField) -> None:
        if field.data.strip().casefold() != visitor().name.casefold():
            raise ValidationError(_("That is not the name of this account."))


@bp.route("/account/leave", methods=["GET", "POST"])
@freshly_signed_in()
def leave() -> Response:
    form = LeavingForm()
    if form.validate_on_submit():
        try:
            return take_leave()
        except Refused as refusal:
            form.form_errors.append(refusal.message)
    return render("account/leave.html", form=form, status=422 if form.errors else 200)


def take_leave() -> Response:
    user = visitor()
    user.leave(by=user)
    logout_user()
    return redirect("/account/farewell", 303)


@bp.get("/account/farewell")
def farewell() -> Response:
    return render("account/farewell.html")
