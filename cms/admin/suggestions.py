"""What the fields of the form offer while somebody types."""

from sqlalchemy import select

from cms.db import session
from cms.models import Author, Category, Page, Series, Tag
from cms.models.life import TRASHED

MOST = 200  # of each kind

OFFERED = {"tags": Tag, "authors": Author, "category": Category, "series": Series}


def suggestions_for(kind: type) -> dict[str, list[str]]:
    """``{field: names}``: terms for a post, addresses of pages for a page."""
    if kind is Page:
        pages = select(Page.path).where(Page.stage != TRASHED).order_by(Page.path).limit(MOST)
        return {"parent": [f"/{path}" for path in session.scalars(pages)]}
    return {
        field: list(session.scalars(select(term.name).order_by(term.name).limit(MOST)))
        for field, term in OFFERED.items()
    }
