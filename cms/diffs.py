"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s*\w+|\s+|\s*[^\w\s]")  # with the space before it: else every space is like every other
LONGEST_PASSAGE = 2_000  # words; what is longer shows as removed and added as a whole
SAME, REMOVED, ADDED, SKIPPED = "same", "removed", "added", "skipped"
AROUND = 2  # unchanged lines shown beside a change


@dataclass(frozen=True)
class Part:
    """A piece of text that is the same, removed or added; or, skipped, the number of lines left out."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Part]:
    """The way from ``before`` to ``after``; nothing where they are the same. Lines end with a line break."""
    if before == after:
        return []
    old, new = lines_of(before), lines_of(after)
    parts: list[Part] = []
    for kind, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            is_first, is_last = start == 0, end == len(old)
            parts += unchanged(old[start:end], is_first, is_last)
        else:
            parts += words_between("".join(old[start:end]), "".join(new[first:last]))
    return parts


def lines_of(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")] if text else []


def unchanged(lines: list[str], is_first: bool, is_last: bool) -> Iterator[Part]:
    """Lines that are the same, the middle of a long passage left out."""
    head, tail = (0 if is_first else AROUND), (0 if is_last else AROUND)
    left_out = len(lines) - head - tail
    if left_out <= 1:
        yield Part(SAME, "".join(lines))
        return
    if head:
        yield Part(SAME, "".join(lines[:head]))
    yield Part(SKIPPED, str(left_out))
    if tail:
        yield Part(SAME, "".join(lines[-tail:]))


def words_between(before: str, after: str) -> Iterator[Part]:
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > LONGEST_PASSAGE:
        yield from whole(before, after)
        return
    for kind, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Part(SAME, "".join(old[start:end]))
        else:
            yield from whole(joined(old, start, end), joined(new, first, last))


def joined(words: Sequence[str], start: int, end: int) -> str:
    return "".join(words[start:end])


def whole(before: str, after: str) -> Iterator[Part]:
    if before:
        yield Part(REMOVED, before)
    if after:
        yield Part(ADDED, after)
