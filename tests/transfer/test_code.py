"""Code comes through untouched, whatever stands in it."""

import pytest

SAMPLES = [
    '```go\n{{< figure src="a.png" >}}\n[x](dusk.md)\n```',
    "~~~\n{% include lamp.html %}\n```\n~~~",
    'Say `{{< ref "dusk.md" >}}` or ``a ` {% include x %}``.',
    "Indented:\n\n    {{ page.title }} [x](dusk.md)\n\n    {% include x %}\n\nAfter.",
    '- item\n\n  ```sh\n  {{ youtube(id="x") }}\n  ```',
    "> ```\n> {{< tip >}}\n> ```",
]


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("dialect", ["zola", "hugo", "jekyll"])
def test_code_stays_as_it_is(body, dialect, text):
    assert body(dialect, text) == text


def test_an_open_fence_reaches_to_the_end(body):
    assert body("hugo", "Text\n\n```\n{{< tip >}}x{{< /tip >}}") == "Text\n\n```\n{{< tip >}}x{{< /tip >}}"


def test_single_backticks_hide_nothing(body):
    assert body("hugo", "a ` b {{< br >}} c").startswith("a ` b ")


def test_thousands_of_open_tags_take_no_time(body):
    text = "`" + "{% highlight x %}\n{{< a {% b {{ c( `` " * 20_000
    for dialect in ("zola", "hugo", "jekyll"):
        assert len(body(dialect, text)) < 2 * len(text) + 100
