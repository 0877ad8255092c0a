"""Copying a block of code gives exactly the code."""

import pytest
from pygments.lexers import PythonLexer

from cms.markup import code, limits, render
from tests.markup.reading import Page

BLOCKS = [
    "plain\n",
    "\n\nfirst lines are blank\n",
    "last lines are blank\n\n\n",
    "    four spaces\n\ttab\n  \ttrailing  \n",
    "<b>&amp;</b> \"quoted\" 'single'\n",
    "def f(x):\n\n    return x < 1 and 'y' or \"z\"\n",
    "# comment\n\n\n@decorator\nclass A: pass\n",
    "fn main() { let x: Vec<&'static str> = vec![]; }\n",
    "ünïcödé 日本語 🦀\n",
    "\n",
    "{{ template }} {% tag %} ${shell} $(x)\n",
    "a\u2028b\u00a0c\n",
    "﻿byte order\n".replace("\ufeff", ""),
    "\\n \\ \\\\ `tick`\n",
    "unterminated \"string\nand 'another\n/* comment\n",
]
INFOS = [
    "",
    "python",
    "rust,ignore",
    "js {hl_lines=[1]}",
    "{.html linenos=table}",
    "nonesuch",
    "c++",
    "console",
    "diff",
]


@pytest.mark.parametrize("info", INFOS)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_fenced_block_is_copied_exactly(info, trusted):
    for block in BLOCKS:
        html = render(f"before\n\n~~~~ {info}\n{block}~~~~\n\nafter", trusted=trusted).html
        assert Page(html).code == [block]


def test_an_indented_block_is_copied_exactly():
    assert Page(render("    a\n\n      <b>\n\tc\n").html).code == ["a\n\n  <b>\nc\n"]


def test_the_language_is_named_and_coloured():
    html = render("``` {.Python hl_lines=[2]}\nreturn 1\n```").html
    assert '<div class="code" data-language="python"><pre tabindex="0"><code><span class="k">' in html


def test_a_lexer_that_changes_the_code_is_not_used(monkeypatch):
    monkeypatch.setattr(PythonLexer, "get_tokens", lambda self, text: [(code.Token.Keyword, text.strip())])
    assert Page(render("```python\n  x\n```").html).code == ["  x\n"]


def test_a_block_over_the_limit_stays_plain_and_whole():
    block = "x = 1\n" * (limits.CODE_BLOCK // 6 + 1)
    html = render(f"```python\n{block}```").html
    assert "<span" not in html
    assert Page(html).code == [block]


def test_a_document_over_the_limit_of_code_keeps_all_of_it():
    block = "x = 1\n" * 3000
    page = Page(render(f"```python\n{block}```\n\n" * 8).html)
    assert page.code == [block] * 8
    assert len(page.all("span")) == 5 * 2 * 3000
