"""Writing a text: what is typed is saved, or comes back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.admin.entry_forms import LONGEST_LIST, LONGEST_SUMMARY, MOST_NAMES, listed, names_in
from cms.db import session
from cms.models import Event, Permission, Post, Role, Setting, Tag
from cms.models.entry import LONGEST_BODY
from tests.admin.desk import NEW, address_of, form_on, opened, write
from tests.factories import make_page, make_post, make_user, token_of

NOVEL = "\n\n".join(f"Paragraph {number}. " + "The tide came in twice. " * 20 for number in range(100))


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


@pytest.fixture
def cara(sign_in):
    make_user("cara", "contributor")
    return sign_in("cara")


def the_post() -> Post:
    session.expire_all()
    return session.query(Post).one()


def test_a_post_is_written(client, eve):
    answer = write(client, title="Low water", body="The *tide* went out.", tags="Tide, Boat", category="News")
    post = the_post()
    assert (answer.status_code, answer.location) == (303, address_of(post))
    assert (post.title, post.state, post.writer, post.url) == ("Low water", "draft", eve, "/blog/low-water/")
    assert ([tag.name for tag in post.tags], post.category.name) == (["Tide", "Boat"], "News")
    assert session.query(Event).filter_by(name="entry.written", actor_id=eve.id).count() == 1


def test_pressed_twice_it_is_written_once(client, eve):
    form = opened(client, NEW) | {"title": "Low water"}
    answers = [client.post(NEW, data=form) for _press in range(2)]
    assert {answer.location for answer in answers} == {address_of(the_post())}


def test_a_preview_writes_nothing_and_the_first_form_still_works(client, eve):
    form = opened(client, NEW) | {"title": "Low water", "body": "The *tide*."}
    page = client.post(NEW, data=form | {"then": "preview"})
    assert page.status_code == 200
    assert "<em>tide</em>" in page.text
    assert form_on(page.text)["body"] == "The *tide*."
    assert session.query(Post).count() == 0
    client.post(NEW, data=form | {"body": "Typed after going back."})  # with the browser's own button
    assert the_post().body == "Typed after going back."


def test_saving_and_publishing_leads_to_the_question_when(client, eve):
    answer = write(client, NEW + "?at=2030-01-01T09:00", title="Low water", then="publish")
    assert answer.location == address_of(the_post(), "publish") + "?at=2030-01-01T09:00"


def test_a_text_is_changed(client, eve):
    post = make_post(published=False, body="One\r\ntwo", tags=["Tide"], summary="Wet.")
    answer = write(client, address_of(post), body="Three\r\nfour")
    assert answer.status_code == 303
    assert (the_post().body, post.summary, post.tags[0].name) == ("Three\nfour", "Wet.", "Tide")


def test_an_untouched_form_changes_nothing(client, eve):
    post = make_post(
        tags=['A, "quoted" tag', '"Ahoy"', "Tide"], authors=["Ann"], category="News", series="Lamps"
    )
    post.revise(
        by=None,
        series_position=2,
        body="\n\nFirst line empty.\n ",
        expires_at=datetime(2031, 7, 1, 9, tzinfo=UTC),
    )
    version = post.version
    assert write(client, address_of(post)).status_code == 303
    assert (the_post().version, session.query(Tag).count()) == (version, 3)


def test_an_untouched_page_stays_where_it_is(client, eve):
    page = make_page(parent=make_page(title="Help"), position=0)
    url = page.url
    write(client, address_of(page))
    session.refresh(page)
    assert (page.version, page.url, page.position) == (1, url, 0)


# What is refused comes back as it was typed

TYPED = {
    "title": "Low “water” & <b>more</b>",
    "body": NOVEL,
    "summary": "A summary\nof two lines.",
    "slug": "low-water",
    "tags": 'Tide, "Boats, old"',
    "authors": "Ann, Ben",
    "category": "News",
    "series": "Lamps",
    "series_position": "3",
    "canonical_url": "https://example.org/a",
    "cover_alt": "A lamp",
    "expires_at": "2031-07-01T09:00",
}
WRONG = {
    "no title": {"title": "  "},
    "long title": {"title": "x" * 301},
    "long summary": {"summary": "x" * (LONGEST_SUMMARY + 1)},
    "no date": {"expires_at": "tomorrow"},
    "first year": {"expires_at": "0001-01-01T00:00"},
    "last year": {"expires_at": "9999-12-31T23:59"},
    "no number": {"series_position": "three"},
    "huge number": {"series_position": "9" * 30},
    "no address": {"canonical_url": "javascript:alert(1)"},
    "no name": {"tags": "Tide, ???"},
    "many names": {"tags": ", ".join(f"tag {number}" for number in range(MOST_NAMES + 1))},
    "long list": {"tags": "x" * (LONGEST_LIST + 1)},
    "endless list": {"authors": "x" * 150_000},
    "long picture": {"cover_alt": "x" * 501},
    "long slug": {"slug": "x" * 101},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_what_was_typed_comes_back(client, eve, wrong, zone):
    Setting.change("timezone", zone, by=None)
    address = NEW if zone == "Europe/Berlin" else address_of(make_post())
    typed = TYPED | wrong
    answer = write(client, address, **typed)
    assert answer.status_code == 422
    back = form_on(answer.text)
    assert {name: back.get(name) for name in typed} == typed
    assert 'role="alert"' in answer.text
    session.expire_all()
    assert session.query(Tag).count() == 0


def test_what_came_back_and_is_mended_is_saved(client, eve):
    back = form_on(write(client, NEW, **TYPED | {"title": ""}).text)
    assert client.post(NEW, data=back | {"title": "Low water"}).status_code == 303
    post = the_post()
    assert (post.body, post.series_position) == (NOVEL, 3)
    assert [tag.name for tag in post.tags] == ["Tide", "Boats, old"]


@pytest.mark.parametrize(
    "name", ["slug", "cover_alt", "canonical_url", "series_position", "series", "expires_at"]
)
def test_a_field_that_is_wrong_is_not_hidden(client, eve, name):
    answer = write(client, NEW, title="Low water", **{name: "x" * 600})
    assert answer.status_code == 422
    before = answer.text.partition(f'id="{name}-errors"')[0]
    assert "<details" in before
    assert " open>" in before.rpartition("<details")[2].partition("\n")[0]


def test_a_text_may_have_a_million_characters_and_no_more(client, eve):
    body = "a b " * (LONGEST_BODY // 4)
    form = opened(client, NEW) | {"title": "Long", "body": body}
    assert client.post(NEW, data=form).status_code == 303
    assert len(the_post().body) == LONGEST_BODY
    form = opened(client, address_of(the_post())) | {"body": body + "x"}
    answer = client.post(address_of(the_post()), data=form)
    assert answer.status_code == 422
    assert len(form_on(answer.text)["body"]) == LONGEST_BODY + 1


def test_whoever_may_not_any_more_gets_the_text_back(client, cara):
    post = Post.write(by=cara, title="Tide", body="Low water.")
    form = opened(client, address_of(post)) | {"body": NOVEL}
    post.publish(by=None)
    answer = client.post(address_of(post), data=form)
    assert answer.status_code == 403
    assert NOVEL in answer.text


def test_a_stale_form_gives_the_text_back(client, eve):
    answer = write(client, NEW, title="Low water", body=NOVEL, csrf_token="stale")
    assert answer.status_code == 400
    assert NOVEL in answer.text


@pytest.mark.parametrize("version", ["", "0x1", "-1", "9" * 40, "²"])
def test_a_version_that_is_none_is_refused_and_gives_the_text_back(client, eve, version):
    post = make_post(body="Old.")
    answer = write(client, address_of(post), body=NOVEL, version=version)
    assert answer.status_code in (400, 409)
    assert NOVEL.splitlines()[0] in answer.text
    assert the_post().body == "Old."


# Terms and dates


def test_quotes_keep_a_name_with_a_comma_together(client, eve):
    write(client, NEW, title="Low water", tags='"Boats, old", Tide,, tide , "Boats, old"')
    assert [tag.name for tag in the_post().tags] == ["Boats, old", "Tide"]
    assert opened(client, address_of(the_post()))["tags"] == '"Boats, old", Tide'


@pytest.mark.parametrize("names", ['"', '"a', 'a"b, c"', '""', '"a" b', ",,,", '"a,', "a\tb", "'a, b'"])
def test_no_quote_breaks_a_list(client, eve, names):
    assert write(client, NEW, title="Low water", tags=names).status_code in (303, 422)


def test_known_names_are_taken_in_any_letters(client, eve):
    tide = Tag.named("Tide", by=None)
    write(client, NEW, title="Low water", tags="TIDE, tide")
    assert list(the_post().tags) == [tide]


@given(st.lists(st.text(alphabet="ab,\"' é", min_size=1, max_size=6), max_size=4))
def test_names_in_a_list_come_back_as_they_are(names):
    names = list(dict.fromkeys(name for each in names if (name := " ".join(each.split()))))
    assert names_in(listed(names)) == names


@pytest.mark.parametrize(
    ("local", "moment", "shown"),
    [
        ("2031-01-15T09:00", "2031-01-15T08:00", "2031-01-15T09:00"),
        ("2031-07-15T09:00", "2031-07-15T07:00", "2031-07-15T09:00"),
        ("2031-10-26T02:30", "2031-10-26T00:30", "2031-10-26T02:30"),  # they show this one twice
        ("2031-07-15T09:00:00", "2031-07-15T07:00", "2031-07-15T09:00"),
    ],
)
def test_times_are_those_of_the_sites_zone(client, eve, local, moment, shown):
    Setting.change("timezone", "Europe/Berlin", by=None)
    write(client, NEW, title="Low water", expires_at=local)
    assert the_post().expires_at == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert opened(client, address_of(the_post()))["expires_at"] == shown


def test_a_page_is_put_below_another(client, eve):
    make_page(title="Help")
    address = "/admin/pages/new/"
    assert write(client, address, title="Answers", parent="/nowhere/").status_code == 422
    write(client, address, title="Answers", parent="/help/", position="2")
    assert client.get("/admin/pages/").text.count("Answers</a>") == 1


# Who may


def test_a_contributor_writes_and_changes_what_is_her_own(client, cara):
    write(client, title="Low water")
    post = the_post()
    assert write(client, address_of(post), body="More.").status_code == 303
    other = make_post(published=False)
    assert client.get(address_of(other)).status_code == 404
    assert client.get("/admin/pages/new/").status_code == 403


def test_whoever_only_reads_sees_the_text_and_no_form(client, cara):
    post = Post.write(by=cara, title="Tide", body="Low water.")
    post.publish(by=None)
    assert client.get(address_of(post)).status_code == 403
    page = client.get(f"/admin/posts/{post.id}/")
    assert page.status_code == 200
    assert 'id="writing"' not in page.text


def test_without_the_permission_for_all_texts_those_of_others_do_not_exist(client, eve):
    post = make_post()
    Permission.set(Role.named("editor"), "edit all texts", False, by=None)
    for act in ("", "edit/", "history/", "publish/"):
        assert client.get(f"/admin/posts/{post.id}/{act}").status_code == 404


# Script payloads

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "javascript:alert(1)",
]
FIELDS = (
    "title",
    "body",
    "summary",
    "slug",
    "tags",
    "authors",
    "category",
    "series",
    "cover_alt",
    "canonical_url",
)


def is_harmless(page: str) -> bool:
    return not any(payload in page for payload in PAYLOADS[:2] + PAYLOADS[3:4])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_come_back_as_text_and_nothing_else(client, eve, payload):
    for then in ("", "preview"):
        for name in FIELDS:
            answer = write(client, NEW, **{"title": "Low water", name: payload, "then": then})
            page = client.get(answer.location) if answer.status_code == 303 else answer
            assert page.status_code in (200, 422)
            assert is_harmless(page.text), (name, then)
    for address in ("/admin/posts/", "/admin/activity/"):
        assert is_harmless(client.get(address).text)


def test_payloads_in_hidden_fields_come_back_as_text(client, eve):
    for name in ("key", "version"):
        answer = write(client, NEW, **{"title": "", name: '"><script>alert(1)</script>'})
        assert answer.status_code == 422
        assert is_harmless(answer.text)


# The live preview


def test_the_preview_is_rendered_as_readers_will_see_it(client, eve):
    form = {
        "csrf_token": token_of(client, NEW),
        "title": "<b>Tide</b>",
        "body": "# High\n\n<script>x</script>\n\n*low*",
    }
    part = client.post("/admin/posts/preview/", data=form)
    assert "<em>low</em>" in part.text
    assert "&lt;b&gt;Tide" in part.text
    assert "<script" not in part.text
    assert "<html" not in part.text
