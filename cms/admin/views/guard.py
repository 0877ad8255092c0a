"""Who may open a view of the back office: decided here for every route of every view."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_admin import Admin
from flask_admin.menu import MenuView

from cms.admin.groups import GROUPS, SITE
from cms.db import SAFE_METHODS
from cms.models.role import can
from cms.sizes import take_files
from cms.web import is_fresh, visitor

ENTER = "enter back office"


class Guarded:
    """A view for those who may enter the back office and do ``act``, one of `cms.models.role.ACTS`.

    The menu lists it under its ``group``, one of `cms.admin.groups.GROUPS`.

    Where a stolen session could make itself at home, the view ``is_delicate``: all but its ``plain_views``
    ask for a password that was given a few minutes ago. The views that ``takes_files`` names let those who
    may do the act send more than other requests may carry.
    """

    act = ENTER
    group = SITE
    is_delicate = False
    plain_views = frozenset({"index_view", "details_view"})
    takes_files: frozenset[str] = frozenset()

    def is_accessible(self) -> bool:
        user = visitor()
        return user is not None and can(user, ENTER) and can(user, self.act)

    def menu_by_group(self) -> dict[str, list[MenuView]]:
        """The views that the visitor may open, by the heading that they stand under."""
        open_to_visitor = [item for item in self.admin.menu() if item.is_accessible() and item.is_visible()]
        groups = {group: [item for item in open_to_visitor if item._view.group == group] for group in GROUPS}
        return {str(GROUPS[group]): items for group, items in groups.items() if items}

    def inaccessible_callback(self, name: str, **_arguments: Any) -> Response:
        """Ask a stranger to sign in; refuse one who has and still may not."""
        if visitor() is not None:
            abort(403)
        return redirect(url_for("security.login", next=self.wanted_page()), 303)

    def _handle_view(self, name: str, **arguments: Any) -> Response | None:
        """What is answered instead of the view ``name``: a refusal, or the question for the password."""
        if refused := super()._handle_view(name, **arguments):
            return refused
        if self.is_delicate and not self.is_plain(name) and not is_fresh():
            return redirect(url_for("security.verify", next=self.wanted_page()), 303)
        return None

    def is_plain(self, name: str) -> bool:
        return name in self.plain_views and request.method in SAFE_METHODS

    def wanted_page(self) -> str:
        """The page to come back to; of a form that was sent, the first page of its view."""
        return request.full_path.rstrip("?") if request.method in SAFE_METHODS else self.menu.get_url()

    def create_blueprint(self, admin: Admin) -> Blueprint:
        """The view's routes, without the templates and files that Flask-Admin brings."""
        blueprint = super().create_blueprint(admin)
        blueprint.template_folder = None
        for name in self.takes_files:
            take_files(admin.app, f"{self.endpoint}.{name}", self.act)
        return blueprint
