"""What an owner may change of the site while it runs."""

from flask import Response, flash, redirect, request
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cms.admin.controls import SETTINGS
from cms.admin.settings_form import SettingsForm
from cms.admin.views.guard import Guarded
from cms.web import visitor


class Settings(Guarded, BaseView):
    act = "manage settings"

    def __init__(self):
        super().__init__(name=_l("Settings"), endpoint="admin_settings", url="settings")

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Response | str | tuple[str, int]:
        """The settings; when they were sent, what was changed is saved."""
        controls = [control for _title, group in SETTINGS for control in group]
        if request.method != "POST":
            return self.page(SettingsForm(controls))
        form = SettingsForm(controls, request.form)
        changed = form.changed
        if not form.save(by=visitor()):
            return self.page(form), form.status
        flash(_("The settings are saved.") if changed else _("Nothing was changed."))
        return redirect(self.get_url(".index"), 303)

    def page(self, form: SettingsForm) -> str:
        return self.render("admin/settings/edit.html", form=form, groups=SETTINGS)
