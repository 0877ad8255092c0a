"""Redirects that editors set: one at a time, or a whole table."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from cms.cells import harmless, meant
from cms.db import session
from cms.errors import Refused
from cms.models import Event, Redirect, RedirectSheet, Tag, User
from cms.models.ways import lead
from tests.factories import make_page, make_post, make_user, send_form, token_of

pytestmark = pytest.mark.usefixtures("app")
IMPORT = "/admin/redirects/import/"


def lay(text: str | bytes) -> RedirectSheet:
    data = text.encode() if isinstance(text, str) else text
    return RedirectSheet.lay("table.csv", data, by=User.named("zoe") or make_user("zoe", "editor"))


def verdicts(text: str | bytes) -> list[tuple]:
    return [(line.number, line.verdict) for line in lay(text).lines()]


def reason(text: str) -> str:
    return lay(text).lines()[-1].reason


def leads() -> dict[str, str | None]:
    return {redirect.path: redirect.leads_to for redirect in session.scalars(select(Redirect))}


def test_a_redirect_to_a_page_of_the_site_follows_it_when_it_moves(client):
    page = make_page(title="Old name", slug="here")
    lead("/formerly/", "/here/", by=None)
    page.revise(by=None, slug="there")
    assert client.get("/formerly").location == "/there/"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "//evil.example",
        "http://plain.example",
        "data:text/html,x",
        "ftp://x.y",
        "about",
    ]
    + ["/a b", "/a\\b", "/\\evil.example", "https://", "https://[", "/" + "x" * 500, " javascript:x"],
)
def test_an_address_that_might_run_or_mislead_is_refused(target):
    with pytest.raises(Refused):
        lead("/old/", target, by=None)


@pytest.mark.parametrize(
    "path", ["", "/", "/old?x=1", "/old#x", "/a%0Ab", "/a\\b", "https://other.example/", "/" + "x" * 501]
)
def test_what_is_no_path_of_this_site_is_refused(path):
    with pytest.raises(Refused, match="no path of this site"):
        lead(path, "/about/", by=None)


def test_whole_addresses_of_this_site_are_taken_as_paths():
    lead("http://broadside.test/old%20page/", "http://broadside.test/about/", by=None)
    assert leads() == {"old page": "/about/"}


def test_an_address_at_which_there_is_a_page_is_refused():
    make_post(slug="here", tags=["Tide"])
    for path in ("/blog/here/", "/tag/tide/"):
        with pytest.raises(Refused, match="There is a page at"):
            lead(path, "/about/", by=None)


@pytest.mark.parametrize("ways", [["/a/"], ["/b/", "/a/"], ["/b/", "/c/", "/d/", "/a/"]])
def test_no_way_leads_round_in_a_circle(ways):
    stops = ["/a/", *ways]
    for start, stop in zip(stops[:-2], stops[1:-1], strict=True):
        lead(start, stop, by=None)
    with pytest.raises(Refused, match="round in a circle"):
        lead(stops[-2], stops[-1], by=None)


def test_without_a_target_the_page_is_gone(client):
    lead("/old/", "", by=None)
    assert client.get("/old/").status_code == 410


def test_a_table_says_line_by_line_what_it_will_do():
    make_page(slug="here")
    lead("/known/", "/a/", by=None)
    lead("/other/", "/a/", by=None)
    table = "from,to\n/new/,/here/\n/known/,/a/\n\n/other/,/b/\n/bad/,javascript:x\n/here/,/a/\n/new,/c/\n"
    assert verdicts(table) == [
        (2, "new"),
        (3, "same"),
        (5, "changed"),
        (6, "refused"),
        (7, "refused"),
        (8, "refused"),
    ]


def test_lines_are_looked_at_together():
    assert "circle" in reason("/a/,/b/\n/b/,/a/\n")
    assert reason("/a/,/b/\n/c/,/d/\n/a,/e/\n") == "Line 1 has the same address."


def test_a_line_without_a_target_makes_no_page_disappear():
    assert verdicts("/a/\n/b/,\n/c/,,410\n") == [(1, "refused"), (2, "refused"), (3, "new")]


@pytest.mark.parametrize(
    "data",
    ["/ä/;/b/\n/c/;/d/\n".encode("cp1252"), "\ufeff/ä/\t/b/\n/c/\t/d/\n".encode(), b'"/a/","/b/"\r\n/c/,/d/'],
)
def test_tables_of_every_program_are_read(data):
    assert verdicts(data) == [(1, "new"), (2, "new")]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"x" * 1_000_001, b"/a/,/b/\n" * 5001, b'"' + b"x" * 200_000])
def test_what_is_no_table_is_refused(data):
    with pytest.raises(Refused):
        lay(data)


def test_applying_sets_what_can_be_set_and_records_each(queries):
    lead("/known/", "/a/", by=None)
    sheet = lay(
        "".join(f"/old-{number}/,/new-{number}/\n" for number in range(300)) + "/known/,/b/\n/x/,ftp:y\n"
    )
    queries.clear()
    done = sheet.apply(by=None)
    assert done == {"new": 300, "changed": 1, "refused": 1}
    assert len([statement for statement in queries if not statement.startswith("INSERT")]) < 10
    assert leads()["known"] == "/b/"
    session.flush()
    assert session.scalar(select(func.count()).where(Event.name == "redirect.set")) == 302


def test_a_table_that_was_saved_changes_nothing_when_it_comes_back(client, eve):
    page = make_page(slug="here")
    lead("/to-a-page/", "/here/", by=None)
    lead("/away/", "https://example.org/x?y=1,2", by=None)
    lead("/gone/", "", by=None)
    for path in ("/=cmd/", "/old%20page%3F/", "/100%25/", '/ä,"b;/'):
        lead(path, "/about/", by=None)
    Redirect.put("/of-a-draft/", entry=make_post(published=False), by=None)
    page.remove(by=None)
    token = token_of(client, "/admin/redirects/")
    saved = client.post("/admin/redirects/export.csv", data={"csrf_token": token})
    assert session.scalar(select(func.count()).where(Event.name == "list.exported")) == 1
    assert saved.mimetype == "text/csv"
    assert {verdict for _number, verdict in verdicts(saved.data)} == {"same"}
    assert len(verdicts(saved.data)) == len(leads())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0 =", "＝", "\n="])  # noqa: RUF001
@pytest.mark.parametrize("marks", ["", "'", " '", "''"])
def test_no_cell_begins_like_a_formula_and_every_cell_can_be_read_back(start, marks):
    text = f"{marks}{start}1"
    assert harmless(text) == f"'{text}"
    assert meant(harmless(text)) == text


@pytest.mark.parametrize("text", ["x", "'x", "", "'", " x", "a=b"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert harmless(text) == meant(text) == text


def test_a_table_is_laid_looked_at_and_applied(client, eve):
    form = {"csrf_token": token_of(client, IMPORT), "file": (BytesIO(b"/old/,/about/\n/bad/,x\n"), "<b>.csv")}
    answer = client.post(IMPORT, data=form)
    page = client.get(answer.location).text
    assert leads() == {}
    assert "&lt;b&gt;.csv" in page
    assert "Line 2" in page
    assert send_form(client, answer.location).location == "/admin/redirects/"
    assert leads() == {"old": "/about/"}
    assert client.get(answer.location).status_code == 404


def test_nobody_sees_the_table_of_another(client, eve):
    sheet = lay("/old/,/about/\n")
    assert client.get(f"{IMPORT}{sheet.id}/").status_code == 404


def test_no_file_is_told(client, eve):
    assert send_form(client, IMPORT).status_code == 422


def test_an_address_of_any_letters_can_be_edited(client, eve):
    redirect = lead("/what%3F%20%C3%A4/", "/a/", by=None)
    assert redirect.path == "what? ä"
    send_form(client, f"/admin/redirects/{redirect.id}/edit/", target="/b/")
    session.expire_all()
    assert leads() == {"what? ä": "/b/"}
    assert client.get("/what%3F%20%C3%A4/").location == "/b/"


def test_a_redirect_is_made_changed_and_removed(client, eve):
    answer = send_form(client, "/admin/redirects/new/", path="/old/", target="/a/")
    assert answer.status_code == 303
    [redirect] = session.scalars(select(Redirect))
    send_form(client, f"/admin/redirects/{redirect.id}/edit/", target="https://example.org/")
    session.expire_all()
    assert leads() == {"old": "https://example.org/"}
    send_form(client, f"/admin/redirects/{redirect.id}/delete/")
    session.expire_all()
    assert leads() == {}


@pytest.mark.parametrize(("path", "target"), [("/old/", "javascript:x"), ("/taken/", "/b/")])
def test_a_refused_redirect_stays_in_the_form(client, eve, path, target):
    lead("/taken/", "/a/", by=None)
    answer = send_form(client, "/admin/redirects/new/", path=path, target=target)
    assert answer.status_code == 422
    assert f'value="{path}"' in answer.text
    assert f'value="{target}"' in answer.text


def test_a_draft_takes_no_reader_from_a_redirect(client):
    lead("/blog/summer-camp/", "https://example.org/camp", by=None)
    draft = make_post(title="Summer camp", published=False)
    assert draft.url == "/blog/summer-camp/"
    assert client.get(draft.url).location == "https://example.org/camp"
    draft.publish(by=None)
    assert client.get(draft.url).status_code == 200
    draft.remove(by=None)
    assert client.get("/blog/summer-camp/").status_code == 410


def test_a_redirect_at_the_address_of_a_draft_can_still_be_changed(client):
    lead("/blog/summer-camp/", "https://example.org/camp", by=None)
    make_post(title="Summer camp", published=False)
    lead("/blog/summer-camp/", "https://example.org/later", by=None)
    assert client.get("/blog/summer-camp/").location == "https://example.org/later"


def test_a_redirect_that_gives_way_to_a_page_leaves_an_event():
    lead("/tag/tide/", "https://example.org/", by=None)
    Tag.named("Tide", by=None)
    post = make_post(slug="here")
    for slug in ("there", "here"):
        post.revise(by=None, slug=slug)
    assert leads() == {"blog/there": "/blog/here/"}
    dropped = session.scalars(select(Event).where(Event.name == "redirect.dropped").order_by(Event.id)).all()
    assert [event.changes["path"] for event in dropped] == [["tag/tide", None], ["blog/here", None]]
    assert dropped[0].changes["target"] == ["https://example.org/", None]


def test_renaming_a_tag_over_and_over_is_no_circle():
    tag = Tag.named("Tide", by=None)
    for slug in ("a", "b", "a", "tide", "b"):
        tag.save(by=None, slug=slug)
    assert {path: Redirect.answer_for(path) for path in ("tag/a", "tag/tide", "tag/b")} == {
        "tag/a": "/tag/tide/",
        "tag/tide": "/tag/b/",
        "tag/b": None,
    }
