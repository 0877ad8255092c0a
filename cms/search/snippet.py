"""The place in a text where most of what was searched for stands together, with the words marked."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from cms.search.grammar import Term
from cms.search.segment import INDIC, LETTERS, RUN, UNSPACED, fold_aligned

WIDTH = 200  # characters, about thirty words
BEFORE = 40  # characters shown before the first match
MOST_MATCHES = 200  # that are looked at
LETTER = f"[^\\W_{UNSPACED}]|[{INDIC}]"
LONG_LETTERS = {plain: letter for letter, plain in LETTERS.items() if len(plain) > 1}

Span = tuple[int, int]


def snippet(text: str, terms: Iterable[Term]) -> Markup:
    """About thirty words of ``text``, which is in normal form C, with ``<mark>`` around what was found."""
    spans = matches(text, terms)
    start, end = window(text, densest(spans))
    parts = [Markup("… ") if start else Markup("")]
    at = start
    for first, last in spans:
        if first >= at and last <= end:
            parts += [escape(text[at:first]), Markup("<mark>"), escape(text[first:last]), Markup("</mark>")]
            at = last
    return Markup("").join([*parts, escape(text[at:end]), Markup(" …") if end < len(text) else Markup("")])


def matches(text: str, terms: Iterable[Term]) -> list[Span]:
    """Where the words of ``terms`` stand in ``text``; what overlaps is one place."""
    folded = fold_aligned(text)
    patterns = {pattern(word, prefix) for term in terms for word, prefix in term.parts}
    found = sorted(match.span() for each in patterns for match in re.finditer(each, folded))
    spans: list[Span] = []
    for first, last in found[:MOST_MATCHES]:
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def pattern(word: str, prefix: bool) -> str:
    """A regular expression for ``word`` in a folded text; where a script has no blanks, for any place."""
    if RUN.match(word):
        return re.escape(word)
    letters = re.escape(word)
    for plain, letter in LONG_LETTERS.items():
        letters = letters.replace(plain, f"(?:{plain}|{letter})")
    return f"(?<!{LETTER}){letters}" + (f"(?:{LETTER})*" if prefix else f"(?!{LETTER})")


def densest(spans: list[Span]) -> int:
    """Where the stretch of `WIDTH` characters with the most matches begins; 0 without any."""
    most, best, left = 0, 0, 0
    for right, (_first, last) in enumerate(spans):
        while last - spans[left][0] > WIDTH - BEFORE and left < right:
            left += 1
        if right - left + 1 > most:
            most, best = right - left + 1, spans[left][0]
    return best


def window(text: str, match: int) -> Span:
    """Start and end of what is shown around ``match``, between words where there are blanks nearby."""
    start = max(0, match - BEFORE)
    if start:
        start = text.find(" ", start, match) + 1 or start
    end = min(len(text), start + WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", start + WIDTH - BEFORE, end), 0) or end
    return start, end
