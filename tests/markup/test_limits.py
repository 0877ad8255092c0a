"""No input takes more than linear time, or grows beyond its budget.

Each attack is measured at a size and at four times that size, in processor time. Quadratic work
would take 16 times as long; up to 8 passes, and what is too short to measure passes.
"""

import time

import pytest

from cms.markup import clean, limits, render
from cms.markup.sanitise import sanitiser

SMALL, LARGE = 4_000, 16_000
UNMEASURABLE = 0.03

FLAT = {
    "quotes": ">",
    "lists": "- ",
    "lists in quotes": "> - ",
    "ordered lists": "1. ",
    "brackets": "[",
    "picture brackets": "![",
    "closed brackets": "[]",
    "links left open": "[a](b ",
    "titles left open": '[a](b "',
    "stars": "*",
    "underlines": "_",
    "stars and words": "*a ",
    "stars in words": "a**b",
    "mixed emphasis": "*_",
    "tildes": "~",
    "one backtick": "`a ",
    "angle brackets": "<",
    "tags left open": "<a ",
    "values left open": 'a <a x="',
    "comments left open": "a <!--",
    "instructions left open": "a <?",
    "character data left open": "a <![CDATA[",
    "declarations left open": "a <!A",
    "ampersands": "&",
    "entities": "&amp;",
    "numbers of entities": "&#",
    "bold tags": "x <b>",
    "misnested tags": "<b><i></b></i>",
    "closing tags": "x </b>",
    "divisions": "<div>",
    "divisions apart": "<div>\n\n",
    "quote tags": "<blockquote>",
    "links in links": "x <a href=b>",
    "tables in tables": "<table><tr><td>",
    "text in tables": "<table>x",
    "lists of text": "<ul>x</ul>",
    "scripts left open": "x <script>",
    "scripts closed wrongly": "x <script></style>",
    "unknown tags": "x <T>",
    "wide cells": "<table><tr><td colspan=50 rowspan=2><tr><td></table>",
    "equal ids": "<p id=a>x",
    "headings": "# a\n",
    "empty headings": "#\n",
    "underlined headings": "a\n-\n",
    "headings in quotes": ">>>>>>>># a\n\n",
    "lines": "a\n",
    "items": "- a\n",
    "items apart": "- a\n\n",
    "tasks": "- [ ] a\n",
    "small tables": "a|b\n-|-\n\n",
    "tables cut short": "a|b\n-|-\n***\n",
    "rows of no table": "|-|\n|-|-|\n",
    "table lines": "|-|\n",
    "footnotes in footnotes": "[^a]: ",
    "callouts": "::: tip\n",
    "callouts closed": "::: tip\na\n:::\n",
    "alerts": "> [!NOTE]\n> a\n\n",
    "fences": "```python\n+\n```\n",
    "mailboxes in a row": "a@",
    "hosts in a row": "www.",
    "addresses in a row": "http://",
    "addresses": "http://a ",
    "schemes": "a:",
    "pictures": "![](a)",
    "definitions with titles left open": "[a]: x 'b\n",
    "definitions with brackets left open": "[a\\\n",
    "escapes": "\\*",
    "blanks": " ",
    "NULs": "\0",
}
BUILT = {
    "nested brackets": lambda n: "[" * (n // 2) + "a" + "]" * (n // 2),
    "nested brackets and a definition": lambda n: "[a]: b\n\n" + "[" * (n // 2) + "a" + "]" * (n // 2),
    "nested links": lambda n: "[" * (n // 5) + "a" + "](b)" * (n // 5),
    "nested pictures": lambda n: "![" * (n // 6) + "a" + "](b)" * (n // 6),
    "deepening quotes": lambda n: "".join(">" * depth + "a\n" for depth in range(int((2 * n) ** 0.5))),
    "deepening lists": lambda n: "".join("  " * depth + "- a\n" for depth in range(int(n**0.5))),
    "lazy lines of a deep quote": lambda n: ">" * 20 + "a\n" + "b\n" * (n // 2),
    "runs of backticks": lambda n: " ".join("`" * length for length in range(1, int((2 * n) ** 0.5))),
    "one long definition, often": lambda n: "[a]: /" + "x" * (n // 4) + "\n\n" + "[a] " * (n // 6),
    "many definitions": lambda n: "".join(f"[a{number}]: b\n" for number in range(n // 12)),
    "wide table, short rows": lambda n: "|a" * (n // 8) + "|\n" + "|-" * (n // 8) + "|\n" + "a|\n" * (n // 6),
    "many rows": lambda n: "a|b\n-|-\n" + "a|b\n" * (n // 4),
    "one footnote, often": lambda n: "[^a]: x\n\n" + "[^a] " * (n // 5),
    "footnote labels left open": lambda n: "[^a]: x\n\n" + "[^" * (n // 2),
    "footnotes that lead on": lambda n: "".join(f"[^{i}]\n\n[^{i}]: [^{i + 1}]\n\n" for i in range(n // 25)),
    "equal headings that are taken": lambda n: (
        "".join(f"# a-{number}\n" for number in range(n // 16)) + "# a\n" * (n // 8)
    ),
    "attributes": lambda n: "<a" + "".join(f" x{number}=y" for number in range(n // 8)) + ">",
    "attributes left open": lambda n: "a <a" + " x" * (n // 2),
    "a long number": lambda n: "<p>&#" + "9" * n + ";",
    "brackets after an address": lambda n: "http://a" + ")" * n,
    "links to nowhere": lambda n: "# a\n" * (n // 40) + "[x](#b)" * (n // 8),
    "cells of one row": lambda n: "<table>" + "<td>" * (n // 4),
    "items of one list": lambda n: "<ul>" + "<li>x" * (n // 5),
    "signs of a program": lambda n: "```python\n" + "+ " * (n // 2) + "\n```",
}
ATTACKS = {name: (lambda n, unit=unit: unit * (n // len(unit))) for name, unit in FLAT.items()} | BUILT


def seconds(work, source: str) -> float:
    start = time.process_time()
    work(source)
    return time.process_time() - start


def is_linear(work, attack, times: int = 1) -> bool:
    """Whether four times the input takes at most eight times as long, in one of ten attempts."""
    for _attempt in range(10):
        small, large = seconds(work, attack(times * SMALL)), seconds(work, attack(times * LARGE))
        if large <= 8 * max(small, UNMEASURABLE):
            return True
    return False


def render_within_budget(source: str) -> None:
    assert len(render(source).html) <= limits.budget(source)


@pytest.mark.parametrize("name", ATTACKS)
def test_rendering_stays_linear_and_within_its_budget(name):
    assert is_linear(render_within_budget, ATTACKS[name])


@pytest.mark.parametrize("name", [name for name in ATTACKS if "<" in ATTACKS[name](100)])
def test_cleaning_stays_linear(name):
    assert is_linear(clean, ATTACKS[name])


@pytest.mark.parametrize("name", ["equal headings that are taken", "footnote labels left open"])
def test_what_is_done_fast_stays_linear_at_length(name):
    assert is_linear(render, ATTACKS[name], times=6)


@pytest.mark.parametrize("step", ["first", "second"])
@pytest.mark.parametrize(("unit", "times"), [("<li><b>x</b></li>", 1), ("&amp;", 25)])
def test_each_sanitiser_stays_linear(step, unit, times):
    assert is_linear(getattr(sanitiser(True), step), lambda n: f"<ul>{unit * n}</ul>", times)


def test_no_attack_of_a_member_outgrows_its_budget():
    for attack in ATTACKS.values():
        source = attack(SMALL)
        assert len(render(source, trusted=False).html) <= limits.budget(source)


def test_a_document_that_would_outgrow_its_budget_is_shown_as_its_source():
    source = "[^a] " * 4_000 + "\n\n[^a]: x"
    rendered = render(source)
    assert rendered.html.startswith("<pre>[^a] [^a]")
    assert rendered.words == 4_002


def test_later_uses_of_a_long_definition_stay_text():
    html = render("[a]: /" + "x" * 10_000 + "\n\n" + "[a] " * 2_000).html
    assert 1 < html.count("<a ") < 15
    assert "[a] [a]" in html


def test_what_lies_too_deep_stays_text():
    html = render(">" * 40 + " deep").html
    assert html.count("<blockquote>") == limits.QUOTE_NESTING
    assert "deep" in html


def test_a_long_paragraph_loses_no_word():
    words = [f"word{number}" for number in range(20_000)]
    assert render(" ".join(words)).text.split() == words


def test_two_hundred_kilobytes_render_within_seconds():
    paragraph = "Some *words* with `code`, a [link](https://example.org/x) and more of them after it. " * 8
    source = (f"## A heading\n\n{paragraph}\n\n- one\n- two\n\n```python\nx = f(1)\n```\n\n" * 400)[:200_000]
    assert seconds(render, source) < 3
