"""What the back office asks of subjects, and of the places to which menus and redirects may lead."""

from flask_babel import gettext as _
from sqlalchemy import Row, Select, func, select

from cms.db import session
from cms.errors import Refused
from cms.models import Category, MenuItem, Page, Post, Series, Tag
from cms.models.entry import PUBLISHED
from cms.models.menu import MENUS
from cms.models.shelf import MOST_ARRANGED, in_series
from cms.models.term import Term

MOST_OFFERED = 300  # of each kind, in a list to choose from

Offers = list[tuple[str, str]]  # (value, label)


def others(term: Term) -> Offers:
    """The terms into which one can be merged, by name."""
    kind = type(term)
    query = select(kind.slug, kind.name).where(kind.id != term.id).order_by(kind.name).limit(MOST_OFFERED)
    return [(name, f"/{kind.section}/{slug}/") for slug, name in session.execute(query)]


def term_called(kind: type[Term], text: str) -> Term:
    """The term with this name or end of an address; raises `Refused` where there is none."""
    text = " ".join(text.split())
    for condition in (kind.slug == text, kind.name == text, func.lower(kind.name) == text.lower()):
        if found := session.scalars(select(kind).where(condition).order_by(kind.id).limit(1)).first():
            return found
    raise Refused(_("There is nothing called “%(name)s”.", name=text[:100]))


def parts_of(series: Series) -> list[Row]:
    """The posts of a series in their order, without their texts."""
    columns = in_series(series.id).with_only_columns(Post.id, Post.title, Post.stage, Post.path)
    return list(session.execute(columns.limit(MOST_ARRANGED)))


def all_menus() -> dict[str, list[MenuItem]]:
    """The items of each menu in their order: those that themes show, and those that an import brought."""
    found: dict[str, list[MenuItem]] = {name: [] for name in MENUS}
    for item in session.scalars(select(MenuItem).order_by(MenuItem.menu, MenuItem.position, MenuItem.id)):
        found.setdefault(item.menu, []).append(item)
    return found


def places() -> Offers:
    """Addresses of this site that a menu may lead to: pages first, then subjects."""
    pages = select(Page.path, Page.title).where(Page.stage == PUBLISHED).order_by(Page.path)
    return [
        ("/", _("Home")),
        ("/blog/", _("Blog")),
        *offered(pages),
        *(offer for kind in (Category, Series, Tag) for offer in offered(terms(kind), kind.section)),
    ]


def terms(kind: type[Term]) -> Select:
    return select(kind.slug, kind.name).order_by(kind.name)


def offered(query: Select, section: str = "") -> Offers:
    head = f"/{section}/" if section else "/"
    return [(f"{head}{path.strip('/')}/", name) for path, name in session.execute(query.limit(MOST_OFFERED))]
