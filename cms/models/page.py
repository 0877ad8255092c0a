"""A page in the tree of pages."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms import signals
from cms.errors import Refused
from cms.models.base import sends
from cms.models.entry import Entry
from cms.models.life import TRASHED
from cms.models.user import User

DEEPEST = 6
TO_COME = frozenset({"trash", "admin", "api", "board", "uploads"})


class Page(Entry):
    __mapper_args__ = {"polymorphic_identity": "page"}
    fields = Entry.fields | {"parent", "position"}
    write_act = "write pages"

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"))
    position: Mapped[int | None]
    parent: Mapped["Page | None"] = relationship(back_populates="children", remote_side=Entry.id)
    children: Mapped[list["Page"]] = relationship(back_populates="parent", order_by="Page.position, Page.id")

    @property
    def trail(self) -> list["Page"]:
        """The pages above this one, from the top."""
        above: list[Page] = []
        page = self.parent
        while page is not None and len(above) <= DEEPEST:
            above.insert(0, page)
            page = page.parent
        return above

    def as_written(self) -> dict[str, Any]:
        place = {"parent_id": self.parent.id if self.parent else None, "position": self.position}
        return super().as_written() | place

    def _remove(self, *, by: User | None) -> None:
        if any(child.stage != TRASHED for child in self.children):
            raise Refused(_("There are pages below this one; move or remove them first."))
        super()._remove(by=by)

    def _path_for(self, slug: str) -> str:
        if self.parent is not None:
            return f"{self.parent.path}{slug}/"
        if slug in reserved_names():
            raise Refused(_("The address /%(slug)s/ belongs to the site itself.", slug=slug))
        return f"{slug}/"

    def _move(self, slug: str, *, by: User | None) -> None:
        if self.parent is not None and self.parent.stage == TRASHED:
            raise Refused(_("The page above it is in the trash; restore that first."))
        if self in self.trail or len(self.trail) >= DEEPEST:
            raise Refused(_("A page can't be below itself, nor more than %(n)d pages deep.", n=DEEPEST))
        super()._move(slug, by=by)
        for child in self.children:
            child.follow(by=by)

    @sends(signals.entry_revised)
    def follow(self, *, by: User | None) -> None:
        """Take the address below that of the parent, which moved."""
        if self.stage != TRASHED:
            self._move(self.slug, by=by)


Index(None, Page.parent_id, Page.position)


def reserved_names() -> set[str]:
    """The first parts of the addresses that the app answers itself, or will."""
    return {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()} | TO_COME
