"""Which attributes an element keeps, and in which form: one function, used before the sanitisers."""

import re
from collections.abc import Callable

from babel import localedata

from cms.markup.links import safe_url

PREFIX = "s-"
"""Begins every id in a body, so that none equals an id of the page around it."""

CLASS = re.compile(r"[A-Za-z][\w-]{0,63}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,5}")
INTEGER = re.compile(r"-?[0-9]{1,6}")
DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
MOMENT = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8])(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]"
    r"(?::[0-5][0-9])?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?)?)?"
)
ALIGNED = re.compile(r"text-align\s*:\s*(left|center|right)", re.IGNORECASE)
SIDES = ("left", "center", "right")


FORM = r"/media/[0-9a-f]{16}/(?:[0-9]{3,4}/)?[a-z0-9-]{1,100}\.[a-z]{3,4} [0-9]{1,5}w"
SRCSET = re.compile(rf"{FORM}(?:, {FORM}){{0,9}}")  # of the site's own pictures
SIZES = re.compile(r"[0-9]{1,5}px|\(min-width: [0-9]{1,4}rem\) [0-9]{1,3}vw, 100vw")


def anchor_id(name: str) -> str:
    """The id, within a body, of the place that an author calls ``name``."""
    name = "-".join(name.split())
    return name if name.startswith(PREFIX) else PREFIX + name


def _one_of(*values: str) -> Callable[[str], str | None]:
    return lambda value: value.lower() if value.lower() in values else None


def _like(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda value: value.strip() if pattern.fullmatch(value.strip()) else None


def _as_is(value: str) -> str | None:
    return value


def _present(value: str) -> str | None:
    return ""


def _identifier(value: str) -> str | None:
    return anchor_id(value) if value.strip() else None


def _language(value: str) -> str | None:
    return (
        value
        if re.fullmatch(r"[A-Za-z-]{2,20}", value) and localedata.exists(value.replace("-", "_"))
        else None
    )


def _span(value: str) -> str | None:
    return value if NUMBER.fullmatch(value) and 1 < int(value) <= 100 else None


def _classes(value: str) -> str | None:
    return " ".join(dict.fromkeys(name for name in value.split() if CLASS.fullmatch(name))) or None


SIZE = {"width": _like(NUMBER), "height": _like(NUMBER)}
ANYWHERE = {
    "class": _classes,
    "dir": _one_of("ltr", "rtl", "auto"),
    "id": _identifier,
    "lang": _language,
    "title": _as_is,
}
OF_TAG: dict[str, dict[str, Callable[[str], str | None]]] = {
    "a": {"href": safe_url, "aria-label": _as_is, "role": _one_of("doc-noteref", "doc-backlink")},
    "aside": {"role": _one_of("note")},
    "audio": {"src": safe_url},
    "details": {"open": _present},
    "div": {
        "aria-label": _as_is,
        "data-language": _like(CLASS),
        "role": _one_of("region"),
        "tabindex": _one_of("0"),
    },
    "iframe": {"src": safe_url},
    "img": {
        "src": safe_url,
        "alt": _as_is,
        "loading": _one_of("lazy"),
        "decoding": _one_of("async"),
        "srcset": _like(SRCSET),
        "sizes": _like(SIZES),
        **SIZE,
    },
    "input": {
        "type": _one_of("checkbox"),
        "checked": _present,
        "disabled": _present,
        "aria-label": _as_is,
    },
    "li": {"value": _like(INTEGER)},
    "ol": {"start": _like(INTEGER), "reversed": _present, "type": _like(re.compile("[1aAiI]"))},
    "pre": {"tabindex": _one_of("0")},
    "progress": {"value": _like(DECIMAL), "max": _like(DECIMAL), "aria-label": _as_is},
    "section": {"aria-label": _as_is, "role": _one_of("doc-endnotes")},
    "td": {"colspan": _span, "rowspan": _span},
    "th": {"colspan": _span, "rowspan": _span, "scope": _one_of("row", "col", "rowgroup", "colgroup")},
    "time": {"datetime": _like(MOMENT)},
    "video": {"src": safe_url, "poster": safe_url, **SIZE},
}


def kept(tag: str, written: str, attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of a ``tag`` (which the author may have ``written`` by an obsolete name) that stay.

    Alignment becomes a class and an anchor's name its id; addresses are those that `links.safe_url`
    allows; whatever else is unknown or ill-formed is left out.
    """
    if not attributes and written != "center":
        return {}
    rules = ANYWHERE | OF_TAG.get(tag, {})
    found = {name: rules[name](value) for name, value in attributes.items() if name in rules}
    result = {name: value for name, value in found.items() if value is not None}
    if tag == "a" and "id" not in result and attributes.get("name", "").strip():
        result["id"] = anchor_id(attributes["name"])
    if side := _side(written, attributes):
        result["class"] = " ".join([*result.get("class", "").split(), f"align-{side}"])
    return result


def _side(written: str, attributes: dict[str, str]) -> str | None:
    if written == "center":
        return "center"
    if match := ALIGNED.search(attributes.get("style", "")):
        return match[1].lower()
    side = attributes.get("align", "").lower()
    return side if side in SIDES else None
