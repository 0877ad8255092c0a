"""The publish check: what it finds in a text, on which line, and how it is mended."""

from time import process_time

import pytest
from flask_login import login_user

from cms import markup
from cms.admin.proofreading import Remark, Sheet, apply_fix, proofread
from cms.admin.proofreading.addresses import pictures_called
from cms.db import session
from cms.models import Category, Media, Redirect
from tests.factories import make_page, make_post, make_user, soon

DOT = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context(headers={"Cookie": "any=one"}):
        login_user(make_user("alice"))
        yield


def sheet(body: str = "", **fields) -> Sheet:
    return Sheet.typed({"title": "Low water", "summary": "Of tides.", "body": body, **fields})


def found(body: str = "", **fields) -> list[Remark]:
    return proofread(sheet(body, **fields))


def lines(findings: list[Remark]) -> list[tuple[str, int | None]]:
    return [(finding.kind, finding.line) for finding in findings]


def test_in_a_good_text_there_is_nothing_to_mend():
    make_post(slug="tide")
    picture = Media.store(DOT, "dot.svg", by=None).url
    body = f"Read [this](/blog/tide/).\n\n## Then\n\n### And\n\n![A dot]({picture})\n\n[Back](#then)"
    assert found(body) == []


def test_an_entry_is_proofread_as_it_is():
    post = make_post(body="## A\n\n#### B", summary="")
    assert {finding.kind for finding in proofread(post)} == {"heading", "summary"}


@pytest.mark.parametrize(
    ("title", "what"),
    [("", "There is no title."), (" \n", "There is no title."), ("x" * 71, "The title has 71 characters")],
)
def test_a_title_that_will_not_do(title, what):
    [finding] = found(title=title)
    assert (finding.kind, finding.line) == ("title", None)
    assert finding.what.startswith(what)


def test_an_empty_summary_can_be_taken_from_the_first_sentences():
    body = "# Title\n\nThe *tide* went out. It stayed out! " + "And then it came back again. " * 20
    [finding] = [finding for finding in found(body, summary=" ") if finding.kind == "summary"]
    assert finding.fixed.startswith("The tide went out. It stayed out! And then it came back again.")
    assert len(finding.fixed) <= 200
    assert finding.fixed.endswith("again.")
    typed = {"title": "Low water", "summary": "", "body": body, "slug": "kept"}
    assert apply_fix(typed, finding.fix) == {**typed, "summary": finding.fixed}


def test_an_endless_first_sentence_is_cut_between_words():
    [finding] = found("water " * 200, summary="")
    assert len(finding.fixed) <= 201
    assert finding.fixed.endswith("water…")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Look:\n\n![](/media/x.png)", 3),
        ("Look:\nhere ![ ](</media/x y.png> 'Boat')\n", 2),
        ("- one\n- two\n  ![](x.png)", 3),
        ("| a | b |\n|---|---|\n| c | ![](x.png) |", 3),
        ("> quoted\n>\n> ![](x.png)", 3),
        ("[![](x.png)](https://example.org)", 1),
        ('text\n\n<img src="/media/x.png">', 3),
        ("<figure>\n<img\n src=x.png></figure>", 2),
        ('inside <img src="x.png"> a line', 1),
        ("one\r\n\r\n![](x.png)", 3),
    ],
)
def test_a_picture_without_a_description_is_found_on_its_line(body, line):
    assert ("picture", line) in lines(found(body))


@pytest.mark.parametrize(
    "body",
    [
        "![A boat](x.png)",
        "`![](x.png)`",
        "``a ` ![](x.png)``",
        "```\n![](x.png)\n```",
        "    ![](x.png)",
        "\\![](x.png)",
        '<img src="x.png" alt="">',
    ],
)
def test_what_is_described_decorative_or_code_is_left_alone(body):
    assert "picture" not in {finding.kind for finding in found(body)}


def test_a_decorative_picture_needs_no_words():
    dot = Media.store(DOT, "dot.svg", by=None)
    dot.decorative = True
    assert found(f"![]({dot.url})") == []
    assert proofread(make_post(summary="S", cover=dot)) == []


def test_the_words_kept_with_a_picture_can_be_put_in():
    dot = Media.store(DOT, "dot.svg", by=None)
    dot.alt = "A [red] dot"
    [finding] = found(f"See ![]({dot.url}) and more.")
    assert finding.fixed == f"See ![A \\[red\\] dot]({dot.url}) and more."
    assert "picture" not in {finding.kind for finding in found(finding.fixed)}


def test_a_heading_with_the_level_of_the_title_is_told():
    [finding] = found("# Part one\n\ntext")
    assert (finding.kind, finding.line, finding.excerpt, finding.fixed) == (
        *("heading", 1, "# Part one", "## Part one"),
    )


def test_a_skipped_level_is_told_where_it_happens():
    assert lines(found("## A\n\n#### B\n\n#### C\n\n## D\n\n### E")) == [("heading", 3)]
    assert lines(found("text\n\n### First")) == [("heading", 3)]
    assert lines(found("## A\n\n### B\n\n## C")) == []
    assert lines(found("# A\n\n### B")) == [("heading", 1)]


def test_an_underlined_heading_is_told_and_rewritten():
    [finding] = found("Part one\n========\n\ntext")
    assert (finding.line, finding.fixed) == (1, "## Part one")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# A\n\n## B\n\n# C", "## A\n\n### B\n\n## C"),
        ("## A\n\n#### B\n\n#### C ####", "## A\n\n### B\n\n### C ####"),
        ("A\n===\n\ntext\n\nB\n---\n", "## A\n\ntext\n\n### B\n"),
        ("# A\n\n```\n# no heading\n```\n\n> # B", "## A\n\n```\n# no heading\n```\n\n> ## B"),
    ],
)
def test_all_headings_are_set_to_the_levels_at_which_they_are_shown(before, after):
    fixed = apply_fix({"title": "T", "summary": "S", "body": before}, "1:heading") | {"title": "T"}
    if fixed["body"] == before:
        fixed = apply_fix({"title": "T", "summary": "S", "body": before}, "3:heading")
    assert fixed["body"] == after
    assert markup.render(after).html == markup.render(before).html


@pytest.mark.parametrize(
    "address",
    [
        "/blog/tide/",
        "/blog/tide",
        "http://broadside.test/blog/tide/?a#b",
        "/about",
        "/about/",
        "/",
        "/feed.xml",
    ]
    + [
        "/tag/sea/",
        "/tag/sea/feed.xml",
        "/category/news/",
        "/series/lamps/",
        "/author/ann/",
        "/blog/2025/01/",
    ]
    + [
        "https://example.org/blog/none/",
        "mailto:a@example.org",
        "tel:+123",
        "//example.org/x",
        "/search/?q=a",
    ]
    + ["/login", "/tags/", "/caf%C3%A9/"],
)
def test_a_link_that_leads_somewhere_is_left_alone(address):
    make_post(slug="tide", tags=["Sea"], authors=["Ann"], category="News", series="Lamps")
    make_page(slug="about")
    make_page(slug="cafe").path = "café/"
    assert found(f"A [link]({address}) here.") == []


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/blog/none/", "leads nowhere"),
        ("/none/", "leads nowhere"),
        ("http://broadside.test/none", "leads nowhere"),
        ("//broadside.test/none", "leads nowhere"),
        ("../none/", "leads nowhere"),
        ("none.html", "leads nowhere"),
        ("/tag/none/", "leads nowhere"),
        ("/category/none/", "leads nowhere"),
        ("/series/none/feed.xml", "leads nowhere"),
        ("/media/0123456789abcdef/none.png", "leads nowhere"),
        ("/blog/draft/", "is not published"),
        ("/blog/later/", "is not published"),
        ("/blog/gone/", "was removed"),
        ("/blog/trashed/", "in the trash"),
        ("/admin/", "readers can’t open"),
        ("/preview/x", "readers can’t open"),
        ("/blog/one/", "leads to an old address"),
        ("/old/", "leads to an old address"),
    ],
)
def test_a_dead_link_is_told(address, what):
    make_post(slug="draft", published=False)
    make_post(slug="later", at=soon(hours=1))
    make_post(slug="trashed").remove(by=None)
    make_post(slug="one").revise(by=None, slug="two")
    Redirect.put("/blog/gone/", status=410, by=None)
    Redirect.put("/old/", target="/blog/two/", by=None)
    [finding] = found(f"text\n\nA [link]({address}) here.")
    assert (finding.kind, finding.line) == ("link", 3)
    assert what in finding.what
    assert address in finding.what


@pytest.mark.parametrize("slug", ["draft", "later", "sent", "withdrawn", "trashed", "old"])
def test_of_a_text_that_the_writer_may_not_see_nothing_is_told(slug):
    make_post(slug="draft", published=False)
    make_post(slug="later", at=soon(hours=1))
    make_post(slug="sent", published=False).submit(by=None)
    make_post(slug="withdrawn").withdraw(by=None)
    make_post(slug="trashed", published=False).remove(by=None)
    make_post(slug="old", published=False).revise(by=None, slug="new")
    login_user(make_user("cara", "contributor"))
    [finding], [nothing] = found(f"[a](/blog/{slug}/)"), found("[a](/blog/none/)")
    assert finding.what == nothing.what.replace("none", slug)
    assert (finding.verdict, finding.advice) == (nothing.verdict, nothing.advice)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("See [it][ref].\n\n[ref]: /none/", 3),
        ("text\n\n[ref]: </none/> 'Title'\n\n[it][ref]", 3),
        ('<p>text\n<a class="x" href="/none/">it</a></p>', 2),
        ("See http://broadside.test/none, perhaps.", 1),
        ("See <http://broadside.test/none>.", 1),
        ("![A boat](/none.png)", 1),
        ("[a](https://example.org) [b](/none/)", 1),
        ("[text (x)](/none_(a)/)", 1),
        ("text[^1]\n\n[^1]: A [link](/none/)", 3),
    ],
)
def test_a_dead_link_is_found_however_it_is_written(body, line):
    assert lines(found(body)) == [("link", line)]


@pytest.mark.parametrize("body", ["`[a](/none/)`", "```\n[a](/none/)\n[b]: /none/\n```"])
def test_no_link_is_found_in_code(body):
    assert found(body) == []


def test_a_text_may_link_to_itself_before_it_is_published():
    post = make_post(
        published=False, slug="tide", summary="S", body="[Here](/blog/tide/#top) and [there](./)"
    )
    assert proofread(post) == []


def test_an_old_address_is_replaced_by_the_new_one():
    make_post(slug="one").revise(by=None, slug="two")
    make_post(slug="three").revise(by=None, slug="four")
    body = "text\n\n[a](/blog/one/#part) [b](http://broadside.test/blog/three) [c](/blog/none/)"
    finding = next(finding for finding in found(body) if finding.fixed)
    assert finding.fixed == "[a](/blog/two/#part) [b](/blog/four/) [c](/blog/none/)"
    typed = {"title": "T", "summary": "S", "body": body.replace("\n", "\r\n")}
    assert apply_fix(typed, finding.fix)["body"] == f"text\n\n{finding.fixed}"


def test_a_place_in_the_text_is_known_by_its_heading():
    assert found("## The tide, again\n\n[a](#the-tide-again) [b](#The_Tide_Again)") == []
    [finding] = found("## The tide\n\n[a](#the-ebb)")
    assert (finding.kind, finding.line) == ("anchor", 3)
    assert "the-ebb" in finding.what


@pytest.mark.parametrize("body", ["one\n⟪ theirs", "one\nmine ⟫", "`⟪`", "one\n\n![Uploading boat.png …]()"])
def test_leftovers_are_told(body):
    assert {finding.kind for finding in found(body)} & {"merge", "upload"}


def test_what_must_be_mended_comes_first():
    findings = found("### A\n\n![](x.png)", summary="")
    assert [finding.verdict for finding in findings] == ["mend", "mend", "look", "look"]


def test_a_fix_of_what_is_not_there_any_more_changes_nothing():
    typed = {"title": "T", "summary": "S", "body": "text"}
    for value in ("1:heading", "9:link", "0:summary", "", ":", "x:y", "-1:link"):
        assert apply_fix(typed, value) == typed


def test_two_hundred_links_cost_no_more_statements_than_one(queries):
    counts = []
    line = "[a](/blog/none-{0}/) [b](/tag/none-{0}/) ![](/media/{0:016x}/x.png)"
    for number in (1, 200):
        text = sheet("\n\n".join(line.format(each) for each in range(number)))
        proofread(text)  # reads the settings, too
        queries.clear()
        proofread(text)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3


def test_pictures_are_looked_up_by_their_index():
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        pytest.skip("another database scans what is small")
    asked = pictures_called([f"{number:016x}" for number in range(300)])
    statement = asked.compile(connection, compile_kwargs={"literal_binds": True})
    plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all())
    assert "SEARCH media" in plan
    assert "SCAN" not in plan


def test_ten_thousand_words_are_proofread_at_once():
    make_post(slug="tide")
    paragraph = "The tide came in [twice](/blog/tide/) and nobody *counted* the boats. " * 8
    text = sheet("\n\n".join(f"## Part {n}\n\n{paragraph}\n\n![](x.png)" for n in range(130)))
    proofread(text)
    times = []
    for _attempt in range(5):
        began = process_time()
        proofread(text)
        times.append(process_time() - began)
    assert len(text.body.split()) > 10_000
    assert min(times) < 0.1  # 0.04 on a quiet machine


@pytest.mark.parametrize(
    "piece", ["![", "](", "`", "[a](", "<img ", "⟪", "# ", "[x]: ", "``` ", "[a](((((", "<"]
)
def test_no_text_takes_long(piece):
    text = Sheet(title="T", summary="S", body=piece * 20_000)
    began = process_time()
    proofread(text)
    assert process_time() - began < 3


def test_a_picture_at_the_top_is_to_be_described():
    cover = Media.store(DOT, "dot.svg", by=make_user("eve"))
    assert lines(proofread(make_post(summary="S", cover=cover))) == [("cover", None)]
    assert proofread(make_post(summary="S", cover=cover, cover_alt="A dot")) == []


def test_a_term_with_no_posts_is_still_there():
    Category.named("News", by=None)
    assert found("[a](/category/news/)") == []
