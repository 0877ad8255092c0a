"""The index follows what happens to entries and tags, in the transaction in which it happens."""

from cms.models import Author, Entry, Tag, Trashed
from cms.models.trashed import kind_of
from cms.search.document import SearchDocument
from cms.search.jobs import follow_term, follow_trashed
from cms.search.titles import TitleWords


def entry_changed(entry: Entry, *, changes: dict[str, list], **_event) -> None:
    SearchDocument.follow(entry)
    if "title" in changes:
        TitleWords.follow(entry)


def term_changed(term: object, *, changes: dict[str, list], **_event) -> None:
    """A tag's name is searchable in each of its posts; authors are found by their number."""
    if isinstance(term, Tag) and "name" in changes and changes["name"][0] is not None:
        follow_term(kind="tag", id=term.id)


def thing_trashed(thing: object, **_event) -> None:
    """What hung on a tag or an author is no longer found by it; after a merge it is by another."""
    if isinstance(thing, (Tag, Author)):
        follow_trashed(id=Trashed.newest_of(thing).id)


def thing_restored(thing: object, **_event) -> None:
    if isinstance(thing, (Tag, Author)):
        follow_term(kind=kind_of(thing), id=thing.id)
