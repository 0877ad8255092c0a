"""The newest entries that answer a query: what the two databases share.

A query runs in streams: what has it as its title, as words of its title or tags, what is about it, what holds
it anywhere. Each stream takes the newest entries, and ends as soon as it has enough: so a search costs the
same however many entries there are. The order in which people see them is made of these in `ranking`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import TextualSelect, bindparam, text
from sqlalchemy.types import Integer, NullType, String

from cms.models.base import Moment
from cms.search.grammar import Term
from cms.search.marks import AUTHOR, EVERY, HEADING, SPAN, TAG, THEME, TITLE, WORD, joined

STREAMS = {TITLE: 10, HEADING: 50, THEME: 50, WORD: 150}  # the most entries that each finds
MOST_COMPARED = 1000  # entries with all words of a phrase: in the newest of them the phrase is looked for

# SQL as text, since building it of parts takes longer than running it. Only names of ours are put into it;
# what a person typed comes as the value of a parameter.
STREAM = """
SELECT * FROM (
  SELECT entry_id, '{mark}' AS stream, title, published_at FROM ({groups} LIMIT {compared}) AS found
  WHERE {conditions} LIMIT {most}) AS stream_{mark}"""
GROUP = "SELECT * FROM ({matches}) AS {name}"
MATCHES = """
SELECT d.entry_id, d.title, d.published_at, {words} AS words FROM {matching}
AND {conditions} ORDER BY {newest_first} LIMIT {most}"""
COLUMNS = {"entry_id": Integer, "stream": String, "title": String, "published_at": NullType}

Marked = tuple[str, bool]  # a marked word, and whether it is only the beginning of one


@dataclass(frozen=True)
class Sought:
    """A query whose tags, authors and dates are known."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    tag_ids: tuple[int, ...] = ()
    author_ids: tuple[int, ...] = ()
    span_marks: tuple[str, ...] = ()  # one of these, where there are any
    start: datetime | None = None  # the first moment
    end: datetime | None = None  # the moment before which

    @property
    def phrases(self) -> list[tuple[Term, bool]]:
        """The terms of several words, and whether an entry must hold them or must not."""
        terms = [*((term, True) for term in self.terms), *((term, False) for term in self.excluded)]
        return [(term, wanted) for term, wanted in terms if len(term.words) > 1]


@dataclass(frozen=True)
class Asked:
    """What a stream asks the index: one word of each list in ``wanted``, and none of ``refused``."""

    wanted: list[list[Marked]]
    refused: list[Marked]


@dataclass(frozen=True)
class Backend:
    """What differs between the databases; the strings are SQL."""

    expressions: Callable[[Asked, list[int]], list[str]]  # (asked, blocks) -> asked one after the other
    matching: str  # after FROM: the documents ``d`` that match the expression {name}, with a WHERE
    newest_first: str  # the order
    position: str  # name of the function (text, part) -> where the part begins, 0 where it is missing


def statement(sought: Sought, blocks: list[int], moment: datetime, backend: Backend) -> TextualSelect:
    """A select of (entry_id, stream, title, published_at), each stream's newest first."""
    search = Search(sought, blocks, backend)
    sql = " UNION ALL ".join(search.stream(mark) for mark in (STREAMS if sought.terms else [WORD]))
    dates = {"moment": moment, "start": sought.start, "end": sought.end}
    moments = [bindparam(name, value, type_=Moment) for name, value in dates.items() if value]
    return text(sql).bindparams(*moments, **search.values).columns(**COLUMNS)


@dataclass
class Search:
    """The SQL of one search as it is put together, with the values of its parameters."""

    sought: Sought
    blocks: list[int]
    backend: Backend
    values: dict[str, str] = field(default_factory=dict)

    def stream(self, mark: str) -> str:
        """The newest entries that one stream finds."""
        expressions = self.backend.expressions(asked(self.sought, mark), self.blocks)
        compared = MOST_COMPARED if self.sought.phrases else STREAMS[mark]
        groups = [self.group(f"{mark}{n}", expression, compared) for n, expression in enumerate(expressions)]
        return STREAM.format(
            mark=mark,
            groups=" UNION ALL ".join(groups),
            compared=compared,
            conditions=" AND ".join(self.phrase_conditions(mark)) or "1 = 1",
            most=STREAMS[mark],
        )

    def group(self, name: str, expression: str, most: int) -> str:
        """The newest documents that match ``expression``, which becomes the parameter ``name``."""
        self.values[name] = expression
        matches = MATCHES.format(
            words="d.words" if self.sought.phrases else "''",
            matching=self.backend.matching.format(name=name),
            conditions=" AND ".join(self.date_conditions()),
            newest_first=self.backend.newest_first,
            most=most,
        )
        return GROUP.format(matches=matches, name=name)

    def date_conditions(self) -> Iterator[str]:
        """That anybody may find a document now, and that it is of the time that is asked for."""
        yield "d.published_at <= :moment"
        yield "(d.expires_at IS NULL OR d.expires_at > :moment)"
        if self.sought.start:
            yield "d.published_at >= :start"
        if self.sought.end:
            yield "d.published_at < :end"

    def phrase_conditions(self, mark: str) -> Iterator[str]:
        """That the words of each phrase follow each other, which the index does not know."""
        for number, (term, wanted) in enumerate(self.sought.phrases):
            place = HEADING if mark == HEADING and wanted else WORD
            phrase = "".join(f" {place}{word}" for word in term.words) + ("" if term.prefix else " ")
            self.values[f"{mark}_phrase{number}"] = phrase
            yield f"{self.backend.position}(words, :{mark}_phrase{number}) {'>' if wanted else '='} 0"


def asked(sought: Sought, mark: str) -> Asked:
    """What the stream ``mark`` asks the index for."""
    if mark == TITLE:
        wanted = [[(TITLE + joined(word for term in sought.terms for word in term.words), False)]]
    else:
        wanted = [[(mark + word, prefix)] for term in sought.terms for word, prefix in term.parts]
    wanted += [[(f"{TAG}{number}", False)] for number in sought.tag_ids]
    wanted += [[(f"{AUTHOR}{number}", False)] for number in sought.author_ids]
    wanted += [[(SPAN + span, False) for span in sought.span_marks]] if sought.span_marks else []
    single = [term.parts[0] for term in sought.excluded if len(term.words) == 1]
    return Asked(wanted or [[(EVERY, False)]], [(WORD + word, prefix) for word, prefix in single])
