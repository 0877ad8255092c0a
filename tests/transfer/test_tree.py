"""Folders that somebody else made."""

import os

from cms.transfer import tree


def test_the_title_is_the_first_heading_or_the_name(foreign):
    foreign.put("a.md", "# The *lamp* `oil` [x](y)\n\nText").put("the-second_one.md", "Text")
    drafts = foreign.read().drafts
    assert [draft.title for draft in drafts] == ["The lamp oil x", "The second one"]
    assert [draft.body for draft in drafts] == ["Text", "Text"]


def test_a_heading_that_repeats_the_title_goes(foreign):
    foreign.put("a.md", "---\ntitle: The Lamp\n---\n# The Lamp\n\n# Another")
    assert foreign.draft().body == "# Another"


def test_links_out_of_the_folder_are_not_followed(foreign, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "secret.md").write_text("# Secret")
    foreign.put("a.md", "# Lamp")
    os.symlink(tmp_path / "secret.md", foreign.folder / "b.md")
    os.symlink(tmp_path / "more", foreign.folder / "c")
    reading = foreign.read()
    assert [draft.title for draft in reading.drafts] == ["Lamp"]
    assert [str(remark) for remark in reading.remarks] == [
        "b.md: a symbolic link that leads out of the folder: not read"
    ]


def test_too_large_a_text_is_refused_and_the_others_come_in(foreign, monkeypatch):
    monkeypatch.setattr(tree, "LARGEST_TEXT", 2**20)
    reading = foreign.put("a.md", "x" * 2**21).put("b.md", "# Lamp").read()
    assert [str(failure) for failure in reading.failures] == ["a.md:1: it is larger than 1 MB"]
    assert len(reading.drafts) == 1


def test_hidden_folders_and_templates_are_no_content(foreign):
    for folder in (".git", "node_modules", "_layouts", "_site"):
        foreign.put(f"{folder}/a.md", "# No")
    assert foreign.read().drafts == []


def test_each_file_is_read_in_its_own_dialect(foreign):
    foreign.put("zola.md", '+++\ntitle = "Z"\npath = "2024/01/02/z"\n[extra]\n+++\nText')
    foreign.put("hugo.md", "---\ntitle: H\ndraft: false\ndate: 2024-01-02\n---\n{{< tip >}}x{{< /tip >}}")
    foreign.put(
        "_posts/2024-01-02-jekyll.md", "---\nlayout: post\n---\n{% highlight c %}\nx\n{% endhighlight %}"
    )
    found = {draft.source: draft.old_addresses for draft in foreign.read().drafts}
    assert found == {
        "zola.md": ["2024/01/02/z"],
        "hugo.md": ["hugo"],
        "_posts/2024-01-02-jekyll.md": ["2024/01/02/jekyll.html"],
    }


def test_escapes_bring_no_control_characters_in(foreign):
    foreign.put("a.md", '---\ntitle: "La\\0mp\\uD800"\naliases: ["/a%00b"]\nodd: "\\0"\n---\nText')
    draft = foreign.draft()
    assert draft.title == "Lamp"
    assert draft.old_addresses[-1] == "ab"
    assert draft.extra == {"odd": ""}
