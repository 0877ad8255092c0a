"""What a person may type: words, "phrases", -exclusions and the filters tag: author: before: after:."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from cms.search.calendar import read_period
from cms.search.segment import is_lone_character, sought_words_of

LONGEST_QUERY = 200  # characters; what follows is ignored
MOST_TERMS = 12  # what follows is ignored
SHORTEST_PREFIX = 2  # letters; a single letter is a word of its own
FILTERS = ("tag", "author", "before", "after")
QUOTES = str.maketrans("“”„‟«»「」『』＂", '"' * 11)
PART = re.compile(
    r"""(?P<minus>-)?(?:(?P<filter>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))""", re.IGNORECASE
)


@dataclass(frozen=True)
class Term:
    """Words that follow each other; the last is the beginning of one where ``prefix`` is set."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """Each word, and whether it is only the beginning of one."""
        return [*((word, False) for word in self.words[:-1]), (self.words[-1], self.prefix)]


@dataclass
class Query:
    """What was asked for. ``unread`` lists the parts that make no sense, as they were typed."""

    terms: list[Term] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    after: datetime | None = None
    before: datetime | None = None
    unread: list[str] = field(default_factory=list)

    @property
    def asks_nothing(self) -> bool:
        return not (self.terms or self.excluded or self.tags or self.authors or self.after or self.before)


def parse(text: str, zone: tzinfo = UTC) -> Query:
    """Read what a person typed, its days being those of ``zone``; never raises, whatever it is."""
    query = Query()
    for part in list(PART.finditer(text[:LONGEST_QUERY].translate(QUOTES)))[:MOST_TERMS]:
        name = (part["filter"] or "").lower()
        value = part["quoted"] if part["quoted"] is not None else part["plain"]
        if name in FILTERS and not part["minus"]:
            try:
                read_filter(query, name, value, zone)
            except ValueError:
                query.unread.append(part[0])
        else:
            words = f"{name} {value}" if name else value
            read_term(query, words, quoted=part["quoted"] is not None, excluded=bool(part["minus"]))
    return query


def read_filter(query: Query, name: str, value: str, zone: tzinfo) -> None:
    """Take one filter into ``query``; raises ValueError where its date is none."""
    match name:
        case "tag":
            query.tags.append(value)
        case "author":
            query.authors.append(value)
        case "before":
            query.before = earlier(query.before, read_period(value, zone)[0])
        case "after":
            query.after = later(query.after, read_period(value, zone)[1])


def earlier(known: datetime | None, found: datetime) -> datetime:
    return min(known or found, found)


def later(known: datetime | None, found: datetime) -> datetime:
    return max(known or found, found)


def read_term(query: Query, text: str, *, quoted: bool, excluded: bool) -> None:
    words = tuple(sought_words_of(text))
    if not words:
        return
    begun = not quoted and not excluded and len(words[-1]) >= SHORTEST_PREFIX
    term = Term(words, prefix=begun or is_lone_character(words[-1]))
    (query.excluded if excluded else query.terms).append(term)
