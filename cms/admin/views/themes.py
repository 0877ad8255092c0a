"""The theme of the site: choosing one, setting its options, and looking at it before others do."""

from flask import Response, abort, flash, redirect, request
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cms import theme_previews
from cms.admin.controls import controls_of
from cms.admin.settings_form import SettingsForm
from cms.admin.views.guard import Guarded
from cms.manifests import installed, manifest
from cms.models import Setting
from cms.themes import active
from cms.web import visitor


class Themes(Guarded, BaseView):
    act = theme_previews.ACT

    def __init__(self):
        super().__init__(name=_l("Themes"), endpoint="admin_themes", url="themes")

    def render(self, template: str, **context) -> str:
        tried = theme_previews.kept().get("theme", "")
        return super().render(template, manifest_of=manifest, used=active(), tried=tried, **context)

    @expose("/")
    def index(self) -> str:
        return self.render("admin/themes/list.html", themes=installed())

    @expose("/<theme>/", methods=("GET", "POST"))
    def options(self, theme: str) -> Response | str | tuple[str, int]:
        """The options of a theme; when they were sent, they are tried out or applied."""
        if theme not in installed():
            abort(404)
        if request.method != "POST":
            tried = theme_previews.kept()
            form = SettingsForm(controls_of(theme), tried=tried if tried.get("theme") == theme else {})
            return self.page(theme, form)
        form = SettingsForm(controls_of(theme), request.form)
        done = self.try_out if "preview" in request.form else self.use
        return done(theme, form) or (self.page(theme, form), form.status)

    def page(self, theme: str, form: SettingsForm) -> str:
        return self.render("admin/themes/edit.html", chosen=theme, form=form)

    def try_out(self, theme: str, form: SettingsForm) -> Response | None:
        """Show the public pages to the visitor alone as they would be; None where something is wrong."""
        if not form.check(theme):
            return None
        theme_previews.begin({"theme": theme, **form.changed})
        return redirect("/", 303)

    def use(self, theme: str, form: SettingsForm) -> Response | None:
        """Let everybody see it; None where something is wrong."""
        Setting.change("theme", theme, by=visitor())
        if not form.save(by=visitor()):
            return None
        return self.done(theme)

    @expose("/apply/", methods=("POST",))
    def apply(self) -> Response:
        """Let everybody see what the visitor tries out."""
        tried = theme_previews.kept()
        if not tried:
            flash(_("There is no preview any more."))
            return redirect(self.get_url(".index"), 303)
        for name, text in tried.items():
            Setting.change(name, text, by=visitor())
        return self.done(tried["theme"])

    def done(self, theme: str) -> Response:
        theme_previews.stop()
        flash(_("The site wears the theme “%(name)s” as you set it up.", name=manifest(theme)["name"]))
        return redirect(self.get_url(".index"), 303)

    @expose("/stop/", methods=("POST",))
    def stop(self) -> Response:
        """Let the visitor see the site as everybody does."""
        theme_previews.stop()
        flash(_("The preview has ended; nothing was changed."))
        return redirect(self.get_url(".index"), 303)
