"""The validator itself sees what is wrong."""

import pytest

from tests.feed import rules


@pytest.mark.parametrize(
    "text",
    [
        '<a href="#fn1">1</a>',
        '<img src="/media/a.png" alt="">',
        '<img srcset="http://broadside.test/a.png 1x, b.png 2x" alt="">',
        '<p onclick="x()">a</p>',
        '<p style="color: red">a</p>',
        '<p data-a="1">a</p>',
        "<script>x()</script>",
        '<a href="//elsewhere.example/">a</a>',
    ],
)
def test_a_wrong_text_is_found(text):
    assert list(rules.wrong_html(text)) != []


@pytest.mark.parametrize(
    "date", ["Sat, 21 Nov 2026 12:00:00", "Sun, 21 Nov 2026 12:00:00 +0000", "2026-11-21", None]
)
def test_a_wrong_date_of_rss_is_found(date):
    assert rules.wrong_dates([date], rules.RFC_822) != []


def test_an_id_that_comes_twice_is_found():
    twice = "urn:uuid:12345678-1234-1234-1234-123456789abc"
    assert rules.wrong_ids([twice, twice]) == ["two have one id"]
