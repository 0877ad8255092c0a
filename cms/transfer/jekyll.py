"""Jekyll: content as its documentation describes it (_posts, _drafts, permalinks, Liquid, kramdown)."""

import posixpath
import re
from collections.abc import Iterator

from slugify import slugify

from cms.transfer import shortcodes
from cms.transfer.fields import Fields
from cms.transfer.shortcodes import VIDEO, Call, Tag
from cms.transfer.source import TOKEN, Source, day_parts
from cms.transfer.verbatim import Verbatim

NAME = "Jekyll"
PATTERNS = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
LIQUID = re.compile(r"\{%-?\s*(?P<tag>[\w-]+)(?P<args>[^{}%]{0,2000}(?:%(?!\})[^{}%]{0,2000})*)-?%\}")
OUTPUT = re.compile(r"\{\{-?\s*(?P<inside>[^{}]{0,500}?)\s*-?\}\}")
RAW_TAG = r"\{%-?\s*(?:end)?raw\s*-?%\}"
RAW = re.compile(rf"(^[ \t]*{RAW_TAG}[ \t]*\n|{RAW_TAG})", re.MULTILINE)  # one alone takes its line with it
LITERAL = re.compile(
    r"""["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url))"""
)
HERE = re.compile(r"site\.(?:baseurl|url|github\.url)(?:\s*\|.*)?")
FIELD = re.compile(r"page\.(\w+)")
TABLE_OF_CONTENTS = re.compile(r"^[ \t]*(?:[-*+]|1\.)[ \t].*\n[ \t]*\{:[ \t]*\.?toc.*\}[ \t]*$", re.MULTILINE)
HEADING_ID = re.compile(
    r"^( {0,3}#{1,6}[ \t].*?)[ \t]?\n?\{:[^{}\n#]*#([\w.:-]+)[^{}\n]*\}[ \t]*$", re.MULTILINE
)
ATTRIBUTES = re.compile(r"(?:^[ \t>]*\{::?[^{}\n]*\}[ \t]*\n?|\{:(?=[^{}\n])[^{}\n]*\})", re.MULTILINE)
SILENT = {"comment", "assign", "capture", "increment", "decrement", "seo", "feed_meta", "toc"}
DROPPED_WITH_TEXT = {"comment", "capture"}


def signs(source: Source) -> int:
    """How much in a file speaks for Jekyll."""
    fields, body = source.page.fields, source.page.body
    score = 3 * any(part in ("_posts", "_drafts") for part in source.path.split("/"))
    score += ("layout" in fields) + 2 * ("permalink" in fields) + ("redirect_from" in fields)
    score += 2 * bool(re.search(r"\{%-?\s*(highlight|include|post_url|raw|link)\b", body))
    return score + ("site.baseurl" in body) + ("{:" in body)


def values(source: Source) -> dict:
    return source.page.fields


def address(source: Source, fields: Fields) -> str:
    """Its address: the pattern in permalink, of the file or the site; a post's default is by date."""
    own = fields.text("permalink") or fields.text("path")
    if is_dated(source, fields):
        pattern = own or str(source.site.settings.get("permalink") or "date")
        return fill(source, fields, PATTERNS.get(pattern, pattern))
    if own:
        return fill(source, fields, own)
    folder = posixpath.join(*(part for part in source.folder.split("/") if not part.startswith("_")), "")
    pretty = source.site.settings.get("permalink") == "pretty"
    name = "" if source.is_bundle else source.stem + ("/" if pretty else ".html")
    return posixpath.join(folder, name)


def is_dated(source: Source, fields: Fields) -> bool:
    return (
        any(part in ("_posts", "_drafts") for part in source.path.split("/"))
        or source.date(fields) is not None
    )


def fill(source: Source, fields: Fields, pattern: str) -> str:
    categories = category_names(source, fields)
    title = fields.text("slug") or source.name_without_date
    known = {
        "categories": "/".join(name.lower() for name in categories),
        "slugified_categories": "/".join(slugify(name) for name in categories),
        "title": title,
        "slug": slugify(title),
        "output_ext": ".html",
        **day_parts(source.date(fields)),
    }
    known |= {name: day for name, day in known.items() if name not in ("short_month", "long_month")}
    filled = TOKEN.sub(lambda found: known.get(found[1], found[0]), pattern)
    return re.sub(r"/{2,}", "/", filled)


def category_names(source: Source, fields: Fields) -> list[str]:
    """The folders above _posts are categories too."""
    parts = source.path.split("/")
    above = parts[: parts.index("_posts")] if "_posts" in parts else []
    told = fields.names("categories", spaced=True) or fields.names("category")
    return list(dict.fromkeys([*above, *told]))


def aliases(source: Source, fields: Fields, own: str) -> list[str]:
    return fields.names("redirect_from", "aliases", "alias", spaced=True)


def translate(source: Source, body: str, verbatim: Verbatim) -> str:
    """The body in our Markdown; code has been taken out of it."""

    def render(call: Call, inner: str | None) -> str:
        return liquid_tag(source, call, inner)

    def output(found: re.Match) -> str:
        return liquid_output(source, found["inside"], found[0])

    text = protect_raw(body, verbatim)
    text = TABLE_OF_CONTENTS.sub("", text)
    text = OUTPUT.sub(output, text)
    text = shortcodes.expand(text, tags(text), render, verbatim.restore)
    return ATTRIBUTES.sub("", HEADING_ID.sub(r"\1 {#\2}", text))


def unescape(code: str) -> str:
    """Code is published without the raw tags that keep Liquid away from it."""
    return RAW.sub(lambda found: "", code) if len(RAW.findall(code)) >= 2 else code


def protect_raw(text: str, verbatim: Verbatim) -> str:
    """Take the braces between raw and endraw out of reach, and drop the two tags."""
    parts = RAW.split(text)
    kept, raw = [parts[0]], False
    for tag, part in zip(parts[1::2], parts[2::2], strict=True):
        raw = "endraw" not in tag
        kept.append(re.sub(r"\{[{%]", lambda found: verbatim.keep(found[0]), part) if raw else part)
    return "".join(kept)


def tags(text: str) -> Iterator[Tag]:
    for found in LIQUID.finditer(text):
        name, args = found["tag"], found["args"].strip()
        closing = name.startswith("end")
        yield Tag(name.removeprefix("end") if closing else name, args, *found.span(), closing=closing)


def liquid_tag(source: Source, call: Call, inner: str | None) -> str:
    """What one Liquid tag says, in Markdown."""
    name, first = call.name, call.get(position=0)
    if name in SILENT:
        return inner or "" if name not in DROPPED_WITH_TEXT else ""
    if name == "post_url":
        return f"@/{first.replace(' ', '%20')}"
    if name == "link":
        return f"@/{first.replace(' ', '%20')}"
    if name in VIDEO:
        return shortcodes.elsewhere(call)
    if name.startswith("include"):
        return included(source, call)
    source.remark(f"the tag “{name}” is unknown here" + (": its text was kept" if inner else ": left out"))
    return inner or ""


def included(source: Source, call: Call) -> str:
    """The includes that themes share are pictures and videos; what others would show is not known here."""
    file = call.get(position=0)
    stem = posixpath.splitext(posixpath.basename(file))[0].lower()
    rest = Call(stem, call.words[1:], call.named)
    if stem in ("figure", "image", "img", "picture"):
        return shortcodes.figure(rest)
    if stem in VIDEO:
        return shortcodes.elsewhere(rest)
    source.remark(f"what “include {file}” would show is not known here: left out")
    return ""


def liquid_output(source: Source, inside: str, written: str) -> str:
    """What an output tag prints, as far as it can be known."""
    if found := LITERAL.fullmatch(inside):
        return found[1]
    if HERE.fullmatch(inside):
        return ""
    if found := FIELD.fullmatch(inside):
        return str(source.page.fields.get(found[1], ""))
    source.remark(f"{written} is unknown here: it stays as it is")
    return written
