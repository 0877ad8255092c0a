"""Reading a tree of Markdown files into drafts: the dialect of each is found by its signs.

What has no date anywhere (fields, name of the file, folders, old addresses) is a page where it stands at the
root of a Hugo or Zola site or outside Jekyll's _posts; else a post, published with the moment of its import.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

from cms import markup
from cms.transfer import dates, frontmatter, hugo, jekyll, plain, tree, zola
from cms.transfer.draft import Draft, Remark, Unreadable
from cms.transfer.fields import Fields
from cms.transfer.source import Site, Source, find_site
from cms.transfer.verbatim import Verbatim

DIALECTS = {dialect.NAME: dialect for dialect in (zola, hugo, jekyll)}
MORE = re.compile(r"<!--\s*more\s*-->")
FIRST_HEADING = re.compile(r"^ {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$\n?", re.MULTILINE)
OPENING_HEADING = re.compile(r"\s*#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*(?:\n|$)")
ANCHOR = re.compile(r"[ \t]*\{#[\w-]+\}$")
LONGEST_ADDRESS = 500  # characters
COVERS = (
    "cover", "image", "featured_image", "featuredimage", "feature_image", "thumbnail", "banner", "header",
    "hero", "images", "img", "og_image",
)  # fmt: skip
COMMON_SECTIONS = {"posts", "post", "blog", "articles", "_posts", "_drafts", "pages"}


@dataclass
class Reading:
    """What was found in a folder: drafts by path, what failed or is not whole, and the other files."""

    site: Site
    drafts: list[Draft] = field(default_factory=list)
    failures: list[Unreadable] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    files: list[tree.Found] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)  # folder -> the name it is given


def read(
    folder: Path,
    *,
    as_pages: bool = False,
    zone: tzinfo = UTC,
    told: Callable[[Iterable], Iterable] = iter,
) -> Reading:
    """Read every Markdown file below ``folder``; ``told`` wraps the files to show how far it is.

    Dates without a zone are in that of the site's configuration, and in ``zone`` where that names none.
    Raises `Unreadable` where the configuration of the site, on which all addresses depend, can't be read.
    """
    reading = Reading(find_site(folder))
    reading.site.remarks = reading.remarks
    reading.site.settle_zone(zone)
    reading.files = tree.walk(reading.site.content, reading.remarks)
    sources = [source for source in read_sources(reading, told) if is_content(source)]
    find_dialects(sources, reading.site)
    reading.sections = section_names(sources)
    for source in sources:
        try:
            draft = make_draft(source, reading.sections, as_pages)
        except Unreadable as error:
            reading.failures.append(error)
        except (ValueError, ArithmeticError) as error:
            reading.failures.append(Unreadable(source.path, 1, f"it holds what can't be read ({error})"))
        else:
            reading.drafts += [draft] if draft else []
    return reading


def read_sources(reading: Reading, told: Callable) -> Iterable[Source]:
    for item in told(list(tree.texts(reading.files))):
        try:
            text = frontmatter.decode(item.path, tree.read_text(item))
            yield Source(item.path, frontmatter.split(item.path, text), reading.site)
        except Unreadable as error:
            reading.failures.append(error)


def is_content(source: Source) -> bool:
    """Jekyll takes a file outside its folders of posts for content only where it has front matter."""
    in_folder = source.path.startswith(("_posts/", "_drafts/")) or "/_posts/" in source.path
    return source.site.dialect != "Jekyll" or source.page.form != frontmatter.NONE or in_folder


def find_dialects(sources: list[Source], site: Site) -> None:
    """Give each file its dialect: the site's, else that of its own signs, else what most others are in."""
    if site.dialect:
        for source in sources:
            source.dialect = DIALECTS[site.dialect]
        return
    signs = {
        source.path: Counter({name: DIALECTS[name].signs(source) for name in DIALECTS}) for source in sources
    }
    files = Counter(name for told in signs.values() for name in told if told[name])
    for source in sources:
        source.dialect = likeliest(signs[source.path], files)


def likeliest(signs: Counter, files: Counter) -> ModuleType:
    """The dialect with most signs in a file; how many files of the tree are in one counts up to two signs."""
    weights = {name: signs[name] + min(2.0, files[name] / 3) for name in DIALECTS}
    best = max(weights, key=lambda name: (weights[name], files[name]))
    return DIALECTS[best] if weights[best] else plain


def section_names(sources: list[Source]) -> dict[str, str]:
    """The folders that have a title of their own, which their posts without a category take as theirs."""
    told = {source.folder: source.page.fields.get("title") for source in sources if source.is_section}
    return {
        folder: title
        for folder, title in told.items()
        if folder and isinstance(title, str) and posixpath.basename(folder).lower() not in COMMON_SECTIONS
    }


def make_draft(source: Source, sections: dict[str, str], as_pages: bool) -> Draft | None:
    """The draft that a file holds; None for a file that holds neither title nor text. Raises `Unreadable`."""
    fields = Fields(source.path, source.page, source.dialect.values(source), source.site.zone)
    verbatim, text = translated(source)
    title = fields.text("title")
    if not text.strip() and (not title or source.is_section):
        return None
    title, text = settle_title(title, text, source, verbatim)
    own = own_address(source, fields)
    draft = Draft(source=source.path, kind="post", title=title, slug="", body=text, verbatim=verbatim)
    draft.old_addresses = old_addresses(source, fields, own)
    draft.slug = wished_slug(source, fields, own)
    fill_dates(draft, source, fields)
    fill_terms(draft, source, fields, sections)
    fill_looks(draft, source, fields)
    draft.kind = "page" if as_pages else kind_of(source, fields, draft)
    draft.extra = fields.rest()
    return draft


def translated(source: Source) -> tuple[Verbatim, str]:
    """The body in our Markdown, with its code taken out."""
    verbatim = Verbatim()
    text = verbatim.hide_code(source.page.body, highlights=source.dialect is not plain)
    verbatim.pieces = [source.dialect.unescape(piece) for piece in verbatim.pieces]
    text = source.dialect.translate(source, text, verbatim)
    return verbatim, re.sub(r"\n{4,}", "\n\n\n", text).strip("\n")


def settle_title(title: str, text: str, source: Source, verbatim: Verbatim) -> tuple[str, str]:
    """The title, and the text without the heading that only repeats it."""
    opening = OPENING_HEADING.match(text)
    if title:
        repeated = (
            opening and plain_words(opening[1], verbatim).lower() == plain_words(title, verbatim).lower()
        )
        return title, text[opening.end() :].lstrip("\n") if repeated else text
    heading = FIRST_HEADING.search(text)
    if heading:
        return plain_words(heading[1], verbatim), (text[: heading.start()] + text[heading.end() :]).strip(
            "\n"
        )
    words = re.sub(r"[-_]+", " ", source.name_without_date).strip()
    return words[:1].upper() + words[1:], text


def plain_words(text: str, verbatim: Verbatim) -> str:
    """The words of a heading, without its Markdown."""
    text = ANCHOR.sub("", verbatim.restore(text))
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", text).split())


# Addresses


def own_address(source: Source, fields: Fields) -> str:
    """The address that the file itself had: as its front matter says, else by the rules of its dialect."""
    told = [fields.text(name) for name in ("url", "path", "permalink")]
    rooted = next((text for text in told if text.startswith("/") and ":" not in text), "")
    return clean_address(rooted or source.dialect.address(source, fields), source.site)


def old_addresses(source: Source, fields: Fields, own: str) -> list[str]:
    """Every address at which it could be found, its own first."""
    others = [clean_address(alias, source.site) for alias in source.dialect.aliases(source, fields, own)]
    kept = [path for path in dict.fromkeys([own, *others]) if path]
    for path in kept:
        if len(path) > LONGEST_ADDRESS:
            source.remark(
                f"the old address {path[:60]}… is longer than {LONGEST_ADDRESS} characters: left out"
            )
    return [path for path in kept if len(path) <= LONGEST_ADDRESS]


def clean_address(address: str, site: Site) -> str:
    """An address as it is looked up: decoded, without host, query and the slashes around it."""
    parts = urlsplit(address) if address.startswith(("http://", "https://")) else None
    if parts and parts.netloc.lower() != site.host and site.host:
        return ""
    path = unquote(parts.path if parts else address.split("?")[0].split("#")[0])
    path = re.sub(r"/{2,}", "/", frontmatter.UNFIT.sub("", path)).strip("/ ")
    return re.sub(r"(^|/)index\.html?$", "", path)


def wished_slug(source: Source, fields: Fields, own: str) -> str:
    """The last part of the address: by slug, by the old address, by the name of the file."""
    last = posixpath.basename(own)
    stem = re.sub(r"\.(html?|php|md)$", "", last)
    return fields.text("slug") or dates.from_name(stem)[1] or source.name_without_date


# Fields


def kind_of(source: Source, fields: Fields, draft: Draft) -> str:
    """Whether it is a post or a page."""
    told = {fields.text("type").lower(), fields.text("layout").lower()}
    if source.is_section or "page" in told:
        return "page"
    if told & {"post", "posts"} or draft.date or source.dialect is plain:
        return "post"
    if source.dialect is jekyll:
        return "post" if jekyll.is_dated(source, fields) else "page"
    return "post" if source.section_path or not source.site.is_whole else "page"


def fill_dates(draft: Draft, source: Source, fields: Fields) -> None:
    """When it was published, when it appears and expires, and whether it is a draft."""
    addressed = (
        dates.from_folders(posixpath.dirname(path), source.site.zone) for path in draft.old_addresses
    )
    draft.date = source.date(fields) or next(filter(None, addressed), None)
    draft.opens_at = fields.moment("publishdate")
    draft.expires_at = fields.moment("expirydate", "expires_at", "unpublishdate")
    is_draft, published = fields.flag("draft"), fields.flag("published")
    draft.is_draft = bool(is_draft) or published is False or "_drafts" in source.path.split("/")
    draft.updated_at = fields.moment("updated", "lastmod", "last_modified_at", "modified")


def fill_terms(draft: Draft, source: Source, fields: Fields, sections: dict[str, str]) -> None:
    """By what it is found: authors, category, tags and series. Further categories become tags."""
    is_jekyll = source.dialect is jekyll
    draft.authors = list(dict.fromkeys([*fields.names("authors"), *fields.names("author")]))
    categories = (
        jekyll.category_names(source, fields) if is_jekyll else fields.names("categories", "category")
    )
    tags = [*fields.names("tags", "tag", "keywords", spaced=is_jekyll), *categories[1:]]
    draft.tags = list({name.lower(): name for name in reversed(tags)}.values())[::-1]
    draft.category = categories[0] if categories else nearest(source.section_path, sections)
    draft.series = next(iter(fields.names("series")), "")
    draft.weight = fields.number("weight", "nav_order", "order")
    draft.series_position = fields.number("series_order", "series_weight", "part")
    if draft.series_position is None and draft.series:
        draft.series_position = draft.weight


def nearest(folder: str, sections: dict[str, str]) -> str:
    """The name of the closest folder above that has one."""
    while folder and folder not in sections:
        folder = posixpath.dirname(folder)
    return sections.get(folder, "")


def fill_looks(draft: Draft, source: Source, fields: Fields) -> None:
    """Summary, cover, canonical address and place in the menu."""
    draft.summary = fields.text("summary", "description", "excerpt", "subtitle") or opening(
        draft, source, fields
    )
    draft.body = MORE.sub("", draft.body)
    draft.canonical_url = fields.text("canonical_url", "canonicalurl", "canonical")
    name, cover = fields.find(*COVERS)
    cover = cover[0] if isinstance(cover, list) and cover else cover
    told = cover if isinstance(cover, dict) else {"image": cover}
    address = next(
        (told[key] for key in ("image", "src", "path", "url", "teaser", "overlay_image") if told.get(key)), ""
    )
    draft.cover = address if isinstance(address, str) else ""
    draft.cover_alt = str(told.get("alt") or "") or fields.text(
        "image_alt", "cover_alt", "alt", "image_caption"
    )
    menu = fields.find("menu", "menus")[1]
    names = list(menu) if isinstance(menu, list | dict) else [menu]
    draft.menu = str(names[0] or "") if names else ""
    fields.find("layout", "template", "type")


def opening(draft: Draft, source: Source, fields: Fields) -> str:
    """The text above the mark that ends the teaser, where there is one."""
    marks = [fields.text("excerpt_separator"), str(source.site.settings.get("excerpt_separator") or "")]
    for mark in filter(None, marks):
        draft.body = draft.body.replace(mark, "<!-- more -->", 1)
    above, *rest = MORE.split(draft.body, maxsplit=1)
    return markup.render(draft.verbatim.restore(above)).text if rest and above.strip() else ""
