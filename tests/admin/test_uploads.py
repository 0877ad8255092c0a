"""Uploading pictures: by the form, and by the script of the editor."""

import io

import pytest

from cms.db import session
from cms.models import Event, Media
from tests.factories import token_of
from tests.media.pictures import bomb, opened, picture, plain

NEW, UPLOAD = "/admin/pictures/new/", "/admin/pictures/upload"
JSON = {"Accept": "application/json"}


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


def send(client, *files: tuple[bytes, str]):
    """Send the form of the upload page."""
    pictures = [(io.BytesIO(data), name) for data, name in files]
    return client.post(NEW, data={"csrf_token": token_of(client, NEW), "files": pictures})


def send_one(client, data: bytes, name: str = "quay.jpg", **headers):
    """Send a picture as the script of the editor does."""
    headers = {"X-CSRFToken": token_of(client, NEW), **JSON, **headers}
    answer = client.post(UPLOAD, data={"file": (io.BytesIO(data), name)}, headers=headers)
    answer.request.environ["wsgi.input"].close()
    return answer


def names() -> list[str]:
    session.expire_all()
    return [media.filename for media in session.query(Media).order_by(Media.id)]


def test_one_picture_leads_to_its_page(client, eve):
    answer = send(client, (picture(), "Am Kai.JPG"))
    [media] = session.query(Media).all()
    assert (answer.status_code, answer.location) == (303, f"/admin/pictures/{media.id}/")
    assert (media.filename, media.uploader_id) == ("am-kai.jpg", eve.id)
    assert session.query(Event).filter_by(name="media.stored", actor_id=eve.id).count() == 1


def test_the_good_ones_are_kept_and_the_others_told_by_name(client, eve):
    answer = send(client, (plain(), "a.png"), (b"<html><script>1</script>", "evil.png"), (bomb(), "big.png"))
    page = client.get(answer.location).text
    assert names() == ["a.png"]
    assert "“evil.png”: This is not a picture that we can read." in page
    assert "“big.png”: The picture has more than 60 million pixels." in page


def test_where_nothing_can_be_kept_the_form_says_why(client, eve):
    answer = send(client, (b"nothing", "<b>.png"))
    assert answer.status_code == 422
    assert "“&lt;b&gt;.png”: This is not a picture" in answer.text
    assert "Choose at least one picture." in send(client).text


def test_twenty_pictures_fit_into_a_form(client, eve):
    answer = send(client, *((plain("PNG", 3, 3 + number), f"{number}.png") for number in range(22)))
    assert len(names()) == 20
    assert "2 more were left out: at most 20 can be sent at once." in client.get(answer.location).text


def test_a_picture_that_is_here_is_not_kept_twice(client, eve):
    send(client, (plain(), "a.png"))
    assert send(client, (plain(), "b.png")).status_code == 303
    assert names() == ["a.png"]


def test_a_script_gets_the_markdown(client, eve):
    answer = send_one(client, picture("JPEG", 700, 500, 6))
    media = session.query(Media).one()
    told = answer.json
    assert (answer.status_code, told["url"], told["markdown"]) == (201, media.url, f"![]({media.url})")
    assert (told["alt"], told["width"], told["height"]) == ("", 500, 700)
    words = {"alt": "The quay", "credit": ""}
    headers = {"X-CSRFToken": token_of(client, NEW), **JSON}
    described = client.post(told["describe"], data=words, headers=headers).json
    assert described["markdown"] == f"![The quay]({media.url})"
    refused = client.post(told["describe"], data={"alt": "x" * 501}, headers=headers)
    assert (refused.status_code, "500 characters" in refused.json["error"]) == (422, True)


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"<html>", 415, "not a picture"),
        (b"\xff\xd8\xff" + bytes(20 * 2**20 - 2), 413, "larger than 20 MB"),
        (bomb(), 422, "60 million pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", 422, "not allowed"),
        (picture()[:400], 415, "not a picture"),
    ],
)
def test_a_script_is_told_why_a_picture_was_refused(client, eve, data, status, reason):
    answer = send_one(client, data)
    assert (answer.status_code, answer.content_type) == (status, "application/json")
    assert reason in answer.json["error"]
    assert names() == []


def test_without_the_form_token_nothing_is_kept(client, eve):
    answer = send_one(client, plain(), **{"X-CSRFToken": "stolen"})
    assert (answer.status_code, names()) == (400, [])
    assert "Load it again" in answer.json["error"]


def test_who_may_not_upload_can_not_send_much_either(client, sign_in):
    sign_in("mo")
    data = {"csrf_token": token_of(client, "/account/"), "file": (io.BytesIO(bytes(2 * 2**20)), "a.png")}
    answer = client.post(UPLOAD, data=data)
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 413
    assert "At most 1 MB can be sent at once. Nothing was saved." in answer.text


def test_all_together_may_only_be_so_large(client, eve, settings):
    settings(MAX_UPLOAD_LENGTH=2 * 2**20)
    answer = send_one(client, bytes(3 * 2**20))
    assert (answer.status_code, answer.json["error"]) == (
        413,
        "At most 2 MB can be sent at once. Nothing was saved.",
    )


def test_an_account_uploads_so_many_pictures_and_no_more(client, eve, settings):
    settings(RATE_UPLOAD="2/hour")
    assert [send_one(client, plain("PNG", 5, 5 + n)).status_code for n in range(3)] == [201, 201, 429]
    assert send(client, (plain("PNG", 9, 9), "late.png")).status_code == 422
    assert len(names()) == 2


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("<script>alert(1)</script>.jpg", "script.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\boot.ini\x00.exe", "boot-ini.jpg"),
        ("x.php", "x.jpg"),
        ("‮gpj.exe", "gpj.jpg"),
        ("ü" * 300 + ".jpg", "u" * 80 + ".jpg"),
        ("'; DROP TABLE media;--.svg", "drop-table-media.jpg"),
        (".htaccess", "htaccess.jpg"),
    ],
)
def test_a_name_is_harmless_and_tells_the_type_by_the_content(client, eve, name, kept):
    answer = send_one(client, picture(), name)
    assert answer.json["url"].endswith(f"/{kept}")


def test_what_hides_behind_a_picture_is_gone(client, eve):
    data = picture("GIF") + b"<?php system($_GET['x']); ?><script>alert(1)</script>PK\x03\x04"
    served = client.get(send_one(client, data, "x.gif.php").json["url"])
    assert opened(served.data).format == "GIF"
    assert b"<script" not in served.data
    assert b"<?php" not in served.data
    assert (served.content_type, served.headers["X-Content-Type-Options"]) == ("image/gif", "nosniff")
