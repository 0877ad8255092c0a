"""All checks together."""

from itertools import chain, islice

from cms.admin.proofreading import headings, links, pictures, words
from cms.admin.proofreading.reading import Reading
from cms.admin.proofreading.sheet import Page, Remark
from cms.admin.verdicts import MEND

CHECKS = (words.findings, headings.findings, pictures.findings, links.findings)
MOST_FINDINGS = 100


def proofread(text) -> list[Remark]:
    """What to mend in ``text``, an `Entry` or a `Sheet`, and then what to look at, each in its order.

    At most `MOST_FINDINGS`. It asks the database at most four times, whatever the text's length.
    """
    page = Page(text)
    reading = Reading(page.body)
    found = chain.from_iterable(islice(check(page, reading), MOST_FINDINGS) for check in CHECKS)
    return sorted(found, key=urgency)[:MOST_FINDINGS]


def urgency(finding: Remark) -> tuple[bool, int]:
    return finding.verdict != MEND, finding.line or 0
