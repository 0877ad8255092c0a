"""Nothing that an author writes becomes active: payloads.txt through every way into a page."""

import re
import secrets
from pathlib import Path

import pytest

from cms.markup import clean, render
from tests.markup.reading import Page

ESCAPE = re.compile(r"\\(?:(n)|(t)|x([0-9a-f]{2})|u([0-9a-f]{4}))")
LINES = Path(__file__).with_name("payloads.txt").read_text("utf-8").splitlines()[1:]
ACTIVE = (
    "script style link meta base object embed applet iframe frame frameset form button select textarea svg "
    "math template noscript noembed noframes xmp plaintext title marquee portal dialog source track body html"
)
WAYS = {
    "an editor's text": lambda source: render(source).html,
    "a member's text": lambda source: render(source, trusted=False).html,
    "an editor's HTML": clean,
    "a member's HTML": lambda source: clean(source, trusted=False),
}


def payload(line: str) -> str:
    """A line of the file with its characters put in."""

    def character(match: re.Match[str]) -> str:
        return "\n" if match[1] else "\t" if match[2] else chr(int(match[3] or match[4], 16))

    return ESCAPE.sub(character, line)


def is_harmless(tag: str, name: str, value: str) -> bool:
    if name.startswith(("on", "hx-", "data-hx")) or name in (
        "style",
        "srcdoc",
        "srcset",
        "formaction",
        "ping",
    ):
        return False
    if name in ("href", "src", "poster"):
        seen = re.sub(r"[\x00-\x20]", "", value).lower()
        return bool(re.match(r"(https?://[a-z0-9_]|mailto:|tel:|#|\?|/?(?![/\\])[^:]*($|[/?#]))", seen))
    return name != "id" or value.startswith("s-")


@pytest.mark.parametrize("way", WAYS)
def test_no_payload_becomes_active(way):
    for line in LINES:
        for tag, attributes in Page(WAYS[way](payload(line))).tags:
            assert tag not in ACTIVE.split(), line
            assert all(is_harmless(tag, name, value) for name, value in attributes.items()), (
                line,
                attributes,
            )


def test_there_are_hundreds_of_payloads():
    assert len(LINES) > 500


@pytest.mark.parametrize("way", ["a member's text", "a member's HTML"])
def test_a_members_links_vouch_for_nothing_and_load_nothing(way):
    for line in LINES:
        for tag, attributes in Page(WAYS[way](payload(line))).tags:
            assert "id" not in attributes
            assert tag != "a" or attributes["rel"] == "ugc nofollow noopener", line
            assert tag != "img" or "//" not in attributes["src"], line


def test_a_mark_of_our_own_cannot_be_forged(monkeypatch):
    drawn = iter(["first", "second"])
    monkeypatch.setattr(secrets, "token_hex", lambda _length: next(drawn))
    assert render("```\nsecret\n```\n\n<pre>first-0</pre>").html.count("secret") == 2
    assert render("```\nsecret\n```\n\n<pre>first-0</pre>").html.count("secret") == 1


def test_a_members_classes_are_ours():
    html = clean('<p class="masthead callout"><span class="k nav">x</span></p>', trusted=False)
    assert html == '<p class="callout"><span class="k">x</span></p>'
