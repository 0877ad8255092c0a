"""Merging two changes of one text: what only one of them touched is taken over, the rest stands side by side.

The method is the three-way merge known as diff3: both changes are told as edits of the text they began from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cms.diffs import steps_between

OPENING, CLOSING = "⟪", "⟫"


UNMERGED = re.compile(f"^{OPENING} .*^{CLOSING}$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Edit:
    """Lines ``start`` to before ``end`` of the first text become ``lines``."""

    start: int
    end: int
    lines: tuple[str, ...]
    is_mine: bool


@dataclass(frozen=True)
class Merged:
    """The merged text, and how many passages both had changed."""

    text: str
    conflicts: int


def is_unmerged(text: str) -> bool:
    """Whether both versions of a passage still stand in it, between the marks of `merge`."""
    return OPENING in text and CLOSING in text and UNMERGED.search(text) is not None


def merge(base: str, mine: str, theirs: str, *, my_label: str, their_label: str) -> Merged:
    """Merge two texts line by line; where both changed a passage both stand, each under its label."""
    lines = base.split("\n")
    edits = sorted([*edits_of(lines, mine, is_mine=True), *edits_of(lines, theirs, is_mine=False)], key=place)
    merged: list[str] = []
    reached = conflicts = 0
    for group in overlapping(edits):
        start, end = group[0].start, max(edit.end for edit in group)
        merged += lines[reached:start]
        ours, others = (side(lines, group, start, end, is_mine) for is_mine in (True, False))
        if ours == others or not any(not edit.is_mine for edit in group):
            merged += ours
        elif not any(edit.is_mine for edit in group):
            merged += others
        else:
            conflicts += 1
            merged += [f"{OPENING} {their_label}", *others, f"{OPENING} {my_label}", *ours, CLOSING]
        reached = end
    return Merged("\n".join([*merged, *lines[reached:]]), conflicts)


def shared(mine: str, theirs: str) -> str:
    """The lines that two texts have in common: where both began, as far as anybody can still tell."""
    lines = mine.split("\n")
    steps = steps_between(lines, theirs.split("\n"))
    return "\n".join(line for kind, start, end, *_ in steps if kind == "equal" for line in lines[start:end])


def place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def edits_of(lines: list[str], text: str, *, is_mine: bool) -> Iterator[Edit]:
    """What has to be done to ``lines`` so that they become ``text``."""
    changed = text.split("\n")
    for kind, start, end, first, last in steps_between(lines, changed):
        if kind != "equal":
            yield Edit(start, end, tuple(changed[first:last]), is_mine)


def overlapping(edits: list[Edit]) -> Iterator[list[Edit]]:
    """Edits in order, those that touch the same lines together."""
    group: list[Edit] = []
    end = -1
    for edit in edits:
        if group and edit.start > end:
            yield group
            group = []
        end = max(edit.end, end) if group else edit.end
        group.append(edit)
    if group:
        yield group


def side(lines: list[str], group: list[Edit], start: int, end: int, is_mine: bool) -> list[str]:
    """Lines ``start`` to before ``end`` as one of the two has them."""
    written: list[str] = []
    for edit in group:
        if edit.is_mine is is_mine:
            written += [*lines[start : edit.start], *edit.lines]
            start = edit.end
    return [*written, *lines[start:end]]
