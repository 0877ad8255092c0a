"""What the tree still lacks to be valid, bottom up: required parts, required order, nothing empty."""

from collections.abc import Callable

from flask_babel import gettext as _

from cms.markup.elements import HEADINGS
from cms.markup.tree import Element

BLANK = HEADINGS | {"caption", "figcaption", "figure", "p"}
WHOLES = {"dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"}
"""Elements that go when they show nothing, and those that go when they hold no part."""

LARGEST_GRID = 10_000


def mend(parent: Element) -> None:
    """Make every element below ``parent`` valid, in place."""
    children: list[Element | str] = []
    for child in parent.children:
        if isinstance(child, str):
            children.append(child)
            continue
        mend(child)
        children.extend(_mended(child))
    parent.children = children


def _mended(element: Element) -> list[Element | str]:
    if element.tag in WHOLES and not any(True for _part in element):
        return []
    if element.tag in BLANK and element.is_blank:
        return []
    if element.tag in HEADINGS and not element.text.strip():
        return element.children
    return REPAIRS.get(element.tag, _leave)(element)


def _leave(element: Element) -> list[Element | str]:
    return [element]


def _link(element: Element) -> list[Element | str]:
    """A link leads somewhere or is a place; otherwise its text alone stays."""
    if "href" in element.attributes or "id" in element.attributes:
        return [element]
    return element.children


def _details(element: Element) -> list[Element | str]:
    if not any(child.tag == "summary" for child in element):
        element.children.insert(0, Element("summary", {}, [_("Details")]))
    for child in element:
        if child.tag == "summary" and child.is_blank:
            child.children = [_("Details")]
    return [element]


def _figure(element: Element) -> list[Element | str]:
    """One caption, at the end."""
    captions = [child for child in element if child.tag == "figcaption"]
    for caption in captions[1:]:
        caption.tag = "div"
    if captions:
        element.children.remove(captions[0])
        element.children.append(captions[0])
    return [element]


def _definitions(element: Element) -> list[Element | str]:
    """Terms come first and meanings follow; a list in any other order becomes a plain one."""
    tags = [child.tag for child in element]
    if tags[0] == "dt" and tags[-1] == "dd":
        return [element]
    element.tag = "ul"
    for child in element:
        child.tag = "li"
    return [element]


def _table(element: Element) -> list[Element | str]:
    """Head first, foot last; spans only where they make a grid without holes or overlaps."""
    groups = [child for child in element if child.tag != "caption"]
    if not groups:
        return [part for child in element for part in child.children]
    for index, group in enumerate(groups):
        if (group.tag == "thead" and index) or (group.tag == "tfoot" and index < len(groups) - 1):
            group.tag = "tbody"
    rows = [row for group in groups for row in group]
    if not all(_is_grid(list(group)) for group in groups) or not _is_grid(rows):
        for cell in element.walk():
            if cell.tag in ("td", "th"):
                cell.attributes.pop("colspan", None)
                cell.attributes.pop("rowspan", None)
    return [element]


def _is_grid(rows: list[Element]) -> bool:
    cells = [[_spans(cell) for cell in row] for row in rows]
    if all(span == (1, 1) for row in cells for span in row):
        return True
    if sum(across * down for row in cells for across, down in row) > LARGEST_GRID:
        return False
    return _fits(cells)


def _fits(cells: list[list[tuple[int, int]]]) -> bool:
    """Whether no cell overlaps another or leaves the table, and in every column a cell begins."""
    taken: set[tuple[int, int]] = set()
    begun: set[int] = set()
    for y, row in enumerate(cells):
        x = 0
        for across, down in row:
            while (x, y) in taken:
                x += 1
            area = {(x + right, y + below) for right in range(across) for below in range(down)}
            if area & taken or y + down > len(cells):
                return False
            taken |= area
            begun.add(x)
    return {x for x, _y in taken} == begun


def _spans(cell: Element) -> tuple[int, int]:
    return int(cell.attributes.get("colspan", 1)), int(cell.attributes.get("rowspan", 1))


def _heading_cell(element: Element) -> list[Element | str]:
    """An empty heading names nothing."""
    if element.is_blank:
        element.tag = "td"
        element.attributes.pop("scope", None)
    return [element]


def _checkbox(element: Element) -> list[Element | str]:
    """The only control in a text shows whether a task is done."""
    if element.attributes.get("type") != "checkbox":
        return []
    done = "checked" in element.attributes
    element.attributes |= {"disabled": "", "aria-label": _("Done") if done else _("To do")}
    return [element]


def _direction(element: Element) -> list[Element | str]:
    return [element] if element.attributes.get("dir") in ("ltr", "rtl") else element.children


def _moment(element: Element) -> list[Element | str]:
    return [element] if "datetime" in element.attributes else element.children


def _progress(element: Element) -> list[Element | str]:
    """A share of a whole, never more than it."""
    value, whole = (float(element.attributes.get(name, "1")) for name in ("value", "max"))
    if not 0 <= value <= whole or whole == 0:
        return element.children
    element.attributes["aria-label"] = _("Progress")
    return [element]


def _region(element: Element) -> list[Element | str]:
    """A label needs a role to belong to, and a region needs a label."""
    if "role" not in element.attributes or not element.attributes.get("aria-label", "").strip():
        element.attributes.pop("role", None)
        element.attributes.pop("aria-label", None)
    return [element]


REPAIRS: dict[str, Callable[[Element], list[Element | str]]] = {
    "a": _link,
    "bdo": _direction,
    "details": _details,
    "div": _region,
    "dl": _definitions,
    "figure": _figure,
    "input": _checkbox,
    "progress": _progress,
    "table": _table,
    "th": _heading_cell,
    "time": _moment,
}
