"""Links and pictures, in every way they are written."""

from time import perf_counter

import pytest

from cms.transfer.links import Links

HEAD = '+++\ntitle = "Dusk"\npath = "2024/05/06/dusk"\n+++\n'


@pytest.fixture
def lantern(foreign):
    """A bundle with a picture, a second post, and a picture of the whole site."""
    foreign.put("config.toml", 'base_url = "https://lantern.example"')
    foreign.put("content/dawn.md", '+++\ntitle = "Dawn"\npath = "2024/05/07/dawn"\n+++\nText')
    foreign.put("content/dusk/lamp.png", b"x").put("content/dusk/night light.png", b"x")
    return foreign.put("static/images/site.png", b"x")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("![a](lamp.png)", "![a](/media/lamp.png)"),
        ('![a](./lamp.png "Title")', '![a](/media/lamp.png "Title")'),
        ("![a](<night light.png>)", "![a](</media/night light.png>)"),
        ("![a](night%20light.png)", "![a](/media/night light.png)"),
        ("[![a](lamp.png)](lamp.png)", "[![a](/media/lamp.png)](/media/lamp.png)"),
        ("![a][l]\n\n[l]: lamp.png 'T'", "![a][l]\n\n[l]: /media/lamp.png 'T'"),
        ('<img alt="a" src="lamp.png">', '<img alt="a" src="/media/lamp.png">'),
        ("<img src='lamp.png'/>", "<img src='/media/lamp.png'/>"),
        ("<img src=lamp.png>", "<img src=/media/lamp.png>"),
        ("![a](/images/site.png)", "![a](/media/site.png)"),
        ("![a](/2024/05/06/dusk/lamp.png)", "![a](/media/lamp.png)"),
        ("![a](../../../2024/05/06/dusk/lamp.png)", "![a](/media/lamp.png)"),
        ("[a](/2024/05/07/dawn/#x)", "[a](/blog/dawn/#x)"),
        ("[a](../dawn.md#x)", "[a](/blog/dawn/#x)"),
        ("[a](@/dawn.md)", "[a](/blog/dawn/)"),
        ("[a](https://lantern.example/2024/05/07/dawn)", "[a](/blog/dawn/)"),
        ("[a](https://other.example/2024/05/07/dawn)", "[a](https://other.example/2024/05/07/dawn)"),
        ("[a](//lantern.example/x)", "[a](//lantern.example/x)"),
        ("[a](#x) [b](mailto:a@b.example)", "[a](#x) [b](mailto:a@b.example)"),
        ("[^1]: lamp.png", "[^1]: lamp.png"),
        ("[a](../../../../../etc/passwd)", "[a](../../../../../etc/passwd)"),
        ("`![a](lamp.png)`", "`![a](lamp.png)`"),
    ],
)
def test_a_link_leads_to_where_things_are_now(lantern, text, result):
    lantern.put("content/dusk/index.md", HEAD + text)
    assert lantern.text("dusk/index.md") == result


def test_pictures_that_are_not_there_are_named(lantern):
    lantern.put("content/dusk/index.md", HEAD + "![a](lamp.png) ![b](gone.png) ![c](https://x.example/y.png)")
    reading = lantern.read()
    links = Links(reading)
    assert [links.missing(draft) for draft in reading.drafts] == [[], ["gone.png"]]


def test_many_half_links_take_no_time(foreign):
    text = "[a](b(c " * 50_000 + "![" * 50_000 + "<img src=" * 50_000
    foreign.put("dusk.md", text)
    assert len(foreign.text()) <= len(text)


def test_the_same_names_get_numbers_in_a_stable_order(foreign):
    for folder in ("c", "a", "b"):
        foreign.put(f"{folder}/dusk.md", f"# Dusk {folder}\n\nText")
    paths = {draft.source: draft.path for draft in foreign.read().drafts}
    assert paths == {"a/dusk.md": "blog/dusk/", "b/dusk.md": "blog/dusk-2/", "c/dusk.md": "blog/dusk-3/"}


@pytest.mark.parametrize("text", ["[a]:" + " " * 30_000, "![" * 100_000, "![a" * 70_000 + "](x)"])
def test_what_only_begins_like_a_picture_or_a_definition_stays_linear(foreign, text):
    reading = foreign.put("dusk.md", f"# Dusk\n\nx\n{text}").read()
    begun = perf_counter()
    links = Links(reading)
    links.rewrite(reading.drafts[0], lambda _target: None)
    links.missing(reading.drafts[0])
    assert perf_counter() - begun < 5
