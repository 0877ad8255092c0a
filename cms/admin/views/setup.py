"""How the site is set up: checks, each with its verdict and what to do."""

from flask_admin import BaseView, expose
from flask_babel import lazy_gettext as _l

from cms.admin.checks import CHECKS
from cms.admin.groups import MACHINES
from cms.admin.views.guard import Guarded


class SetUp(Guarded, BaseView):
    act = "see set-up"
    group = MACHINES

    def __init__(self):
        super().__init__(name=_l("Set-up"), endpoint="admin_setup", url="set-up")

    @expose("/")
    def index(self) -> str:
        return self.render("admin/setup.html", findings=[check() for check in CHECKS])
