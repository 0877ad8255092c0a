"""Lists as files: what is in them, what never is, and that somebody took them along."""

import csv
import io
import json

import pytest

from cms.admin.exports import cell
from cms.admin.views import VIEWS, exporting
from cms.admin.views.desk import Desk
from cms.models import Event, Media
from tests.admin.conftest import make_job, make_mail, make_things
from tests.factories import PASSWORD, make_page, make_post, make_user, soon, token_of
from tests.media.pictures import plain

DESKS = [view.folder for view in VIEWS if issubclass(view, Desk)]


def export(client, address: str):
    """Press the button that sends for the file at ``address``."""
    return client.post(address, data={"csrf_token": token_of(client, "/account/")})


def rows(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("desk", DESKS)
def test_every_list_can_be_taken_along(client, alice, desk):
    make_post(), make_page(), make_mail(), make_job(), make_user("bob"), make_things(alice)
    Media.store(plain("PNG", 40, 30), "quay.png", by=alice)
    table, listed = export(client, f"/admin/{desk}/export.csv"), export(client, f"/admin/{desk}/export.json")
    assert table.content_type == "text/csv; charset=utf-8"
    assert table.headers["Content-Disposition"].startswith(f"attachment; filename={desk}-20")
    assert (
        len(rows(table)) <= len(json.loads(listed.data)) <= len(rows(table)) + 1
    )  # the first file is an event
    assert json.loads(listed.data)[0].keys() >= {"id"}


@pytest.mark.parametrize("desk", DESKS)
def test_no_file_holds_a_secret(client, alice, desk):
    make_mail(text="http://broadside.test/secret-link", html="secret-link")
    file = export(client, f"/admin/{desk}/export.json").text
    secrets = [alice.password, alice.fs_uniquifier, alice.sign_ins[0].digest, "secret-link", PASSWORD]
    assert not [secret for secret in secrets if secret in file]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])  # noqa: RUF001
def test_no_cell_is_a_formula(client, alice, start):
    assert cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert cell([f"{start}1", "b"]).startswith("'")


@pytest.mark.parametrize("value", ["plain", "a=b", 5, -5, "", 1.5])
def test_what_is_no_formula_stays_as_it_is(value):
    assert cell(value) == value


def test_a_post_is_told_in_raw_values(client, alice):
    post = make_post(title='=1+1 "quoted", twice', tags=["Tide", "Sea"], authors=["Ann"], category="News")
    [row] = rows(export(client, "/admin/posts/export.csv"))
    assert row["title"] == '\'=1+1 "quoted", twice'
    assert (row["tags"], row["authors"], row["category"]) == ("Tide; Sea", "Ann", "News")
    assert row["published_at"] == post.published_at.isoformat()
    [told] = json.loads(export(client, "/admin/posts/export.json").data)
    assert (told["title"], told["tags"], told["expires_at"]) == (
        '=1+1 "quoted", twice',
        ["Tide", "Sea"],
        None,
    )


def test_the_file_holds_what_the_list_is_narrowed_down_to(client, alice):
    make_post(title="Found", tags=["Tide"]), make_post(title="Not found"), make_post(tags=["Tide"])
    answer = export(client, "/admin/posts/export.csv?tag=tide&search=found&sort=title")
    assert [row["title"] for row in rows(answer)] == ["Found"]
    assert json.loads(export(client, "/admin/posts/export.json?tag=none").data) == []


@pytest.mark.parametrize("asked", ["", "?tag=tide", "?search=post&tag=tide"])
def test_a_long_list_is_read_in_parts_and_complete(client, alice, monkeypatch, queries, asked):
    monkeypatch.setattr(exporting, "AT_ONCE", 7)
    monkeypatch.setattr("cms.admin.views.sifting.MOST_SIFTED", 10)
    posts = [make_post(tags=["Tide"]) for _number in range(33)]
    found = [int(row["id"]) for row in rows(export(client, f"/admin/posts/export.csv{asked}"))]
    assert found == sorted((post.id for post in posts), reverse=True)


@pytest.mark.parametrize(
    ("state", "dates"),
    [("scheduled", {"at": soon(hours=1)}), ("archived", {"expires_at": soon(hours=-1)})],
)
def test_a_long_list_of_a_state_of_the_clock_is_complete(client, alice, monkeypatch, state, dates):
    monkeypatch.setattr(exporting, "AT_ONCE", 7)
    monkeypatch.setattr("cms.admin.views.sifting.MOST_SIFTED", 10)
    posts = [make_post(**dates) for _number in range(33)]
    make_post(), make_post(published=False)
    for post in posts[::2] if state == "archived" else ():
        post.revise(by=None, expires_at=None)
        post.archive(by=None)
    found = [int(row["id"]) for row in rows(export(client, f"/admin/posts/export.csv?state={state}"))]
    assert found == sorted((post.id for post in posts), reverse=True)


def test_no_more_than_some_rows_are_in_memory(client, alice, monkeypatch, queries):
    monkeypatch.setattr(exporting, "AT_ONCE", 5)
    for _number in range(20):
        make_job()
    form = {"csrf_token": token_of(client, "/account/")}
    queries.clear()
    client.post("/admin/jobs/export.csv", data=form)
    assert len([sql for sql in queries if "FROM job" in sql]) > 3


def test_taking_a_list_along_leaves_an_event_without_names(client, alice):
    export(client, "/admin/users/export.csv?search=bob&role=editor")
    event = Event.query.filter_by(name="list.exported").one()
    assert event.actor_id == alice.id
    assert event.changes["desk"] == [None, "users"]
    told = event.changes["filter"][1]
    assert told["role"] == "editor"
    assert told["search"].startswith("#")


def test_a_link_takes_nothing_along(client, alice):
    assert client.get("/admin/jobs/export.csv").status_code in (404, 405)
    assert client.post("/admin/jobs/export.csv").status_code == 400
    assert export(client, "/admin/jobs/export.exe").status_code in (404, 405)
