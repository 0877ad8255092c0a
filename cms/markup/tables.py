"""Tables: as large as their source warrants, and in a frame that scrolls on a narrow screen."""

from flask_babel import gettext as _
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as gfm_table

from cms.markup import limits
from cms.markup.characters import fold
from cms.markup.tree import Element


def bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """GitHub's table rule, for tables whose short rows do not have to be filled up with many cells.

    Every row gets the cells of the head, so that a wide head over many short rows grows with the
    square of the source. Cells that are not written may be as many as the table has characters.
    """
    if start < state.env.get("table_refused_until", 0) or not gfm_table(state, start, end, True):
        return False
    last = _last_row(state, start, end)
    if not _is_warranted([_line(state, line) for line in range(start, last)]):
        state.env["table_refused_until"] = last
        return False
    return silent or gfm_table(state, start, end, False)


def _last_row(state: StateBlock, start: int, end: int) -> int:
    terminators = state.md.block.ruler.getRules("blockquote")
    line = start + 2
    while line < end and not state.isEmpty(line):
        if any(rule(state, line, end, True) for rule in terminators):
            break
        line += 1
    return line


def _is_warranted(rows: list[str]) -> bool:
    columns = rows[1].strip().strip("|").count("|") + 1
    missing = sum(max(0, columns - row.count("|") - 1) for row in rows)
    return columns <= limits.TABLE_COLUMNS and missing <= sum(len(row) for row in rows)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def frame_tables(root: Element) -> None:
    """Put each table into a frame that the keyboard can scroll, named by its number and its caption."""
    number = 0
    for parent in [root, *root.walk()]:
        for index, child in enumerate(parent.children):
            if isinstance(child, Element) and child.tag == "table":
                number += 1
                parent.children[index] = _frame(child, number)


def _frame(table: Element, number: int) -> Element:
    label = _("Table %(number)d", number=number)
    caption = next((fold(child.text) for child in table if child.tag == "caption"), "")
    label = f"{label}: {caption}" if caption else label
    return Element("div", {"class": "table", "tabindex": "0", "role": "region", "aria-label": label}, [table])
