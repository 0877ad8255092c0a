"""Callouts: written in two ways, titled by the author or by us."""

import pytest

from cms.markup import render


@pytest.mark.parametrize("kind", ["tip", "note", "warning", "example", "quote"])
def test_a_container_becomes_a_callout(kind):
    html = render(f"::: {kind}\n**Body**\n:::\n\nafter").html
    assert f'<aside class="callout callout-{kind}" role="note">' in html
    assert f'<p class="callout-title">{kind.title()}</p>' in html
    assert "<strong>Body</strong></p>\n</aside>\n<p>after</p>" in html


def test_a_title_is_markdown():
    assert (
        '<p class="callout-title">Mind the <em>gap</em></p>' in render("::: tip Mind the *gap*\nx\n:::").html
    )


@pytest.mark.parametrize(
    ("mark", "kind"),
    [("NOTE", "note"), ("TIP", "tip"), ("IMPORTANT", "note"), ("WARNING", "warning"), ("CAUTION", "warning")],
)
def test_githubs_alerts_become_callouts(mark, kind):
    html = render(f"> [!{mark}]\n> body").html
    assert f'<aside class="callout callout-{kind}" role="note">' in html
    assert f'<p class="callout-title">{mark.title()}</p>' in html


def test_an_unknown_container_stays_text():
    assert "::: spoiler" in render("::: spoiler\nx\n:::").html


def test_callouts_hold_callouts_and_end_with_the_text():
    html = render(":::: note\n::: tip\nx\n").html
    assert html.count("<aside") == html.count("</aside>") == 2
