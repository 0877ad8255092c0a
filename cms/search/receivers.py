"""The index follows what happens to entries and tags, in the transaction in which it happens."""

from sqlalchemy import select

from cms.db import session
from cms.models import Entry, Post, Tag, Tagging
from cms.search.document import SearchDocument
from cms.search.titles import TitleWords

BATCH = 200  # posts


def entry_changed(entry: Entry, *, changes: dict[str, list], **_event) -> None:
    SearchDocument.follow(entry)
    if "title" in changes:
        TitleWords.follow(entry)


def term_changed(term: object, *, changes: dict[str, list], **_event) -> None:
    """A tag's name is searchable in each of its posts; authors are found by their number."""
    if isinstance(term, Tag) and "name" in changes and changes["name"][0] is not None:
        tagged = select(Post).join(Tagging, Tagging.post_id == Post.id).where(Tagging.tag_id == term.id)
        for post in session.scalars(tagged.options(*Post.with_terms()).execution_options(yield_per=BATCH)):
            SearchDocument.follow(post)
