"""Search in SQLite: an FTS5 index over the marked words, kept by triggers."""

from sqlalchemy import Connection

from cms.search.marks import BLOCK
from cms.search.matching import Backend

INDEX = """
CREATE VIRTUAL TABLE search_index USING fts5(
  words, content='search_document', content_rowid='entry_id', tokenize='ascii', detail='none', columnsize=0)
"""
ADD = "INSERT INTO search_index (rowid, words) VALUES (new.entry_id, new.words);"
TAKE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.entry_id, old.words);"
TRIGGERS = {
    "search_document_added": f"AFTER INSERT ON search_document BEGIN {ADD} END",
    "search_document_taken": f"AFTER DELETE ON search_document BEGIN {TAKE} END",
    "search_document_changed": f"AFTER UPDATE OF words ON search_document BEGIN {TAKE} {ADD} END",
}


def word(marked: str, prefix: bool) -> str:
    return f'"{marked}"*' if prefix else f'"{marked}"'


BACKEND = Backend(
    word=word,
    both=" AND ",
    either=" OR ",
    but_not=" NOT ",
    matching="search_index JOIN search_document AS d ON d.entry_id = search_index.rowid WHERE search_index MATCH {name}",
    newest_first="search_index.rowid DESC",
    block=f"printf('%x', entry_id / {BLOCK})",
    position="instr",
)


def create(connection: Connection) -> None:
    """Lay the index over the table ``search_document``."""
    connection.exec_driver_sql(INDEX)
    for name, trigger in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {trigger}")


def drop(connection: Connection) -> None:
    """Take the index away; the documents stay."""
    for name in TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.exec_driver_sql("DROP TABLE search_index")


def tidy(connection: Connection) -> None:
    """Put the index in order after many documents were written."""
    connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")
