"""Hugo: content as its documentation describes it (bundles, url and slug, shortcodes in {{< >}}, {{% %}})."""

import posixpath
import re
from collections.abc import Iterator

from cms.transfer import shortcodes
from cms.transfer.fields import Fields
from cms.transfer.frontmatter import TOML
from cms.transfer.shortcodes import KINDS, VIDEO, Call, Tag
from cms.transfer.source import Source, urlize
from cms.transfer.verbatim import Verbatim

NAME = "Hugo"
OPENING = re.compile(r"\{\{([<%])(/\*)?")
INSIDE = re.compile(r"(/?)\s*([\w./-]*\w)(?:\s*/|\s+(.*))?", re.DOTALL)
ESCAPED = re.compile(r"\{\{([<%])/\*([^*]{0,2000})\*/([>%])\}\}")
LONGEST_TAG = 4000  # characters
KEYS = {
    "draft",
    "url",
    "expirydate",
    "publishdate",
    "lastmod",
    "weight",
    "linktitle",
    "type",
    "cascade",
    "showtoc",
}
PICTURES = {"figure", "img", "image", "imgproc", "picture"}
BOXES = {"callout", "notice", "alert", "admonition", "hint"}


def signs(source: Source) -> int:
    """How much in a file speaks for Hugo."""
    fields = source.page.fields
    score = 2 * bool(re.search(r"\{\{[<%]\s*/?\s*[\w-]", source.page.body))
    score += len(KEYS & {key.lower() for key in fields})
    flat = source.page.form == TOML and ("tags" in fields or "categories" in fields or "date" in fields)
    return score + flat


def values(source: Source) -> dict:
    return source.page.fields


def address(source: Source, fields: Fields) -> str:
    """Its address: url, else the pattern of its section in the configuration, else folders and slug."""
    if url := fields.text("url"):
        return url
    slug = fields.text("slug") or source.name
    language = f"{source.language}/" if source.language != source.site.language else ""
    if source.is_section:
        return language + urlize(source.folder)
    pattern = source.site.permalinks.get(source.section)
    if pattern:
        return language + source.fill(pattern, fields, slug)
    return language + posixpath.join(urlize(source.section_path), urlize(slug))


def aliases(source: Source, fields: Fields, own: str) -> list[str]:
    """Its aliases: from the root where they begin with a slash, else beside the page."""
    above = posixpath.dirname(own.strip("/"))
    given = fields.names("aliases", "alias")
    return [
        alias if alias.startswith("/") else posixpath.normpath(posixpath.join("/", above, alias))
        for alias in given
    ]


def translate(source: Source, body: str, verbatim: Verbatim) -> str:
    """The body in our Markdown; code has been taken out of it."""

    def render(call: Call, inner: str | None) -> str:
        return shortcode(source, call, inner)

    return unescape(shortcodes.expand(body, tags(body), render, verbatim.restore))


def unescape(code: str) -> str:
    """Code that shows shortcodes has them commented out; here they need not be."""
    return ESCAPED.sub(r"{{\1\2\3}}", code)


def tags(text: str) -> Iterator[Tag]:
    done = 0
    for opening in OPENING.finditer(text):
        if opening.start() < done or opening[2]:
            continue
        mark = ">}}" if opening[1] == "<" else "%}}"
        end = text.find(mark, opening.end(), opening.end() + LONGEST_TAG)
        found = INSIDE.fullmatch(text[opening.end() : end].strip()) if end >= 0 else None
        if found:
            done = end + 3
            yield Tag(
                found[2], (found[3] or "").removesuffix("/"), opening.start(), done, closing=bool(found[1])
            )


def shortcode(source: Source, call: Call, inner: str | None) -> str:
    """What one shortcode says, in Markdown."""
    name = call.name.removesuffix(".html")
    if name in ("ref", "relref"):
        return reference(call)
    if name in PICTURES:
        return shortcodes.figure(call)
    if name in VIDEO:
        return shortcodes.elsewhere(Call(name, call.words, call.named))
    if inner is not None and (box := box_kind(name, call)):
        words = call.words[1:] if name in BOXES else call.words
        title = call.get("title", "heading") or " ".join(words)
        return shortcodes.callout(box, title, inner, call.get("footer", "author", "cite"))
    if inner is not None and name == "details":
        return shortcodes.details(call, inner)
    if inner is not None and name in ("button", "link"):
        return shortcodes.link(inner, call.get("href", "url", "relref", position=0))
    if name == "param":
        return parameter(source, call.get("name", position=0))
    source.remark(
        f"the shortcode “{name}” is unknown here" + (": its text was kept" if inner else ": left out")
    )
    return inner or ""


def parameter(source: Source, name: str) -> str:
    """A field of the front matter, which the text prints."""
    if name not in source.page.fields:
        source.remark(f"the parameter “{name}” is not in its front matter: left out")
    return str(source.page.fields.get(name, ""))


def box_kind(name: str, call: Call) -> str:
    if name in BOXES:
        return KINDS.get((call.get("type", "class", "kind", position=0) or name).lower(), "note")
    return KINDS.get(name, "")


def reference(call: Call) -> str:
    """A link to another file, in the form that the links are resolved from."""
    path, _, anchor = call.get("path", position=0).partition("#")
    marked = f"@/{path.replace(' ', '%20')}" if path else ""
    return marked + (f"#{anchor}" if anchor else "")
