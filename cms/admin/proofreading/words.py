"""Title, summary, and what should never have stayed in a text."""

import re
from collections.abc import Iterator

from flask_babel import gettext as _

from cms import markup
from cms.admin.proofreading.reading import Reading
from cms.admin.proofreading.sheet import Page, Remark
from cms.admin.verdicts import LOOK, MEND
from cms.db import session
from cms.models import Media

LONGEST_SHOWN_TITLE = 70  # characters that search engines show
LONGEST_PROPOSED = 200  # characters
READ = 5_000  # characters of HTML in which a summary is looked for
MARKS = re.compile("[⟪⟫]")
UPLOADING = re.compile(r"!\[[^\]\n]{1,300} …\]\(\)")  # as the editor's script marks its place
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def findings(page: Page, _reading: Reading) -> Iterator[Remark]:
    yield from of_title(" ".join(page.sheet.title.split()))
    if not page.sheet.summary.strip():
        yield of_summary(page)
    yield from of_cover(page)
    for line, text in enumerate(page.lines, 1):
        yield from leftovers(page, line, text)


def of_title(title: str) -> Iterator[Remark]:
    if not title:
        yield Remark(MEND, "title", _("There is no title."), _("Write one: it is what people click on."))
    elif len(title) > LONGEST_SHOWN_TITLE:
        what = _("The title has %(n)d characters; search engines show about 70.", n=len(title))
        yield Remark(LOOK, "title", what, _("Put what matters first, or make it shorter."), excerpt=title)
    if MARKS.search(title):
        yield unmerged(excerpt=title)


def of_summary(page: Page) -> Remark:
    proposed = first_sentences(page.sheet.html)
    advice = _("Say in one or two sentences what it is about; lists, feeds and search results show them.")
    return Remark(LOOK, "summary", _("There is no summary."), advice, fixed=proposed or None)


def of_cover(page: Page) -> Iterator[Remark]:
    cover = session.get(Media, page.sheet.cover_id) if page.sheet.cover_id else None
    if cover and not page.sheet.cover_alt.strip() and not cover.decorative:
        advice = _("Say under the picture what it shows, unless it adds nothing to the text.")
        yield Remark(LOOK, "cover", _("The picture at the top is not described."), advice)


def leftovers(page: Page, line: int, text: str) -> Iterator[Remark]:
    if MARKS.search(text):
        yield unmerged(line, page.excerpt(line))
    if UPLOADING.search(text):
        advice = _("Wait until the upload is done, or take this line out.")
        what = _("A picture has not arrived.")
        yield Remark(MEND, "upload", what, advice, line, page.excerpt(line, "…]()"))


def unmerged(line: int | None = None, excerpt: str = "") -> Remark:
    what, advice = _("A mark of merging two texts is left."), _("Choose one of the two, then remove ⟪ and ⟫.")
    return Remark(MEND, "merge", what, advice, line, excerpt)


def first_sentences(html: str) -> str:
    """The sentences with which the text begins, as many as a summary holds."""
    paragraphs = " ".join(re.findall(r"<p>.*?</p>", html[:READ], re.S))
    proposed = ""
    for sentence in SENTENCE_END.split(markup.plain_text(paragraphs)):
        if proposed and len(proposed) + len(sentence) >= LONGEST_PROPOSED:
            break
        proposed = f"{proposed} {sentence}".strip()
    return shortened(proposed)


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_PROPOSED else text[:LONGEST_PROPOSED].rpartition(" ")[0] + "…"
