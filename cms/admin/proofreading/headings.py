"""The order of headings: they begin below the title, and no level is skipped on the way down.

Readers are always shown a good order, as the renderer levels what was written. What is written should say the
same: other programs, exports and editors see only that.
"""

import re
from collections.abc import Iterator

from flask_babel import gettext as _

from cms.admin.proofreading.reading import Heading, Reading
from cms.admin.proofreading.sheet import Page, Remark
from cms.admin.verdicts import LOOK

HIGHEST, LOWEST = 2, 6
SIGNS = re.compile("#{1,6}")
UNDERLINE = re.compile(r"[ \t]*(=+|-+)[ \t]*")


def findings(page: Page, reading: Reading) -> Iterator[Remark]:
    above = HIGHEST - 1
    found = reading.headings()
    for heading, shown in zip(found, shown_levels(found), strict=True):
        if heading.written != shown and (what := fault(heading.written, above)):
            advice = _("It is shown at level %(level)d; write it so.", level=shown)
            fixed = at_level(page.lines, heading, shown) if heading.is_mendable else None
            yield Remark(LOOK, "heading", what, advice, heading.first, page.excerpt(heading.first), fixed)
        above = heading.written


def fault(written: int, above: int) -> str:
    """What is wrong with a heading of level ``written`` after one of level ``above``, if anything is."""
    if written < HIGHEST:
        return _("This heading has the level of the title.")
    if written > above + 1:
        return _("From level %(above)d to %(written)d, a level is skipped.", above=above, written=written)
    return ""


def shown_levels(headings: list[Heading]) -> list[int]:
    """The level at which the renderer shows each heading; as `cms.markup.anchors.level_headings`."""
    outer: list[int] = []
    levels = []
    for heading in headings:
        while outer and outer[-1] >= heading.written:
            outer.pop()
        outer.append(heading.written)
        levels.append(min(HIGHEST - 1 + len(outer), LOWEST))
    return levels


def at_level(lines: list[str], heading: Heading, level: int) -> str:
    """The line of a heading as it is written at ``level``."""
    parts = [part.strip() for part in lines[heading.first - 1 : heading.last]]
    if len(parts) > 1 and UNDERLINE.fullmatch(parts[-1]):
        return f"{'#' * level} {' '.join(parts[:-1])}"
    return SIGNS.sub("#" * level, lines[heading.first - 1], count=1)


def level_all(body: str) -> str:
    """``body`` with every heading written at the level at which it is shown; readers see no difference."""
    lines, found = body.split("\n"), Reading(body).headings()
    for heading, level in reversed(list(zip(found, shown_levels(found), strict=True))):
        if heading.is_mendable and heading.written != level:
            lines[heading.first - 1 : heading.last] = [at_level(lines, heading, level)]
    return "\n".join(lines)
