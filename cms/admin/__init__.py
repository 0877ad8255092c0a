"""The back office at /admin: Flask-Admin on the shared models, with pages of our own.

Nothing that Flask-Admin brings is shown: its templates hold inline handlers, which the site's policy forbids.
A theme can't supply the pages either: they are found in this package before any theme is asked.
"""

from functools import partial
from pathlib import Path

from flask import Flask, Response, request
from flask_admin import Admin
from flask_admin.theme import Theme
from flask_babel import lazy_gettext as _l
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

from cms.admin import receivers
from cms.admin.markdown_card import markdown_card
from cms.admin.moments import ago, date_in_words, moment
from cms.admin.views import VIEWS
from cms.admin.views.home import Home
from cms.admin.words import field_of
from cms.assets import static_url
from cms.images import LARGEST_FILE
from cms.models.rights import may_edit, may_publish, may_remove, may_review

HERE = Path(__file__).parent
URL = "/admin"


def init_app(app: Flask) -> None:
    own_templates = PrefixLoader({"admin": FileSystemLoader(HERE / "templates")})
    app.jinja_loader = ChoiceLoader([own_templates, app.jinja_loader])
    app.jinja_env.globals.update(
        {may.__name__: may for may in (may_edit, may_publish, may_remove, may_review)},
        desk_file=partial(static_url, "cms.admin"),
        largest_picture=LARGEST_FILE // 2**20,  # MB
        markdown_card=markdown_card,
    )
    app.jinja_env.filters.update(ago=ago, moment=moment, changed_field=field_of, date_in_words=date_in_words)
    admin = Admin(
        app,
        name=_l("Back office"),
        index_view=Home(name=_l("Home"), endpoint="admin", url=URL),
        theme=Theme(folder="", base_template="admin/base.html"),
    )
    admin.add_views(*(view() for view in VIEWS))
    app.after_request(stay_unlisted)
    receivers.connect()


def stay_unlisted(response: Response) -> Response:
    """Keep the back office out of search engines; out of caches it is kept as every page of a member."""
    if request.path == URL or request.path.startswith(f"{URL}/"):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
