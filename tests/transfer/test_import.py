"""`flask import markdown`: what is in the site afterwards, the first time and again."""

import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from cms.db import session, unit_of_work
from cms.models import Event, Media, Page, Post, Redirect, Setting
from cms.models.base import now
from cms.models.entry import Entry

DUSK = """+++
title = "Dusk"
path = "2024/05/06/dusk"
authors = ["Ada Lumen", "Bo Wick"]
aliases = ["old/dusk.html"]
description = "When lamps are lit."
[taxonomies]
tags = ["oil"]
categories = ["Lamps"]
[extra]
cover = "lamp.png"
image_alt = "A lamp"
+++
![a lamp](lamp.png) and [dawn](@/dawn.md)
"""


def picture(colour: str = "orange") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def run(app, foreign):
    """Run the command on the foreign site; its result."""

    def command(*options: str):
        return app.test_cli_runner().invoke(
            catch_exceptions=False, args=["import", "markdown", str(foreign.folder), *options]
        )

    return command


@pytest.fixture
def lantern(foreign):
    foreign.put("dusk/index.md", DUSK).put("dusk/lamp.png", picture())
    return foreign.put("dawn.md", '+++\ntitle = "Dawn"\npath = "2024/05/07/dawn"\n+++\nText')


def post(path: str = "blog/dusk/") -> Post:
    return session.scalars(select(Post).where(Post.path == path)).one()


def counts(result) -> dict[str, int]:
    lines = [line.split() for line in result.stdout.splitlines() if line.startswith(" ")]
    return {name: int(number) for name, number in lines if int(number)}


def test_a_post_comes_in_with_all_it_has(lantern, run):
    result = run()
    assert (result.exit_code, counts(result)) == (0, {"imported": 2})
    found = post()
    assert (found.title, found.state, found.summary) == ("Dusk", "published", "When lamps are lit.")
    assert found.published_at == datetime(2024, 5, 6, tzinfo=UTC)
    assert [author.name for author in found.authors] == ["Ada Lumen", "Bo Wick"]
    assert ([tag.name for tag in found.tags], found.category.name) == (["oil"], "Lamps")
    assert (found.cover.width, found.cover_alt) == (4, "A lamp")
    assert found.body == f"![a lamp]({found.cover.url}) and [dawn](/blog/dawn/)"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/2024/05/06/dusk/", "/blog/dusk/"),
        ("/2024/05/06/dusk", "/blog/dusk/"),
        ("/old/dusk.html", "/blog/dusk/"),
        ("/2024/05/07/dawn", "/blog/dawn/"),
        ("/2024/05/06/dusk/lamp.png", "/media/"),
    ],
)
def test_old_addresses_lead_to_the_new_one(lantern, run, old, new):
    run()
    assert Redirect.answer_for(old).startswith(new)


def everything() -> list:
    rows = session.execute(select(Entry.id, Entry.path, Entry.updated_at, Entry.body, Entry.extra)).all()
    return [
        *rows,
        session.scalar(select(func.count(Event.id))),
        session.scalar(select(func.count(Redirect.id))),
    ]


def test_running_again_changes_nothing(lantern, run):
    run()
    before = everything()
    assert counts(run()) == {"unchanged": 2}
    assert everything() == before


def test_what_changed_at_the_source_is_updated_in_its_place(lantern, run):
    run()
    number = post().id
    lantern.put("dusk/index.md", DUSK.replace("When lamps", "As lamps").replace('["oil"]', '["oil", "wick"]'))
    assert counts(run()) == {"updated": 1, "unchanged": 1}
    assert (post().id, post().summary) == (number, "As lamps are lit.")
    assert [tag.name for tag in post().tags] == ["oil", "wick"]


def test_a_changed_picture_updates_the_posts_that_show_it(lantern, run):
    run()
    before = post().cover.url
    lantern.put("dusk/lamp.png", picture("blue"))
    assert counts(run()) == {"updated": 1, "unchanged": 1}
    assert post().cover.url != before
    assert post().cover.url in post().body


def test_a_picture_added_to_the_folder_comes_in_later(lantern, run):
    run()
    lantern.put("dusk/wick.png", picture() + b"more")
    assert counts(run()) == {"updated": 1, "unchanged": 1}
    assert Redirect.answer_for("/2024/05/06/dusk/wick.png").startswith("/media/")


def test_a_later_moment_of_publishing_schedules(foreign, run):
    later = now() + timedelta(days=9)
    foreign.put("a.md", f"---\ntitle: A\ndate: 2024-01-02\npublishDate: {later.isoformat()}\n---\nText")
    run()
    assert post("blog/a/").state == "scheduled"


def test_what_was_edited_here_is_left_alone(lantern, run):
    run()
    with unit_of_work():
        post().revise(by=None, body="By hand.")
    assert counts(run()) == {"unchanged": 2}
    lantern.put("dusk/index.md", DUSK.replace("When lamps", "As lamps"))
    result = run()
    assert counts(result) == {"conflict": 1, "unchanged": 1, "warnings": 1}
    assert "dusk/index.md: it changed in the source, but /blog/dusk/ was edited here" in result.stderr
    assert post().body == "By hand."


def test_what_was_removed_here_does_not_come_back(lantern, run):
    run()
    with unit_of_work():
        post().remove(by=None)
    assert counts(run()) == {"unchanged": 2}
    assert session.scalars(select(Post).where(Post.path == "blog/dusk/")).all() == []
    lantern.put("dusk/index.md", DUSK.replace("When lamps", "As lamps"))
    result = run()
    assert counts(result) == {"conflict": 1, "unchanged": 1, "warnings": 1}
    assert "is in the trash here" in result.stderr


def test_a_new_post_of_the_same_name_gets_a_number_and_the_old_one_keeps_its_address(lantern, run):
    run()
    lantern.put("a/dusk.md", '+++\ntitle = "Other dusk"\ndate = 2024-05-08\n+++\nText')
    assert counts(run()) == {"imported": 1, "unchanged": 2}
    assert (post().title, post("blog/dusk-2/").title) == ("Dusk", "Other dusk")


def test_an_unreadable_file_is_named_and_the_others_come_in(lantern, run):
    lantern.put("broken.md", "+++\ntitle = \n+++\n").put("latin.md", b"caf\xe9")
    result = run()
    assert (result.exit_code, counts(result)) == (1, {"imported": 2, "failed": 2})
    assert "failed: broken.md:2: its front matter is no TOML" in result.stderr
    assert "failed: latin.md:1: it is not UTF-8 (byte 0xe9)" in result.stderr


def test_what_the_site_refuses_is_named_too(lantern, run, monkeypatch):
    monkeypatch.setattr("cms.models.entry.LONGEST_BODY", 100)
    lantern.put("long.md", "# Long\n\n" + "word " * 100)
    result = run()
    assert (result.exit_code, counts(result)) == (1, {"imported": 2, "failed": 1})
    assert "failed: long.md:1: The text is longer than 100 characters." in result.stderr


FAULTS = [
    (ValueError("an odd value"), "an odd value"),
    (OverflowError("too large"), "it holds a number beyond measure (too large)"),
    (OSError(5, "Input/output error"), "the system will not read or keep it (Input/output error)"),
    (
        OperationalError("SELECT 1", {}, Exception("locked\nand more")),
        "the database does not take it (locked)",
    ),
]


@pytest.mark.parametrize(("fault", "reason"), FAULTS)
def test_a_text_that_fails_is_named_and_the_others_come_in(lantern, run, monkeypatch, fault, reason):
    written = Post.write

    def write(**fields):
        if fields["title"] == "Dawn":
            raise fault
        return written(**fields)

    monkeypatch.setattr(Post, "write", write)
    result = run()
    assert (result.exit_code, counts(result)) == (1, {"imported": 1, "failed": 1})
    assert f"failed: dawn.md:1: {reason}\n" in result.stderr
    assert post().title == "Dusk"


@pytest.mark.parametrize(("fault", "reason"), FAULTS)
def test_a_picture_that_fails_is_told_and_its_text_comes_in(lantern, run, monkeypatch, fault, reason):
    def store(*_args, **_options):
        raise fault

    monkeypatch.setattr(Media, "store", store)
    result = run()
    assert (result.exit_code, counts(result)) == (0, {"imported": 2, "warnings": 1})
    assert f"the file lamp.png was left out: {reason}\n" in result.stderr


def test_what_the_database_does_not_take_is_named_and_the_others_come_in(lantern, run, monkeypatch):
    monkeypatch.setattr(Post, "_opening", None)  # a column that must hold something
    lantern.put("dusk/index.md", DUSK.replace("description =", "subject ="))
    lantern.put("dawn.md", '+++\ntitle = "Dawn"\ndescription = "Light."\n+++\nText')
    result = run()
    assert (result.exit_code, counts(result)) == (1, {"imported": 1, "failed": 1})
    assert "failed: dusk/index.md:1: the database does not take it (" in result.stderr
    assert "INSERT" not in result.stderr


def test_an_old_address_that_is_none_costs_only_its_own_text(lantern, run):
    lantern.put("odd.md", '+++\ntitle = "Odd"\naliases = ["http://[lamp/a"]\n+++\nText')
    lantern.put("link.md", "# Link\n\n[lamp](http://[lamp/a)")
    result = run()
    assert (result.exit_code, counts(result)) == (1, {"imported": 3, "failed": 1})
    assert "failed: odd.md:1: it holds what can't be read (Invalid IPv6 URL)" in result.stderr
    assert post().title == "Dusk"


def test_the_date_of_the_last_change_is_that_of_the_source(foreign, run, client):
    foreign.put("a.md", "---\ntitle: A\ndate: 2024-05-06\nlastmod: 2024-06-07\n---\nText")
    run()
    found = post("blog/a/")
    assert (found.updated_at, "updated" in found.extra) == (datetime(2024, 6, 7, tzinfo=UTC), False)
    assert '"dateModified":"2024-06-07T00:00:00+00:00"' in client.get("/blog/a/").text
    for address in ("/atom.xml", "/sitemap-1.xml"):
        assert "2024-06-07T00:00:00+00:00" in client.get(address).text, address
    foreign.put("a.md", "---\ntitle: A\ndate: 2024-05-06\nlastmod: 2024-06-07\n---\nMore text")
    assert counts(run()) == {"updated": 1}
    assert post("blog/a/").updated_at == datetime(2024, 6, 7, tzinfo=UTC)


def test_what_names_no_change_was_last_changed_when_it_appeared(foreign, run):
    foreign.put("a.md", "---\ntitle: A\ndate: 2024-05-06\n---\nText")
    foreign.put("b.md", "---\ntitle: B\ndate: 2024-05-06\nlastmod: 2023-01-01\n---\nText")
    run()
    assert {post(f"blog/{slug}/").updated_at for slug in "ab"} == {datetime(2024, 5, 6, tzinfo=UTC)}
    foreign.put("a.md", "---\ntitle: A\ndate: 2024-05-06\n---\nMore text")
    assert counts(run()) == {"unchanged": 1, "updated": 1}
    assert now() - post("blog/a/").updated_at < timedelta(minutes=5)


def test_dates_without_a_zone_are_in_that_of_the_site(foreign, run):
    with unit_of_work():
        Setting.change("timezone", "Europe/Berlin", by=None)
    foreign.put("a.md", "---\ntitle: A\ndate: 2024-07-06 12:00\n---\nText")
    run()
    assert post("blog/a/").published_at == datetime(2024, 7, 6, 10, tzinfo=UTC)


def test_a_dry_run_tells_all_and_writes_nothing(lantern, run):
    lantern.put("broken.md", "+++\ntitle = \n+++\n")
    result = run("--dry-run")
    assert (result.exit_code, counts(result)) == (1, {"imported": 2, "failed": 1})
    assert session.scalar(select(func.count(Entry.id))) == 0


def test_drafts_stay_drafts_and_the_future_is_scheduled(foreign, run):
    later = (now() + timedelta(days=9)).isoformat()
    foreign.put("a.md", "---\ntitle: A\ndraft: true\ndate: 2024-01-02\n---\nText")
    foreign.put("b.md", f"---\ntitle: B\ndraft: false\ndate: {later}\n---\nText")
    foreign.put("c.md", f"---\ntitle: C\ndate: 2024-01-02\nexpiryDate: {later}\n---\nText")
    foreign.put("d.md", "---\ntitle: D\ndate: 2024-01-02\nexpiryDate: 2024-02-02\n---\nText")
    run()
    states = {title: post(f"blog/{title}/").state for title in "abcd"}
    assert states == {"a": "draft", "b": "scheduled", "c": "published", "d": "archived"}


def test_a_draft_that_is_finished_at_the_source_appears(foreign, run):
    foreign.put("a.md", "---\ntitle: A\ndraft: true\n---\nText")
    run()
    foreign.put("a.md", "---\ntitle: A\ndate: 2024-01-02\n---\nText")
    assert counts(run()) == {"updated": 1}
    assert post("blog/a/").state == "published"


def test_pages_come_in_as_a_tree(foreign, run):
    foreign.put("hugo.toml", 'baseURL = "https://lantern.example"')
    foreign.put("content/help/_index.md", "---\ntitle: Help\nmenu: main\n---\nText")
    foreign.put("content/help/lamps.md", "---\ntitle: Lamps\ntype: page\n---\n[up](/help/)")
    assert counts(run()) == {"imported": 2}
    page = session.scalars(select(Page).where(Page.path == "help/lamps/")).one()
    assert (page.parent.title, page.state, page.body) == ("Help", "published", "[up](/help/)")
    assert counts(run()) == {"unchanged": 2}


def test_everything_can_come_in_as_pages(lantern, run):
    assert counts(run("--as", "pages")) == {"imported": 2}
    assert session.scalar(select(func.count(Page.id))) == 2


def test_a_page_does_not_take_an_address_of_the_site(foreign, run):
    foreign.put("hugo.toml", 'baseURL = "https://lantern.example"')
    run_result = foreign.put("content/blog.md", "---\ntitle: Blog\n---\nText") and run()
    assert counts(run_result) == {"imported": 1}
    assert session.scalars(select(Page.path)).one() == "blog-2/"


def test_an_author_is_given_to_what_names_nobody(lantern, run):
    run("--author", "Cleo Taper")
    assert [author.name for author in post("blog/dawn/").authors] == ["Cleo Taper"]
    assert len(post().authors) == 2


def test_an_undated_post_is_dated_once(foreign, run):
    foreign.put("lamp.md", "# Lamp\n\nText")
    run()
    before = post("blog/lamp/").published_at
    assert now() - before < timedelta(minutes=5)
    foreign.put("lamp.md", "# Lamp\n\nMore text")
    assert counts(run()) == {"updated": 1}
    assert post("blog/lamp/").published_at == before


def test_a_picture_that_is_none_is_told_and_left_out(foreign, run):
    foreign.put("a/index.md", "# Lamp\n\n![x](lamp.png)").put("a/lamp.png", b"<html>")
    result = run()
    assert counts(result) == {"imported": 1, "warnings": 1}
    assert "the file lamp.png was left out" in result.stderr


def test_a_name_that_cannot_be_a_tag_is_told_and_left_out(foreign, run):
    foreign.put("a.md", "---\ntitle: A\ntags: ['***', oil]\n---\nText")
    assert counts(run()) == {"imported": 1, "warnings": 1}
    assert [tag.name for tag in post("blog/a/").tags] == ["oil"]


def test_an_empty_folder_is_an_error(foreign, run):
    foreign.put("picture.png", b"x")
    result = run()
    assert result.exit_code == 1
    assert "There is no Markdown file" in result.output


@pytest.mark.parametrize(
    "head",
    [
        f"+++\ntitle = 'A'\nodd = {'1' * 5000}\n+++",
        f"+++\ntitle = 'A'\nodd = 0x{'f' * 5000}\n+++",
        f"+++\ntitle = 'A'\nodd = [{{a = 0x{'f' * 5000}}}]\n+++",
        f"---\ntitle: A\nodd: !!int 0x{'f' * 5000}\n---",
        f"---\ntitle: A\nodd: !!int 1{':10' * 3000}\n---",
        f"---\ntitle: A\n? !!int 0x{'f' * 5000}\n: x\n---",
    ],
)
def test_a_number_beyond_measure_is_told_and_the_others_come_in(foreign, run, head):
    foreign.put("a.md", f"{head}\nText").put("b.md", "# B\n\nText")
    result = run()
    assert (result.exit_code, counts(result)) == (1, {"imported": 1, "failed": 1})
    assert "failed: a.md:" in result.stderr
    assert "number" in result.stderr


def test_links_to_themselves_are_told_and_the_others_come_in(foreign, run):
    foreign.put("b.md", "# B\n\nText")
    for name in ("a.md", "a.png"):
        (foreign.folder / name).symlink_to(name)
    result = run()
    assert (result.exit_code, counts(result)) == (1, {"imported": 1, "failed": 1, "warnings": 1})
    assert "failed: a.md:1: a symbolic link to itself" in result.stderr
    assert "warning: a.png: a symbolic link to itself: not read" in result.stderr


def test_names_that_are_no_text_are_told_and_the_others_come_in(foreign, run):
    foreign.put("a/index.md", "# A\n\n![x](lamp.png)").put("a/lamp.png", picture())
    for name, content in ((b"l\xe4mp.png", picture()), (b"l\xe4mp.md", b"# Lamp")):
        with open(os.fsencode(foreign.folder / "a") + b"/" + name, "wb") as file:
            file.write(content)
    result = run()
    assert (result.exit_code, counts(result)) == (1, {"imported": 1, "failed": 1, "warnings": 1})
    assert "failed: a/l\ufffdmp.md:1: its name is not UTF-8" in result.stderr
    assert "warning: a/l\ufffdmp.png: its name is not UTF-8: not read" in result.stderr


def test_a_damaged_picture_is_told_and_its_text_comes_in(foreign, run):
    stream = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(stream, "AVIF")
    damaged = stream.getvalue()[:81] + b"\xff\xff" + stream.getvalue()[83:]
    foreign.put("a/index.md", "# A\n\n![x](lamp.avif)").put("a/lamp.avif", damaged)
    result = run()
    assert counts(result) == {"imported": 1, "warnings": 1}
    assert "the file lamp.avif was left out" in result.stderr
