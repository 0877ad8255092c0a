"""Search in PostgreSQL: a GIN index over the marked words as a tsvector."""

from sqlalchemy import Connection

from cms.search.marks import BLOCK
from cms.search.matching import Backend

# The words are folded and cut already, so that no text search configuration has a say. The cost keeps the
# planner from reading every document, and plpgsql from having that cost optimised away.
VECTOR = """
CREATE FUNCTION search_vector(words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000
AS $$ BEGIN RETURN array_to_tsvector(string_to_array(btrim(words), ' ')); END $$
"""
# A search reads an index's pending list from end to end, so there is to be none.
INDEX = "CREATE INDEX search_index ON search_document USING gin (search_vector(words)) WITH (fastupdate = off)"


def word(marked: str, prefix: bool) -> str:
    return f"'{marked}':*" if prefix else f"'{marked}'"


BACKEND = Backend(
    word=word,
    both=" & ",
    either=" | ",
    but_not=" & !",
    matching="search_document AS d WHERE search_vector(d.words) @@ CAST({name} AS tsquery)",
    newest_first="d.entry_id + 0 DESC",  # an order that no index has: else the planner walks the primary key
    block=f"to_hex(entry_id / {BLOCK})",
    position="strpos",
)


def create(connection: Connection) -> None:
    """Lay the index over the table ``search_document``."""
    connection.exec_driver_sql(VECTOR)
    connection.exec_driver_sql(INDEX)


def drop(connection: Connection) -> None:
    """Take the index away; the documents stay."""
    connection.exec_driver_sql("DROP INDEX search_index")
    connection.exec_driver_sql("DROP FUNCTION search_vector")


def tidy(connection: Connection) -> None:
    """Let the planner know the documents after many were written."""
    connection.exec_driver_sql("ANALYZE search_document")
