"""Pictures, films and sounds: shown when they are the site's own, linked when they are elsewhere.

The pages' Content-Security-Policy loads nothing from other hosts, so a picture from elsewhere would
be a hole in the text; as a link with its words nothing is lost.
"""

from flask_babel import gettext as _

from cms.markup.characters import fold
from cms.markup.links import is_elsewhere
from cms.markup.tree import Element


def settle_media(parent: Element, in_link: bool = False) -> None:
    """Replace or complete every medium below ``parent``, in place."""
    children: list[Element | str] = []
    for child in parent.children:
        if isinstance(child, Element):
            settle_media(child, in_link or child.tag == "a")
            children.extend(SETTLE.get(child.tag, _leave)(child, in_link))
        else:
            children.append(child)
    parent.children = children


def _leave(element: Element, in_link: bool) -> list[Element | str]:
    return [element]


def _picture(element: Element, in_link: bool) -> list[Element | str]:
    source = element.attributes.get("src")
    words = fold(element.attributes.get("alt", ""))
    if source is None:
        return [words] if words else []
    if is_elsewhere(source):
        return _stand_in(source, words or _("Picture at %(place)s", place=_place(source)), "image", in_link)
    element.attributes = {**element.attributes, "alt": words, "loading": "lazy", "decoding": "async"}
    return [element]


def _player(element: Element, in_link: bool) -> list[Element | str]:
    source = element.attributes.get("src")
    if source is None:
        return element.children
    if is_elsewhere(source):
        words = fold(element.text) or _("Recording at %(place)s", place=_place(source))
        return _stand_in(source, words, "media", in_link)
    if is_elsewhere(element.attributes.get("poster", "")):
        del element.attributes["poster"]
    element.attributes["controls"] = ""
    return [element]


def _frame(element: Element, in_link: bool) -> list[Element | str]:
    """A page within the page is never loaded: it becomes a link."""
    source = element.attributes.get("src")
    if source is None:
        return []
    words = fold(element.attributes.get("title", "")) or _("Content at %(place)s", place=_place(source))
    return _stand_in(source, words, "media", in_link)


def _stand_in(source: str, words: str, kind: str, in_link: bool) -> list[Element | str]:
    name = f"external-{kind}"
    if in_link:
        return [Element("span", {"class": name}, [words])]
    return [Element("a", {"href": source, "class": name}, [words])]


def _place(source: str) -> str:
    return source.split("/")[2] if is_elsewhere(source) else source


SETTLE = {"audio": _player, "iframe": _frame, "img": _picture, "video": _player}


def set_figures(root: Element) -> None:
    """Make a paragraph that holds one picture with a title, and no more, a figure with its caption."""
    for element in list(root.walk()):
        if element.tag == "p" and (picture := _lone_picture(element)):
            caption = picture.attributes.pop("title")
            element.tag = "figure"
            element.children = [*element.children, Element("figcaption", {}, [caption])]


def _lone_picture(paragraph: Element) -> Element | None:
    inside = [child for child in paragraph.children if isinstance(child, Element) or child.strip()]
    if len(inside) != 1 or isinstance(inside[0], str):
        return None
    only = inside[0]
    if only.tag == "a":
        return _lone_picture(only)
    return only if only.tag == "img" and only.attributes.get("title", "").strip() else None
