"""The menus of the site."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from cms import signals
from cms.cache import SITE, remember
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import readable, sends
from cms.models.link import LONGEST_LINK, accepted_link
from cms.models.order import moved
from cms.models.trashed import Trashable
from cms.models.user import User

MENUS = {"main": _l("Main menu"), "footer": _l("Foot of the page")}
MOST_ITEMS = 30  # of one menu
LONGEST_LABEL = 100


class MenuItem(Trashable, db.Model):
    __table_args__ = (Index(None, "menu", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    menu: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    url: Mapped[str] = mapped_column(String(LONGEST_LINK))
    position: Mapped[int] = mapped_column(default=0)

    def __str__(self) -> str:
        return self.label

    def cache_tags(self) -> set[str]:
        return {SITE}

    @classmethod
    def place(cls, *, by: User | None, menu: str, label: str, url: str, position: int) -> None:
        """Put an item into ``menu``, or move and rename the one that leads to ``url``."""
        found = session.scalars(select(cls).where(cls.menu == menu, cls.url == url)).first() or cls()
        found._set(by=by, menu=menu, label=label, url=url, position=position)

    @classmethod
    def add(cls, *, by: User | None, menu: str, label: str, url: str) -> "MenuItem":
        """Put a new item at the end of ``menu``."""
        item = cls(menu=accepted_menu(menu))
        item._refuse_if_full()
        item._set(by=by, menu=menu, label=label, url=url, position=last_position(menu) + 1)
        return item

    def revise(self, *, by: User | None, label: str, url: str) -> None:
        """Give the item another label or address."""
        self._set(by=by, label=label, url=url)

    def move(self, to: int, *, by: User | None) -> int:
        """Make it the ``to``-th item of its menu, counted from 1, or the last; which one it is now."""
        items = items_of(self.menu)
        order = moved(items, self, to)
        place = order.index(self) + 1
        if order == items:
            return place
        for position, item in enumerate(order, 1):
            item.position = position
        session.flush()
        changes = {"place": [items.index(self) + 1, place]}
        signals.menu_moved.send(self, event=signals.menu_moved.name, by=by, changes=changes)
        return place

    @sends(signals.menu_set)
    def _set(self, *, by: User | None, **fields) -> None:
        fields["label"], fields["url"] = accepted_label(fields["label"]), accepted_link(fields["url"])
        for name, value in fields.items():
            setattr(self, name, value)
        session.add(self)

    def fit(self) -> None:
        self._refuse_if_full()

    def _refuse_if_full(self) -> None:
        if len(items_of(self.menu)) >= MOST_ITEMS:
            raise Refused(_("This menu has %(n)d items already; remove one first.", n=MOST_ITEMS))


def items_of(menu: str) -> list[MenuItem]:
    """The items of one menu in their order."""
    in_order = select(MenuItem).where(MenuItem.menu == menu).order_by(MenuItem.position, MenuItem.id)
    return list(session.scalars(in_order))


def last_position(menu: str) -> int:
    return session.scalar(select(func.max(MenuItem.position)).where(MenuItem.menu == menu)) or 0


def accepted_menu(menu: str) -> str:
    if menu not in MENUS:
        raise Refused(_("There is no menu “%(name)s”.", name=menu[:40]))
    return menu


def accepted_label(label: str) -> str:
    label = " ".join(readable(label).split())
    if not label or len(label) > LONGEST_LABEL:
        raise Refused(_("A label has 1 to %(n)d characters.", n=LONGEST_LABEL))
    return label


def menus() -> dict[str, list[tuple[str, str]]]:
    """All menus: name -> [(label, address)], in their order."""

    def read() -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for item in session.scalars(select(MenuItem).order_by(MenuItem.menu, MenuItem.position, MenuItem.id)):
            found.setdefault(item.menu, []).append((item.label, item.url))
        return found

    return remember("menus", SITE, read)
