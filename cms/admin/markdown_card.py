"""The Markdown card: what to type, and what comes of it in the hands of the real renderer."""

import re
from dataclasses import dataclass
from functools import cache

from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from cms.markup import render

LINKS_WITHIN = re.compile(r'<a [^>]*href="#[^>]*>(.*?)</a>')
HEADING = re.compile(r"<h(\d)[^>]*>(.*?) ?#?</h\1>")
PLACES = re.compile(r' (?:id|tabindex|role|aria-label)="[^"]*"(?=[^<]*>)(?!")')


@dataclass(frozen=True)
class Example:
    """One thing that can be typed: its name, what to type, and the HTML that it becomes."""

    name: str
    typed: str
    html: Markup


def markdown_card() -> tuple[Example, ...]:
    """The examples in the language of the site, rendered once."""
    return card_in(str(get_locale()))


@cache
def card_in(locale: str) -> tuple[Example, ...]:
    with force_locale(locale):
        rendered = (Example(name, typed, shown(typed)) for name, typed in examples())
        picture = Example(_("Picture"), _("![what it shows](address)"), escape(about_pictures()))
        return (*rendered, picture)


def shown(typed: str) -> Markup:
    """``typed`` as in a text, but without headings and anchors: they would belong to the page around it."""
    html = LINKS_WITHIN.sub(r"\1", render(typed).html)
    html = HEADING.sub(r'<p class="card-h\1">\2</p>', html)
    return Markup(re.sub(r"<(?!input)\w+[^>]*>", lambda tag: PLACES.sub("", tag[0]), html))  # noqa: S704


def about_pictures() -> str:
    return _("The picture. What you write in the brackets is read to those who can’t see it.")


def examples() -> list[tuple[str, str]]:
    return [
        (_("Paragraphs"), _("An empty line\n\nbegins a paragraph.")),
        (_("Emphasis"), _("*important* and **very important**")),
        (_("Headings"), _("## A heading\n\n### One below it")),
        (_("Link"), _("[what it says](https://example.org)")),
        (_("List"), _("- lamp oil\n- matches")),
        (_("Numbered list"), _("1. Fill it.\n2. Light it.")),
        (_("To do"), _("- [x] asked\n- [ ] answered")),
        (_("Quotation"), _("> The boat will come.")),
        (_("Call-out"), _("> [!TIP]\n> Bring a cup.")),
        (_("Table"), _("| Night | Aboard |\n| :-- | --: |\n| Friday | 31 |")),
        (_("Footnote"), _("All of them[^1].\n\n[^1]: But the kettle.")),
        (_("Code"), _("`lamp.on()`")),
        (_("Struck out"), _("~~Friday~~ Saturday")),
        (_("A line between"), "---"),
    ]
