"""Search in SQLite: an FTS5 index over the marked words, kept by triggers.

FTS5 gives the entries of a word by descending number as fast as they are asked for, and so it does for the
beginnings of words that its prefix index holds: only for longer ones would it first collect all entries.
"""

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from cms.search.matching import Asked, Backend, Marked, Sought

PREFIXES = range(3, 10)  # characters of a marked word that the index holds as its beginning
INDEX = f"""
CREATE VIRTUAL TABLE search_index USING fts5(
  words, content='search_document', content_rowid='entry_id',
  tokenize='ascii', detail='none', columnsize=0, prefix='{" ".join(str(length) for length in PREFIXES)}')
"""
ADD = "INSERT INTO search_index (rowid, words) VALUES (new.entry_id, new.words);"
TAKE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.entry_id, old.words);"
TRIGGERS = {
    "search_document_added": f"AFTER INSERT ON search_document BEGIN {ADD} END",
    "search_document_taken": f"AFTER DELETE ON search_document BEGIN {TAKE} END",
    "search_document_changed": f"AFTER UPDATE OF words ON search_document BEGIN {TAKE} {ADD} END",
}


def expressions(asked: Asked, _blocks: list[int]) -> list[str]:
    """One expression of FTS5's query language, https://www.sqlite.org/fts5.html#full_text_query_syntax"""
    wanted = " AND ".join(f"({' OR '.join(quoted(word) for word in words)})" for words in asked.wanted)
    refused = " OR ".join(quoted(word) for word in asked.refused)
    return [f"({wanted}) NOT ({refused})" if refused else wanted]


def quoted(marked: Marked) -> str:
    word, prefix = marked
    return f'"{word}"*' if prefix else f'"{word}"'


JOIN = "search_index JOIN search_document AS d ON d.entry_id = search_index.rowid"
BACKEND = Backend(
    expressions=expressions,
    matching=f"{JOIN} WHERE search_index MATCH :{{name}}",
    newest_first="search_index.rowid DESC",
    position="instr",
)


def blocks(_reading: Session, _sought: Sought) -> list[int]:
    """The blocks to ask: here all entries are one."""
    return [0]


def create(connection: Connection) -> None:
    """Lay the index over the table ``search_document``."""
    connection.exec_driver_sql(INDEX)
    for name, trigger in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {trigger}")


def drop(connection: Connection) -> None:
    """Take the index away."""
    for name in TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.exec_driver_sql("DROP TABLE search_index")


def tidy(connection: Connection) -> None:
    """Put the index in order after many documents were written."""
    connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")
