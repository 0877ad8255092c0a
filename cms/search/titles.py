"""The words of every title, drafts and the trash included: by these the lists of the back office search.

The index is built like that of the public search, over a table of its own: when SQLite
changes a table, it is made anew, and triggers on it would be lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, ForeignKey, Text, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from cms.db import db, session
from cms.models import Entry
from cms.search import postgresql, sqlite
from cms.search.marks import HEADING
from cms.search.matching import Asked
from cms.search.segment import is_lone_character, sought_words_of, words_of

KIND = "k"  # the mark of what an entry is: a post or a page
SHORTEST_PREFIX = 2  # characters
MOST_WORDS = 8  # of a search; what follows is ignored


class TitleWords(db.Model):
    """The marked words of one entry's title; `create` lays an index over ``words``."""

    __tablename__ = "title_words"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entry.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(Text)

    @classmethod
    def follow(cls, entry: Entry) -> None:
        """Take over the title that ``entry`` has now."""
        known = session.get(cls, entry.id) or cls(entry_id=entry.id)
        known.words = marked(entry.kind, entry.title)
        session.add(known)


def marked(kind: str, title: str) -> str:
    """What the index holds of a title, with a blank around each word."""
    words = dict.fromkeys(HEADING + word for word in words_of(title))
    return f" {' '.join([KIND + kind, *words])} "


@dataclass(frozen=True)
class Stretch:
    """Which entries to look through: those with numbers ``above`` and ``below`` these, and from which end."""

    above: int = 0
    below: int = 2**31 - 1
    newest_first: bool = True


def ids_by_title(kind: str, sought: str, stretch: Stretch, most: int) -> list[int]:
    """The numbers of at most ``most`` entries of a ``kind`` whose title holds all words that are ``sought``.

    The last word may be the beginning of one. They come by number; what holds no word at all finds nothing.
    """
    words = sought_words_of(sought)[:MOST_WORDS]
    if not words:
        return []
    begun = len(words[-1]) >= SHORTEST_PREFIX or is_lone_character(words[-1])
    wanted = [[(HEADING + word, begun and word is words[-1])] for word in words]
    find = {"sqlite": in_sqlite, "postgresql": in_postgresql}[session.get_bind().dialect.name]
    return find(Asked([[(KIND + kind, False)], *wanted], []), stretch, most)


def in_sqlite(asked: Asked, stretch: Stretch, most: int) -> list[int]:
    [expression] = sqlite.expressions(asked, [])
    order = "DESC" if stretch.newest_first else "ASC"
    sql = f"""
    SELECT rowid FROM search_titles WHERE search_titles MATCH :asked AND rowid > :above AND rowid < :below
    ORDER BY rowid {order} LIMIT :most"""  # noqa: S608 - the order is one of two words
    values = {"asked": expression, "above": stretch.above, "below": stretch.below, "most": most}
    return list(session.scalars(text(sql), values))


def in_postgresql(asked: Asked, stretch: Stretch, most: int) -> list[int]:
    """The blocks of entries are asked in groups that grow, and only until there are enough."""
    groups = list(groups_of(asked, stretch))
    if not groups:
        return []
    order = "DESC" if stretch.newest_first else "ASC"
    parts = [
        f"(SELECT id FROM search_title_ids(CAST(:group{number} AS tsquery)) AS id"  # noqa: S608
        f" WHERE id > :above AND id < :below ORDER BY id {order} LIMIT :most)"
        for number in range(len(groups))
    ]
    values = {f"group{number}": group for number, group in enumerate(groups)}
    bounds = {"above": stretch.above, "below": stretch.below, "most": most}
    sql = f"SELECT id FROM ({' UNION ALL '.join(parts)}) AS found LIMIT :most"  # noqa: S608 - of the parts above
    return list(session.scalars(text(sql), values | bounds))


def groups_of(asked: Asked, stretch: Stretch) -> Iterator[str]:
    newest = min(session.scalar(select(func.max(TitleWords.entry_id))) or 0, stretch.below)
    blocks = range(max(stretch.above, 0) // postgresql.BLOCK, newest // postgresql.BLOCK + 1)
    numbers, size = sorted(blocks, reverse=stretch.newest_first), 1
    while numbers:
        group, numbers = numbers[:size], numbers[size:]
        yield " | ".join(f"({postgresql.expression(asked, f'{block:x}')})" for block in group)
        size *= 2


SQLITE_INDEX = f"""
CREATE VIRTUAL TABLE search_titles USING fts5(
  words, content='title_words', content_rowid='entry_id',
  tokenize='ascii', detail='none', columnsize=0, prefix='{" ".join(map(str, sqlite.PREFIXES))}')
"""
ADD = "INSERT INTO search_titles (rowid, words) VALUES (new.entry_id, new.words);"
TAKE = "INSERT INTO search_titles (search_titles, rowid, words) VALUES ('delete', old.entry_id, old.words);"
TRIGGERS = {
    "title_words_added": f"AFTER INSERT ON title_words BEGIN {ADD} END",
    "title_words_taken": f"AFTER DELETE ON title_words BEGIN {TAKE} END",
    "title_words_changed": f"AFTER UPDATE ON title_words BEGIN {TAKE} {ADD} END",
}
INDEXED = f"search_vector(words, entry_id / {postgresql.BLOCK})"
POSTGRESQL_INDEX = f"CREATE INDEX search_titles ON title_words USING gin ({INDEXED}) WITH (fastupdate = off)"
# As in the public search, the planner is given no choice but the index.
POSTGRESQL_IDS = f"""
CREATE FUNCTION search_title_ids(asked tsquery) RETURNS SETOF integer
LANGUAGE plpgsql STABLE STRICT ROWS 100
SET enable_seqscan = off SET enable_indexscan = off SET max_parallel_workers_per_gather = 0
AS $$ BEGIN
  RETURN QUERY SELECT entry_id FROM title_words WHERE {INDEXED} @@ asked;
END $$
"""  # noqa: S608 - nothing but constants


def create(connection: Connection) -> None:
    """Lay the index over the table ``title_words``; in PostgreSQL that of the public search must be there."""
    if connection.dialect.name == "postgresql":
        statements = [POSTGRESQL_INDEX, POSTGRESQL_IDS]
    else:
        triggers = [f"CREATE TRIGGER {name} {trigger}" for name, trigger in TRIGGERS.items()]
        statements = [SQLITE_INDEX, *triggers, "INSERT INTO search_titles (search_titles) VALUES ('rebuild')"]
    for statement in statements:
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Take the index away."""
    if connection.dialect.name == "postgresql":
        statements = ["DROP FUNCTION search_title_ids", "DROP INDEX search_titles"]
    else:
        statements = [*(f"DROP TRIGGER {name}" for name in TRIGGERS), "DROP TABLE search_titles"]
    for statement in statements:
        connection.exec_driver_sql(statement)
