"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s*\w+|\s+|\s*[^\w\s]")  # with the space before it: else every space is like every other
LONGEST_PASSAGE = 2_000  # words; what is longer shows as removed and added as a whole
SAME, REMOVED, ADDED, SKIPPED = "same", "removed", "added", "skipped"
MOST_WORDS = 20_000  # told word by word in all; the passages after these as a whole
MOST_LINES = 3_000  # of both texts, between what they have in common at both ends; more are one passage
AROUND = 2  # unchanged lines shown beside a change

Step = tuple[str, int, int, int, int]  # as `SequenceMatcher.get_opcodes` tells it


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
    left = MOST_WORDS
    for kind, start, end, first, last in steps_between(old, new):
        if kind == "equal":
            is_first, is_last = start == 0, end == len(old)
            parts += unchanged(old[start:end], is_first, is_last)
            continue
        removed, added = (WORD.findall("".join(lines)) for lines in (old[start:end], new[first:last]))
        count = len(removed) + len(added)
        if count > min(LONGEST_PASSAGE, left):
            parts += whole("".join(removed), "".join(added))
        else:
            parts += words_between(removed, added)
            left -= count
    return parts


def steps_between(old: list[str], new: list[str]) -> list[Step]:
    """The way from the lines ``old`` to ``new``, in work that is bounded however much they differ."""
    head = common_start(old, new)
    tail = common_start(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    steps = middle_steps(old[head : ends[0]], new[head : ends[1]])
    between = [(kind, *(place + head for place in places)) for kind, *places in steps]
    before = [("equal", 0, head, 0, head)] if head else []
    after = [("equal", ends[0], len(old), ends[1], len(new))] if tail else []
    return [*before, *between, *after]


def common_start(old: list[str], new: list[str]) -> int:
    """How many lines are the same at the start of both."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(old), len(new)))


def middle_steps(old: list[str], new: list[str]) -> list[Step]:
    if len(old) + len(new) > MOST_LINES:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new).get_opcodes()


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


def words_between(old: list[str], new: list[str]) -> Iterator[Part]:
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
