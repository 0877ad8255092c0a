"""Help: what can be typed, what the states of a text mean, and how to get back what is lost."""

from flask_admin import BaseView, expose
from flask_babel import lazy_gettext as _l

from cms.admin.groups import HALL
from cms.admin.views.guard import Guarded
from cms.admin.words import STATES_OF_TEXTS
from cms.models.life import TRASH_DAYS


class Help(Guarded, BaseView):
    group = HALL

    def __init__(self):
        super().__init__(name=_l("Help"), endpoint="admin_help", url="help")

    @expose("/")
    def index(self) -> str:
        return self.render("admin/help.html", states=STATES_OF_TEXTS, trash_days=TRASH_DAYS)
