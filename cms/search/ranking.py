"""The order in which results are shown.

First what has the query as its title, then what has all of it in title and tags, then what is about it, then
what mentions it; among those with the query in title and tags, whole words in the title come before mere
beginnings. All else being equal, the newest comes first.
"""

from collections.abc import Iterable

from sqlalchemy import Row

from cms.search.grammar import Term
from cms.search.marks import HEADING, THEME, TITLE, WORD

STANDING = {TITLE: 3, HEADING: 2, THEME: 1, WORD: 0}


def ranked(rows: Iterable[Row], terms: Iterable[Term]) -> list[int]:
    """The ids of the entries in ``rows`` of (entry_id, stream, title, published_at), the best first."""
    words = {word for term in terms for word in term.words}
    best: dict[int, tuple] = {}
    for row in rows:
        closeness = len(words.intersection(row.title.split())) if row.stream == HEADING else 0
        rank = (STANDING[row.stream], closeness, row.published_at, row.entry_id)
        best[row.entry_id] = max(rank, best.get(row.entry_id, rank))
    return sorted(best, key=best.__getitem__, reverse=True)
