"""Zola: content as its documentation describes it (path, [taxonomies], [extra], @/ links, shortcodes)."""

import posixpath
import re
from collections.abc import Iterator

from slugify import slugify

from cms.transfer import shortcodes
from cms.transfer.fields import Fields
from cms.transfer.frontmatter import TOML
from cms.transfer.shortcodes import KINDS, VIDEO, Call, Tag
from cms.transfer.source import Source
from cms.transfer.verbatim import Verbatim

NAME = "Zola"
SHORTCODE = re.compile(
    r"\{\{\s*(?P<name>\w+)\((?P<args>[^{}]{0,2000}?)\)\s*\}\}"
    r"|\{%\s*(?P<block>\w+)\((?P<block_args>[^{}]{0,2000}?)\)\s*%\}"
    r"|\{%\s*(?P<end>end)\s*%\}"
)
ESCAPED = re.compile(r"\{([{%])/\*([^*]{0,2000})\*/([}%])\}")


def signs(source: Source) -> int:
    """How much in a file speaks for Zola."""
    fields, body = source.page.fields, source.page.body
    score = 2 * isinstance(fields.get("taxonomies"), dict) + 2 * isinstance(fields.get("extra"), dict)
    score += (
        2 * ("path" in fields and source.page.form == TOML) + ("sort_by" in fields) + ("template" in fields)
    )
    return score + 2 * ("](@/" in body) + bool(re.search(r"\{%\s*end\s*%\}", body))


def values(source: Source) -> dict:
    """The fields with those of [extra] and [taxonomies] beside them."""
    fields = dict(source.page.fields)
    extra, taxonomies = fields.pop("extra", {}), fields.pop("taxonomies", {})
    tables = [table for table in (extra, taxonomies) if isinstance(table, dict)]
    return {key: value for table in (*tables, fields) for key, value in table.items()}


def address(source: Source, fields: Fields) -> str:
    """Its address: path, else its folders and its slug, or the name of its file without the date."""
    if path := fields.text("path"):
        return path
    if source.is_section:
        return slug_path(source.folder)
    slug = fields.text("slug") or source.name_without_date
    return posixpath.join(slug_path(source.section_path), slug_path(slug))


def slug_path(path: str) -> str:
    return "/".join(slugify(part) for part in path.split("/") if part)


def aliases(source: Source, fields: Fields, own: str) -> list[str]:
    return fields.names("aliases")


def translate(source: Source, body: str, verbatim: Verbatim) -> str:
    """The body in our Markdown; code has been taken out of it."""

    def render(call: Call, inner: str | None) -> str:
        return shortcode(source, call, inner)

    return unescape(shortcodes.expand(body, tags(body), render, verbatim.restore))


def unescape(code: str) -> str:
    """Code that shows shortcodes has them commented out; here they need not be."""
    return ESCAPED.sub(r"{\1\2\3}", code)


def tags(text: str) -> Iterator[Tag]:
    """The shortcodes; an ``end`` closes the block that was opened last."""
    opened = []
    for found in SHORTCODE.finditer(text):
        if found["end"]:
            if opened:
                yield Tag(opened.pop(), "", *found.span(), closing=True)
        elif found["block"]:
            opened.append(found["block"])
            yield Tag(found["block"], found["block_args"], *found.span())
        else:
            yield Tag(found["name"], found["args"], *found.span())


def shortcode(source: Source, call: Call, inner: str | None) -> str:
    """What one shortcode says, in Markdown; their names are those that themes commonly give them."""
    if call.name in VIDEO:
        return shortcodes.elsewhere(call)
    if call.name in ("figure", "image", "img", "resize_image"):
        return shortcodes.figure(call)
    kind = KINDS.get(call.get("type", "kind", "name").lower() or call.name) if inner is not None else None
    if kind:
        return shortcodes.callout(kind, call.get("title"), inner, call.get("author", "footer"))
    if inner is not None and call.name in ("details", "spoiler"):
        return shortcodes.details(call, inner)
    source.remark(
        f"the shortcode “{call.name}” is unknown here" + (": its text was kept" if inner else ": left out")
    )
    return inner or ""
