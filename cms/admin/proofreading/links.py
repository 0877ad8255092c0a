"""Links within the site that lead nowhere, or not where they should."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from urllib.parse import unquote, urljoin, urlsplit

from flask import current_app
from flask_babel import gettext as _

from cms.admin.proofreading import addresses
from cms.admin.proofreading.addresses import Place, places
from cms.admin.proofreading.reading import Lead, Reading
from cms.admin.proofreading.sheet import Page, Remark
from cms.admin.verdicts import LOOK, MEND
from cms.markup.anchors import squeezed
from cms.markup.attributes import anchor_id

MOST_READ = 2000  # links of one text
MOST_ASKED = 300  # addresses of one text
ID = re.compile(r'\sid="([^"]*+)"')


def findings(page: Page, reading: Reading) -> Iterator[Remark]:
    leads = distinct(islice(chain(reading.leads(), plain_addresses(page)), MOST_READ))
    yield from dead_anchors(page, [lead for lead in leads if lead.href.startswith("#")])
    inside = [(lead, path) for lead in leads if (path := own_path(lead.href, page.sheet.url))]
    found = places([path for _lead, path in inside][:MOST_ASKED])
    wrong = [(lead, found[path]) for lead, path in inside if path in found]
    for lead, place in wrong:
        if place.state != addresses.THERE and not leads_to_itself(lead, page):
            yield finding(page, lead, place, fixed_line(page, lead.line, wrong))


def distinct(leads: Iterable[Lead]) -> list[Lead]:
    """Each address once a line."""
    known: dict[tuple[int, str], Lead] = {}
    for lead in leads:
        known.setdefault((lead.line, lead.href), lead)
    return list(known.values())


def plain_addresses(page: Page) -> Iterator[Lead]:
    """The full addresses of this site that stand in the text as they are."""
    site = current_app.config["SITE_URL"]
    pattern = re.compile(re.escape(site) + r"/[^\s<>()\"'\]]*")
    for line, text in enumerate(page.lines, 1) if site in page.body else ():
        for match in pattern.finditer(text):
            raw = match[0].rstrip(".,;:!?*_`")
            yield Lead(line, raw, raw)


def own_path(href: str, base: str) -> str | None:
    """The path within this site to which ``href`` leads from the address ``base``; None for all else."""
    site = urlsplit(current_app.config["SITE_URL"])
    try:
        parts = urlsplit(urljoin(f"{site.scheme}://{site.netloc}{base}", href))
    except ValueError:
        return None
    is_own = parts.scheme in ("http", "https") and parts.netloc == site.netloc and not href.startswith("#")
    return unquote(parts.path) or "/" if is_own else None


def leads_to_itself(lead: Lead, page: Page) -> bool:
    return own_path(lead.href, page.sheet.url).strip("/") == page.sheet.url.strip("/")


def dead_anchors(page: Page, leads: list[Lead]) -> Iterator[Remark]:
    if not leads:
        return
    known = {squeezed(name) for name in ID.findall(page.sheet.html)}
    for lead in leads:
        if squeezed(anchor_id(unquote(lead.href[1:]))) not in known:
            what = _("There is no place called “%(name)s” in this text.", name=unquote(lead.href[1:])[:80])
            advice = _("Link to one of its headings: # and the words of the heading, joined by hyphens.")
            yield Remark(MEND, "anchor", what, advice, lead.line, page.excerpt(lead.line, lead.raw))


def finding(page: Page, lead: Lead, place: Place, fixed: str) -> Remark:
    verdict, what, advice = in_words(place, lead.raw[:80])
    can_be_fixed = place.state == addresses.MOVED and fixed != page.lines[lead.line - 1]
    excerpt = page.excerpt(lead.line, lead.raw)
    return Remark(verdict, "link", what, advice, lead.line, excerpt, fixed if can_be_fixed else None)


def in_words(place: Place, link: str) -> tuple[str, str, str]:
    """How bad it is, what is wrong with ``link``, and what to do about it."""
    another = _("Link to another page, or take the link out.")
    match place.state:
        case addresses.MOVED:
            what = _("“%(link)s” leads to an old address.", link=link)
            return LOOK, what, _("It is at %(url)s now.", url=place.url)
        case addresses.HIDDEN:
            what = _("“%(link)s” leads to a text that is not published.", link=link)
            return LOOK, what, _("Publish that one first, or take the link out.")
        case addresses.IN_TRASH:
            return MEND, _("“%(link)s” leads to a text in the trash.", link=link), another
        case addresses.IS_GONE:
            return MEND, _("“%(link)s” leads to a page that was removed.", link=link), another
        case addresses.CLOSED:
            return MEND, _("“%(link)s” leads to a page that readers can’t open.", link=link), another
    return MEND, _("“%(link)s” leads nowhere.", link=link), another


def fixed_line(page: Page, line: int, wrong: list[tuple[Lead, Place]]) -> str:
    """The line with the new address of everything in it that has moved."""
    text = page.lines[line - 1]
    for lead, place in wrong:
        if lead.line == line and place.state == addresses.MOVED:
            _before, sign, anchor = lead.raw.partition("#")
            text = text.replace(lead.raw, place.url + sign + anchor, 1)
    return text
