"""Jekyll's way of writing."""

import pytest

from cms.transfer.links import Links
from tests.transfer.conftest import media_by_name


def jekyll(
    foreign, head: str = "", path: str = "_posts/2024-05-06-Dusk-Light.md", config: str = "title: Lantern"
):
    foreign.put("_config.yml", config).put(path, f"---\ntitle: Dusk\n{head}\n---\nText")
    return foreign.draft()


@pytest.mark.parametrize(
    ("head", "config", "address"),
    [
        ("", "title: x", "2024/05/06/Dusk-Light.html"),
        ("categories: [Lamps, Oil]", "title: x", "lamps/oil/2024/05/06/Dusk-Light.html"),
        ("categories: lamps oil", "title: x", "lamps/oil/2024/05/06/Dusk-Light.html"),
        ("", "permalink: pretty", "2024/05/06/Dusk-Light"),
        ("", "permalink: none", "Dusk-Light.html"),
        ("", "permalink: ordinal", "2024/127/Dusk-Light.html"),
        ("", "permalink: /news/:year/:i_month/:title/", "news/2024/5/Dusk-Light"),
        ("permalink: /late/", "permalink: pretty", "late"),
        ("permalink: /:year/:slug/", "title: x", "2024/dusk-light"),
    ],
)
def test_the_old_address_follows_the_permalink(foreign, head, config, address):
    assert jekyll(foreign, head, config=config).old_addresses == [address]


def test_redirects_from_elsewhere_are_old_addresses_too(foreign):
    assert jekyll(foreign, "redirect_from: [/a/, /b.html]").old_addresses[1:] == ["a", "b.html"]


def test_slug_and_date_come_from_the_file_name(foreign):
    draft = jekyll(foreign)
    assert (draft.slug, draft.date.isoformat()[:10]) == ("dusk-light", "2024-05-06")


@pytest.mark.parametrize(
    ("tags", "names"), [("lamp oil", ["lamp", "oil"]), ("lamp, night light", ["lamp", "night light"])]
)
def test_tags_in_one_text_are_split(foreign, tags, names):
    assert jekyll(foreign, f"tags: {tags}").tags == names


def test_what_is_not_published_is_a_draft(foreign):
    assert jekyll(foreign, "published: false").is_draft
    assert jekyll(foreign, path="_drafts/dim.md").is_draft


def test_pages_outside_the_posts_are_pages(foreign):
    foreign.put("_config.yml", "title: x").put("about.md", "---\ntitle: About\n---\nText").put(
        "README.md", "# Not it"
    )
    assert [(draft.kind, draft.path) for draft in foreign.read().drafts] == [("page", "about/")]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{% highlight ruby linenos %}\nputs `x`\n{% endhighlight %}", "```ruby\nputs `x`\n```"),
        ("{% raw %}{{ kept }} {% kept %}{% endraw %}", "{{ kept }} {% kept %}"),
        ("```\n{% raw %}\n{{ kept }}\n{% endraw %}\n```", "```\n{{ kept }}\n```"),
        (
            "```\n{% raw %}{{ kept }}{% endraw %}\n```\n\nAfter",
            "```\n{{ kept }}\n```\n\nAfter",
        ),
        (
            "Above\n\n{% raw %}\n```html\n{{ b }}\n```\n{% endraw %}\n\nBelow",
            "Above\n\n```html\n{{ b }}\n```\n\nBelow",
        ),
        ("a {% raw %}{{ b }}{% endraw %}\nc", "a {{ b }}\nc"),
        (
            "## Oil {: #lamp .wide}\n\n### Wick\n{: .wide #dim}\n\nText",
            "## Oil {#lamp}\n\n### Wick {#dim}\n\nText",
        ),
        ("![a]({{ site.baseurl }}/a.png)", "![a](/a.png)"),
        ("![a]({{ '/a.png' | relative_url }})", "![a](/a.png)"),
        ("{{ page.title }}!", "Dusk!"),
        ("Text\n{:.wide #lamp}\n\nMore{: .x}.", "Text\n\nMore."),
        ("* toc\n{:toc}\n\nText", "Text"),
        ("a{% comment %} hidden {% endcomment %}b", "ab"),
        ('{% include figure.html src="a.png" alt="A lamp" %}', "![A lamp](a.png)"),
        ('{% include youtube.html id="abc" %}', "(https://www.youtube.com/watch?v=abc)"),
        ("50 {% of } it", "50 {% of } it"),
    ],
)
def test_liquid_becomes_markdown(body, text, result):
    assert body("jekyll", text) == result or result in body("jekyll", text)


def test_an_include_is_told(foreign):
    foreign.put("_posts/2024-05-06-dusk.md", "---\nlayout: post\n---\na {% include odd.html %} b")
    assert "include odd.html" in foreign.read().remarks[0].text


def test_the_text_above_the_mark_is_the_summary(foreign):
    foreign.put(
        "_posts/2024-05-06-dusk.md", "---\nlayout: post\n---\nA *short* start.\n\n<!--more-->\n\nThe rest."
    )
    draft = foreign.draft()
    assert draft.summary.strip() == "A short start."
    assert "more" not in draft.body


def test_links_between_posts_lead_to_the_new_address(foreign):
    foreign.put("_config.yml", "url: https://lantern.example")
    foreign.put(
        "_posts/2024-05-06-dusk.md",
        "[a]({% post_url 2024-05-07-dawn %}) <https://lantern.example/2024/05/07/dawn.html>",
    )
    foreign.put(
        "_posts/2024-05-07-dawn.md",
        "[a](/2024/05/06/dusk.html#x) [b](https://other.example/2024/05/06/dusk.html)",
    )
    reading = foreign.read()
    texts = [Links(reading).rewrite(draft, media_by_name) for draft in reading.drafts]
    assert texts[0] == "[a](/blog/dawn/) [https://lantern.example/2024/05/07/dawn.html](/blog/dawn/)"
    assert texts[1] == "[a](/blog/dusk/#x) [b](https://other.example/2024/05/06/dusk.html)"
