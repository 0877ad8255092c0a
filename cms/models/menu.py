"""The menus of the site."""

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from cms import signals
from cms.cache import SITE, remember
from cms.db import db, session
from cms.models.base import Recorded, sends
from cms.models.user import User


class MenuItem(Recorded, db.Model):
    __table_args__ = (Index(None, "menu", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    menu: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(String(500))
    position: Mapped[int] = mapped_column(default=0)

    def cache_tags(self) -> set[str]:
        return {SITE}

    @classmethod
    def place(cls, *, by: User | None, menu: str, label: str, url: str, position: int) -> None:
        """Put an item into ``menu``, or move and rename the one that leads to ``url``."""
        found = session.scalars(select(cls).where(cls.menu == menu, cls.url == url)).first() or cls()
        found._set(by=by, menu=menu, label=label, url=url, position=position)

    @sends(signals.menu_set)
    def _set(self, *, by: User | None, **fields) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
        session.add(self)


def menus() -> dict[str, list[tuple[str, str]]]:
    """All menus: name -> [(label, address)], in their order."""

    def read() -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for item in session.scalars(select(MenuItem).order_by(MenuItem.menu, MenuItem.position, MenuItem.id)):
            found.setdefault(item.menu, []).append((item.label, item.url))
        return found

    return remember("menus", SITE, read)
