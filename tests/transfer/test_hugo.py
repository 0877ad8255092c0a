"""Hugo's way of writing."""

from datetime import UTC, datetime

import pytest

HUGO = 'baseURL = "https://lantern.example/"\n'


def hugo(foreign, head: str, path: str = "content/posts/Dusk Light.md", config: str = HUGO):
    foreign.put("hugo.toml", config).put(path, f"---\ntitle: Dusk\ndate: 2024-05-06\n{head}\n---\nText")
    return foreign.draft()


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("", "posts/dusk-light"),
        ("slug: Late", "posts/late"),
        ("url: /elsewhere/late.html", "elsewhere/late.html"),
    ],
)
def test_the_old_address_follows_hugos_rules(foreign, head, address):
    assert hugo(foreign, head).old_addresses == [address]


def test_a_pattern_in_the_configuration_makes_the_address(foreign):
    config = HUGO + '[permalinks]\nposts = "/:year/:month/:slug/"\n'
    assert hugo(foreign, "", config=config).old_addresses == ["2024/05/dusk-light"]


def test_aliases_are_rooted_or_beside_the_page(foreign):
    draft = hugo(foreign, "aliases: [/old/dusk/, dim]")
    assert draft.old_addresses == ["posts/dusk-light", "old/dusk", "posts/dim"]


def test_a_bundle_is_called_like_its_folder(foreign):
    assert hugo(foreign, "", "content/posts/dawn/index.md").old_addresses == ["posts/dawn"]


def test_draft_and_expiry_are_kept(foreign):
    draft = hugo(foreign, "draft: true\nexpiryDate: 2030-01-01\npublishDate: 2024-06-01")
    assert draft.is_draft
    assert draft.expires_at == datetime(2030, 1, 1, tzinfo=UTC)
    assert draft.opens_at == datetime(2024, 6, 1, tzinfo=UTC)


def test_a_cover_with_its_alternative_text_is_found(foreign):
    draft = hugo(foreign, "cover:\n  image: lamp.png\n  alt: A lamp")
    assert (draft.cover, draft.cover_alt) == ("lamp.png", "A lamp")


def test_an_undated_file_at_the_root_is_a_page(foreign):
    foreign.put("hugo.toml", HUGO).put("content/about.md", "---\ntitle: About\n---\nText")
    foreign.put("content/help/_index.md", "---\ntitle: Help\n---\nText")
    foreign.put("content/help/lamps.md", "---\ntitle: Lamps\ntype: page\n---\nText")
    paths = {draft.path: draft.kind for draft in foreign.read().drafts}
    assert paths == {"about/": "page", "help/": "page", "help/lamps/": "page"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (
            '{{< figure src="a b.png" alt="A [lamp]" caption="Say \\"hi\\"" >}}',
            '![A \\[lamp\\]](<a b.png> "Say \\"hi\\"")',
        ),
        ("{{< youtube abc >}}", "[https://www.youtube.com/watch?v=abc](https://www.youtube.com/watch?v=abc)"),
        ('{{< youtube "https://youtu.be/a?b=c" >}}', "(https://youtu.be/a?b=c)"),
        (
            "{{< gist spf13 7896402 >}}",
            "[https://gist.github.com/spf13/7896402](https://gist.github.com/spf13/7896402)",
        ),
        ('{{< gist user="spf13" id="7896402" >}}', "(https://gist.github.com/7896402)"),
        ('{{% param "title" %}}!', "Dusk!"),
        ('{{% tip title="When" %}}\nNow.\n{{% /tip %}}', "::: tip When\nNow.\n:::"),
        ("{{< warning >}}Hot!{{< /warning >}}", "::: warning\nHot!\n:::"),
        ('{{< callout type="danger" >}}Hot!{{< /callout >}}', "::: warning\nHot!\n:::"),
        ('{{< details "More" >}}x{{< /details >}}', "<details>\n<summary>More</summary>\n\nx\n\n</details>"),
        ('{{< highlight go "linenos=table" >}}\nx := `1`\n{{< /highlight >}}', "```go\nx := `1`\n```"),
        ("{{< highlight text >}}\n```\n{{< /highlight >}}", "````text\n```\n````"),
        ("`{{</* figure */>}}`", "`{{< figure >}}`"),
        ("{{< strange >}}kept{{< /strange >}}", "kept"),
        ("{{< tip >}}never closed", "never closed"),
        ("{{< /tip >}}never opened", "never opened"),
    ],
)
def test_shortcodes_become_markdown(body, text, result):
    assert result in body("hugo", text)


def test_callouts_in_callouts_keep_their_borders(body):
    text = "{{% tip %}}\na\n{{% note %}}b{{% /note %}}\nc\n{{% /tip %}}"
    lines = [line for line in body("hugo", text).split("\n") if line]
    assert lines == [":::: tip", "a", "::: note", "b", ":::", "c", "::::"]


def test_shortcodes_a_hundred_deep_come_to_an_end(body):
    text = body("hugo", "{{% tip %}}\n" * 100 + "x" + "\n{{% /tip %}}" * 100)
    assert "x" in text
    assert ":" * 30 not in text


def test_an_unknown_shortcode_is_told_once(foreign):
    foreign.put("a.md", "---\ntitle: A\ndraft: true\n---\n{{< odd >}} {{< odd >}}")
    remarks = {str(remark) for remark in foreign.read().remarks}
    assert remarks == {"a.md: the shortcode “odd” is unknown here: left out"}


def test_a_parameter_that_the_page_lacks_is_told(foreign):
    foreign.put("a.md", '---\ntitle: A\ndraft: true\n---\nx {{% param "odd" %}} y {{< param "title" >}}')
    remarks = [str(remark) for remark in foreign.read().remarks]
    assert remarks == ["a.md: the parameter “odd” is not in its front matter: left out"]


def test_references_lead_to_the_new_address(foreign):
    foreign.put(
        "posts/dusk.md",
        '---\ntitle: Dusk\n---\n[a]({{< ref "dawn.md#light" >}}) [b]({{% relref "/posts/dawn" %}})',
    )
    foreign.put("posts/dawn.md", "---\ntitle: Dawn\ndraft: true\n---\nText")
    assert foreign.text("posts/dusk.md") == "[a](/blog/dawn/#light) [b](/blog/dawn/)"
