"""How the site is set up: checks, each with its verdict and what to do; and a test mail."""

from flask import Response, flash, redirect
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cms.admin.checks import CHECKS
from cms.admin.groups import MACHINES
from cms.admin.views.guard import Guarded
from cms.admin.views.outbox import STATES
from cms.mail.testing import last_test, send_test
from cms.web import visitor


class SetUp(Guarded, BaseView):
    act = "see set-up"
    group = MACHINES

    def __init__(self):
        super().__init__(name=_l("Set-up"), endpoint="admin_setup", url="set-up")

    @expose("/")
    def index(self) -> str:
        findings = [check() for check in CHECKS]
        return self.render("admin/setup.html", findings=findings, test=last_test(visitor()), states=STATES)

    @expose("/test-mail/", methods=("POST",))
    def test_mail(self) -> Response:
        mail = send_test(by=visitor())
        flash(_("A test mail to %(address)s is on its way.", address=mail.to))
        return redirect(self.get_url(".index") + "#test-mail", 303)
