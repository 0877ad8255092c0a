"""Search in PostgreSQL: a GIN index over the marked words as a tsvector.

A GIN index first collects all entries of a word, and only then are the newest taken. So in the index each
word carries the number of its block, `BLOCK` entries that follow each other by number, and a search asks the
newest block, then the `GROWTH` blocks before it, and so on, until it has enough.
"""

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from cms.search.calendar import FIRST, LAST
from cms.search.matching import Asked, Backend, Marked, Sought

BLOCK = 2048  # entries
GROWTH = 4
# The words are folded and cut already, so that no text search configuration has a say.
VECTOR = """
CREATE FUNCTION search_vector(words text, block integer) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$ BEGIN
  RETURN array_to_tsvector(string_to_array(ltrim(replace(rtrim(words), ' ', ' ' || to_hex(block))), ' '));
END $$
"""
# By this it is known which blocks have entries of a time.
TIMES = f"CREATE INDEX search_times ON search_document ((entry_id / {BLOCK}), published_at)"
INDEXED = f"search_vector(words, entry_id / {BLOCK})"
# A search reads an index's pending list from end to end, so there is to be none.
INDEX = f"CREATE INDEX search_index ON search_document USING gin ({INDEXED}) WITH (fastupdate = off)"
# For common words the planner would rather test documents one by one, and in several processes; as it does
# not know what that costs, it is given no choice but the index.
MATCHES = f"""
CREATE FUNCTION search_matches(asked tsquery) RETURNS SETOF search_document
LANGUAGE plpgsql STABLE STRICT ROWS 100
SET enable_seqscan = off SET enable_indexscan = off SET max_parallel_workers_per_gather = 0
AS $$ BEGIN
  RETURN QUERY SELECT * FROM search_document WHERE {INDEXED} @@ asked;
END $$
"""  # noqa: S608 - nothing but constants


BLOCKS = f"""
SELECT number FROM generate_series((SELECT max(entry_id) FROM search_document) / {BLOCK}, 0, -1) AS number
WHERE :undated OR EXISTS (
  SELECT FROM search_document
  WHERE entry_id / {BLOCK} = number AND published_at >= :start AND published_at < :end)
"""  # noqa: S608 - nothing but constants


def blocks(reading: Session, sought: Sought) -> list[int]:
    """The blocks to ask, the newest first: those with entries of the time that is asked for."""
    undated = sought.start is None and sought.end is None
    dates = {"undated": undated, "start": sought.start or FIRST, "end": sought.end or LAST}
    return list(reading.scalars(text(BLOCKS), dates))


def expressions(asked: Asked, blocks: list[int]) -> list[str]:
    """Expressions of the type tsquery, the newest block first and the older ones in groups that grow."""
    groups = []
    size = 1
    while blocks:
        group, blocks = blocks[:size], blocks[size:]
        groups.append(" | ".join(f"({expression(asked, f'{block:x}')})" for block in group))
        size *= GROWTH
    return groups


def expression(asked: Asked, block: str) -> str:
    wanted = [f"({' | '.join(quoted(block, word) for word in words)})" for words in asked.wanted]
    return " & ".join([*wanted, *(f"!{quoted(block, word)}" for word in asked.refused)])


def quoted(block: str, marked: Marked) -> str:
    word, prefix = marked
    return f"'{block}{word}':*" if prefix else f"'{block}{word}'"


BACKEND = Backend(
    expressions=expressions,
    matching="search_matches(CAST(:{name} AS tsquery)) AS d WHERE TRUE",
    newest_first="d.entry_id DESC",
    position="strpos",
)


def create(connection: Connection) -> None:
    """Lay the index over the table ``search_document``."""
    for statement in (VECTOR, INDEX, TIMES, MATCHES):
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Take the index away."""
    connection.exec_driver_sql("DROP FUNCTION search_matches")
    connection.exec_driver_sql("DROP INDEX search_index")
    connection.exec_driver_sql("DROP INDEX search_times")
    connection.exec_driver_sql("DROP FUNCTION search_vector")


def tidy(connection: Connection) -> None:
    """Let the planner know the documents after many were written."""
    connection.exec_driver_sql("ANALYZE search_document")
