"""Everything that the site keeps about somebody, for them to take along."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from cms import mail
from cms.accounts import personal_data
from cms.models import Author, Note, Unsaved, User
from tests.accounts.authenticators import grow_stale, set_up_phone
from tests.factories import make_post, make_user, sign_in_of

PAGE = "/account/data.zip"
SECRETS = ("password", "fs_uniquifier", "tf_totp_secret", "fs_webauthn_user_handle")


@pytest.fixture
def bob(client, sign_in) -> User:
    return sign_in("bob")


def files(client) -> dict[str, str]:
    """The archive's files and their texts."""
    answer = client.get(PAGE)
    assert answer.headers["Content-Disposition"] == "attachment; filename=my-data.zip"
    with ZipFile(BytesIO(answer.data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read(client, name: str) -> list[dict]:
    return json.loads(files(client)[f"{name}.json"])


def test_it_holds_one_list_of_each_kind_and_says_what_they_are(client, bob):
    names = {"account", "sign-ins", "passkeys", "activity", "mails", "posts"}
    names |= {"revisions", "unsaved", "notes", "searches"}
    found = files(client)
    assert found.keys() == {"read-me.txt"} | {f"{name}.json" for name in names}
    assert all(f"{name}.json" in found["read-me.txt"] for name in names)
    assert all(isinstance(json.loads(found[f"{name}.json"]), list) for name in names)


def test_the_account_is_told_in_full(client, bob):
    account = read(client, "account")[0]
    assert account["e-mail address"] == "bob@example.org"
    assert account["roles"] == ["member"]
    assert account["has a password"] is True


def test_it_holds_no_secret(client, bob):
    _phone, codes = set_up_phone(client)
    whole = "".join(files(client).values())
    assert not [name for name in SECRETS if getattr(bob, name) and getattr(bob, name) in whole]
    assert not [code for code in codes + bob.mf_recovery_codes if code in whole]
    assert not [row.digest for row in bob.sign_ins if row.digest in whole]


def test_it_tells_of_sessions_mails_and_posts(client, bob):
    sign_in_of(bob)
    mail.post(to=bob.email, subject="Grüße", text="Hello.", html="")
    ann = Author.named("Ann", by=None)
    ann.save(by=None, user=bob)
    make_post(title="Mine", authors=["Ann"])
    assert len(read(client, "sign-ins")) == 2
    assert read(client, "mails")[0]["subject"] == "Grüße"
    assert [post["title"] for post in read(client, "posts")] == ["Mine"]


def test_it_tells_what_one_wrote_in_the_back_office(client, bob):
    post = make_post(published=False, body="Low water.")
    post.revise(by=bob, body="High water.")
    Note.put(post, "Ask the harbour master.", by=bob)
    Note.put(post, "Not Bob’s.", by=make_user("eve"))
    Unsaved.keep(bob, "post-new-1", {"title": "Half a thought"})
    assert [row["what it said"]["body"] for row in read(client, "revisions")] == ["High water."]
    assert [row["text"] for row in read(client, "notes")] == ["Ask the harbour master."]
    assert [row["what it said"] for row in read(client, "unsaved")] == [{"title": "Half a thought"}]


def test_activity_is_what_one_did_and_what_was_done_to_one(client, bob):
    alice, charlie = make_user("alice"), make_user("charlie")
    bob.grant(["member", "editor"], by=alice)
    charlie.revise(by=None, username="charles")
    by_name = {event["what"]: event for event in read(client, "activity")}
    assert by_name["user.granted"]["by"] == "somebody else"
    assert by_name["user.granted"]["changes"]["roles"] == [["member"], ["member", "editor"]]
    assert by_name["user.signed_in"]["by"] == "you"
    assert "user.revised" not in by_name


def test_of_others_it_tells_no_more_than_that_one_acted(client, sign_in):
    alice = sign_in("alice")
    make_user("charlie").revise(by=alice, username="charles")
    assert "charles" not in files(client)["activity.json"]
    assert "user.revised" in files(client)["activity.json"]


def test_those_of_others_are_not_in_it(client, bob):
    charlie = make_user("charlie")
    sign_in_of(charlie).browser = "Netscape"
    mail.post(to=charlie.email, subject="Not for Bob", text="Hello.", html="")
    whole = "".join(files(client).values())
    assert not [word for word in ("charlie", "Netscape", "Not for Bob") if word in whole]


def test_it_needs_a_fresh_sign_in(client, bob):
    grow_stale(client)
    assert client.get(PAGE).location == f"/verify?next={PAGE}"


def test_readers_are_asked_to_sign_in(client):
    assert client.get(PAGE).location.startswith("/login")


def test_a_long_life_is_told_in_part(client, bob, monkeypatch):
    monkeypatch.setattr(personal_data, "MOST_ROWS", 3)
    for _browser in range(5):
        sign_in_of(bob)
    assert len(read(client, "sign-ins")) == 3


def test_nobody_else_keeps_a_copy(client, bob):
    assert client.get(PAGE).headers["Cache-Control"] == "private, no-store"
