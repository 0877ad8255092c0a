"""The searchable words of a published entry, and how they follow the entry."""

from datetime import datetime
from unicodedata import normalize

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from cms import markup
from cms.db import db, session
from cms.models import Entry
from cms.models.base import Moment
from cms.models.life import PUBLISHED
from cms.search.marks import marked_words
from cms.search.segment import words_of

LONGEST_TEXT = 50_000  # characters; snippets are taken from these


class SearchDocument(db.Model):
    """What search knows of a published entry; `cms.search.ddl` lays an index over ``words``."""

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    published_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    title: Mapped[str] = mapped_column(Text)  # its words, folded
    text: Mapped[str] = mapped_column(Text)  # what snippets are taken from, in normal form C
    words: Mapped[str] = mapped_column(Text)  # marked words with a blank around each, see `cms.search.marks`

    @classmethod
    def follow(cls, entry: Entry) -> None:
        """Make or renew the document of a published entry; take away that of any other."""
        known = session.get(cls, entry.id)
        if entry.stage == PUBLISHED:
            document = known or cls(entry_id=entry.id)
            document.read(entry, markup.plain_text(entry.html))
            session.add(document)
        elif known:
            session.delete(known)

    def read(self, entry: Entry, text: str) -> None:
        """Take over what ``entry`` says now; ``text`` is its body without markup."""
        tags, authors = getattr(entry, "tags", ()), getattr(entry, "authors", ())  # a page has none
        self.published_at, self.expires_at = entry.published_at, entry.expires_at
        self.title = " ".join(words_of(entry.title))
        self.text = normalize("NFC", text[:LONGEST_TEXT])
        self.words = marked_words(
            title=entry.title,
            tags=[tag.name for tag in tags],
            text=f"{entry.summary} {text}",
            published_at=entry.published_at,
            tag_ids=[tag.id for tag in tags],
            author_ids=[author.id for author in authors],
        )
