"""The newest entries that answer a query, found block after block: what the two databases share.

A query runs in three streams: words of the title and the tags, words that recur, words anywhere. A stream
asks the newest block, then the `GROWTH` blocks before it, and so on, and ends as soon as it has enough.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import TextualSelect, bindparam, text
from sqlalchemy.types import Integer, NullType, String

from cms.models.base import Moment
from cms.search.grammar import Term
from cms.search.marks import AUTHOR, EVERY, HEADING, SPAN, TAG, THEME, WORD, block_of, marked

GROWTH = 4
STREAMS = {HEADING: 50, THEME: 50, WORD: 150}  # the most entries that each finds
MOST_COMPARED = 2000  # entries with all words of a phrase: in the newest of them the phrase is looked for


@dataclass(frozen=True)
class Sought:
    """A query whose tags, authors and dates are known: what an entry must have, and what it must not."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    tag_ids: tuple[int, ...] = ()
    author_ids: tuple[int, ...] = ()
    span_marks: tuple[str, ...] = ()  # one of these, where there are any
    start: datetime | None = None
    end: datetime | None = None

    @property
    def sequences(self) -> list[tuple[Term, bool]]:
        """The terms of several words, and whether an entry must have them or must not."""
        terms = [*((term, True) for term in self.terms), *((term, False) for term in self.excluded)]
        return [(term, wanted) for term, wanted in terms if term.is_sequence]


@dataclass(frozen=True)
class Backend:
    """How one database writes what both do."""

    word: Callable[[str, bool], str]  # (marked word, whether it is a beginning) -> its form in an expression
    both: str  # operators of the expression
    either: str
    but_not: str
    matching: str  # SQL: FROM and WHERE of the documents ``d`` that match the expression {name}
    newest_first: str  # SQL: their order
    block: str  # SQL: the number of an entry's block, hexadecimal
    position: str  # SQL function: (text, part) -> where the part begins, 0 where it is missing


def candidates(sought: Sought, newest_id: int, moment: datetime, backend: Backend) -> TextualSelect:
    """A select of (entry_id, stream, title, published_at): the newest entries that match, for `ranking`."""
    moments = {"moment": moment, "start": sought.start, "end": sought.end}
    values: dict[str, str] = {}
    kinds = STREAMS if sought.terms else [WORD]
    sql = " UNION ALL ".join(stream(sought, kind, newest_id, backend, values) for kind in kinds)
    dates = [bindparam(name, value, type_=Moment) for name, value in moments.items() if value]
    columns = {"entry_id": Integer, "stream": String, "title": String, "published_at": NullType}
    return text(sql).bindparams(*dates, **values).columns(**columns)


def stream(sought: Sought, kind: str, newest_id: int, backend: Backend, values: dict[str, str]) -> str:
    """SQL of one stream; what it compares with is added to ``values``."""
    most = MOST_COMPARED if sought.sequences else STREAMS[kind]
    groups = []
    for number, blocks in enumerate(groups_of_blocks(block_of(newest_id))):
        name = f"{kind}_{number}"
        values[name] = backend.either.join(expression(sought, kind, block, backend) for block in blocks)
        groups.append(f"SELECT * FROM ({group(sought, name, most, backend)}) AS {name}")
    found = " UNION ALL ".join(groups)
    conditions = " AND ".join(sequence_conditions(sought, kind, backend, values)) or "1 = 1"
    return (
        f"SELECT * FROM (SELECT entry_id, '{kind}' AS stream, title, published_at FROM ({found} LIMIT {most}) AS found"
        f" WHERE {conditions} LIMIT {STREAMS[kind]}) AS stream_{kind}"
    )


def groups_of_blocks(newest: int) -> Iterator[range]:
    """The blocks from the newest to the first, in groups that grow."""
    size = 1
    while newest >= 0:
        yield range(newest, max(newest - size, -1), -1)
        newest, size = newest - size, size * GROWTH


def expression(sought: Sought, kind: str, block: int, backend: Backend) -> str:
    """What the index of ``block`` is asked for by the stream ``kind``."""

    def word(kind: str, value: object, prefix: bool = False) -> str:
        return backend.word(marked(block, kind, value), prefix)

    wanted = [word(kind, part, begun) for term in sought.terms for part, begun in parts(term)]
    wanted += [word(TAG, number) for number in sought.tag_ids]
    wanted += [word(AUTHOR, number) for number in sought.author_ids]
    if sought.span_marks:
        wanted.append(f"({backend.either.join(word(SPAN, mark) for mark in sought.span_marks)})")
    asked = backend.both.join(wanted or [word(EVERY, "")])
    refused = [word(WORD, *parts(term)[0]) for term in sought.excluded if not term.is_sequence]
    return f"(({asked}){backend.but_not}({backend.either.join(refused)}))" if refused else f"({asked})"


def parts(term: Term) -> list[tuple[str, bool]]:
    """The words of ``term``, and whether each is only the beginning of one."""
    return [*((word, False) for word in term.words[:-1]), (term.words[-1], term.prefix)]


def group(sought: Sought, name: str, most: int, backend: Backend) -> str:
    """SQL of the newest entries in one group of blocks."""
    columns = "d.entry_id, d.title, d.published_at" + (", d.words" if sought.sequences else "")
    dates = ["d.published_at <= :moment", "(d.expires_at IS NULL OR d.expires_at > :moment)"]
    dates += ["d.published_at >= :start"] if sought.start else []
    dates += ["d.published_at < :end"] if sought.end else []
    matching = backend.matching.format(name=f":{name}")
    return f"SELECT {columns} FROM {matching} AND {' AND '.join(dates)} ORDER BY {backend.newest_first} LIMIT {most}"


def sequence_conditions(sought: Sought, kind: str, backend: Backend, values: dict[str, str]) -> Iterator[str]:
    """SQL conditions that the words of each sequence follow each other; the index knows of no order."""
    for number, (term, wanted) in enumerate(sought.sequences):
        field = HEADING if kind == HEADING and wanted else WORD
        name = f"{kind}_sequence_{number}"
        values[name] = "".join(f" #{field}{word}" for word in term.words) + ("" if term.prefix else " ")
        place = f"{backend.position}(words, replace(:{name}, '#', {backend.block}))"
        yield f"{place} {'>' if wanted else '='} 0"
