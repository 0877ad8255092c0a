"""The menus of the site: what stands in them, and in which order."""

from flask import Response, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cms.admin.subject_forms import MenuItemForm, NewMenuItemForm
from cms.admin.subjects import all_menus, places
from cms.admin.views.desk import Creating, Desk, Editing, Removing
from cms.models import MenuItem
from cms.models.menu import MENUS, MOST_ITEMS
from cms.web import visitor


class Menus(Creating, Editing, Removing, Desk):
    noun, title, folder = MenuItem, _l("Menus"), "menus"
    act = "manage menus"
    details_view = None

    @expose("/")
    def index_view(self) -> str:
        focus = {"id": request.args.get("moved", 0, type=int), "way": request.args.get("way")}
        return self.render(
            "admin/menus/list.html", menus=all_menus(), names=MENUS, most=MOST_ITEMS, focus=focus
        )

    def url_of(self, thing: MenuItem) -> str:
        return self.get_url(".index_view")

    def fill_in(self, form, save, template: str, **context) -> Response | str | tuple[str, int]:
        return super().fill_in(form, save, template, places=places(), **context)

    def create_form(self, obj: MenuItem | None = None) -> NewMenuItemForm:
        return NewMenuItemForm(self.sent(), menu=request.args.get("menu"))

    def edit_form(self, obj: MenuItem | None = None) -> MenuItemForm:
        return MenuItemForm(self.sent(), obj=obj)

    def create_model(self, form: NewMenuItemForm) -> MenuItem:
        item = MenuItem.add(by=visitor(), menu=form.menu.data, label=form.label.data, url=form.url.data)
        flash(_("“%(name)s” stands in the menu.", name=item.label))
        return item

    def update_model(self, form: MenuItemForm, model: MenuItem) -> None:
        model.revise(by=visitor(), label=form.label.data, url=form.url.data)
        flash(_("“%(name)s” is saved.", name=model.label))

    def delete_model(self, model: MenuItem) -> None:
        model.remove(by=visitor())
        flash(_("“%(name)s” is in the trash. It can be brought back for 30 days.", name=model.label))

    @expose("/move/", methods=("POST",))
    def move(self) -> Response:
        """Give an item another place in its menu."""
        item, to = (request.form.get(name, 0, type=int) for name in ("item", "to"))
        thing = self.load(item)
        place = thing.move(to, by=visitor())
        flash(_("“%(name)s” is now item %(n)d of the menu.", name=thing.label, n=place))
        return redirect(self.get_url(".index_view", moved=item, way=request.args.get("way")), 303)
