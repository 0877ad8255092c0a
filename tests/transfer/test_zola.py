"""Zola's way of writing."""

import pytest


def test_path_and_aliases_are_its_old_addresses(foreign):
    head = (
        'title = "Dusk"\npath = "2018/07/06/Dusk"\naliases = ["old/dusk.html", "/older/"]\nauthors = ["Ada"]'
    )
    draft = foreign.put("dusk@0.md", f"+++\n{head}\n+++\nText").draft()
    assert draft.old_addresses == ["2018/07/06/Dusk", "old/dusk.html", "older"]
    assert (draft.slug, draft.authors) == ("dusk", ["Ada"])


def test_without_a_path_the_address_is_made_of_folder_and_name(foreign):
    foreign.put("config.toml", 'base_url = "https://lantern.example"')
    foreign.put("content/news/2020-01-02-Night Light.md", '+++\ntitle = "N"\n+++\nText')
    draft = foreign.draft()
    assert draft.old_addresses == ["news/night-light"]
    assert draft.path == "blog/night-light/"


def test_taxonomies_and_extra_are_read(foreign):
    head = (
        'title = "Dusk"\n[taxonomies]\ntags = ["oil"]\ncategories = ["Oil", "Wick"]\n[extra]\ncolour = "red"'
    )
    draft = foreign.put("dusk.md", f"+++\n{head}\n+++\nText").draft()
    assert (draft.category, draft.tags, draft.extra) == ("Oil", ["oil", "Wick"], {"colour": "red"})


def test_internal_links_lead_to_the_new_address(foreign):
    foreign.put(
        "a/dusk.md",
        '+++\ntitle = "Dusk"\n[extra]\n+++\n[x](@/b/dawn/index.md#light) [y][r]\n\n[r]: @/b/dawn/index.md',
    )
    foreign.put("b/dawn/index.md", '+++\ntitle = "Dawn"\n[extra]\n+++\nText')
    assert foreign.text("a/dusk.md") == "[x](/blog/dawn/#light) [y][r]\n\n[r]: /blog/dawn/"


def test_a_section_names_the_category_of_its_posts(foreign):
    foreign.put("night/_index.md", '+++\ntitle = "The Night Shift"\nsort_by = "date"\n+++\n')
    foreign.put("night/dusk.md", '+++\ntitle = "Dusk"\n+++\nText')
    reading = foreign.read()
    assert [draft.category for draft in reading.drafts] == ["The Night Shift"]
    assert reading.sections == {"night": "The Night Shift"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('{{ youtube(id="abc") }}', "https://www.youtube.com/watch?v=abc"),
        ('{% note(title="Mind") %}\nthe gap\n{% end %}', "::: note Mind\nthe gap\n:::"),
        ('{% quote(author="Ada") %}Light.{% end %}', "::: quote\nLight.\n\n— Ada\n:::"),
        ('{{ image(src="a.png", alt="A lamp") }}', "![A lamp](a.png)"),
        ("{{closure}} and {{ #include <cmath> }}", "{{closure}} and {{ #include <cmath> }}"),
        ("`{{/* youtube(id=1) */}}`", "`{{ youtube(id=1) }}`"),
    ],
)
def test_shortcodes_become_markdown(body, text, result):
    assert result in body("zola", text)
