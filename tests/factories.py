"""What tests are made of: the cast, and posts and pages with whatever a test does not care about."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask_security import hash_password

from cms.models import Author, Category, Page, Post, Series, Tag, User
from cms.models.base import now

CAST = {"alice": "admin", "eve": "editor", "mo": "moderator", "bob": "member", "charlie": "member"}
PASSWORD = "the tide comes in twice"
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)

_numbers = count(1)


def make_user(name: str = "bob", role: str | None = None) -> User:
    """One of the cast, or somebody else with ``role``."""
    fields = {"email": f"{name}@example.org", "username": name, "password": hash_password(PASSWORD)}
    return User.create(by=None, **fields, roles=(role or CAST.get(name, "member"),))


def make_post(*, published: bool = True, at: datetime | None = None, tags=(), authors=(), **fields) -> Post:
    """A post; published a minute after the one made before unless ``at`` says otherwise."""
    number = next(_numbers)
    if isinstance(fields.get("category"), str):
        fields["category"] = Category.named(fields["category"], by=None)
    if isinstance(fields.get("series"), str):
        fields["series"] = Series.named(fields["series"], by=None)
    post = Post.write(
        by=None,
        **{"title": f"Post {number}", "body": f"The text of post {number}.", **fields},
        tags=[Tag.named(name, by=None) for name in tags],
        authors=[Author.named(name, by=None) for name in authors],
    )
    if published:
        post.publish(by=None, at=at or LONG_AGO + timedelta(minutes=number))
    return post


def make_page(*, published: bool = True, **fields) -> Page:
    number = next(_numbers)
    page = Page.write(by=None, **{"title": f"Page {number}", "body": f"The text of page {number}.", **fields})
    if published:
        page.publish(by=None, at=LONG_AGO)
    return page


def soon(**delta) -> datetime:
    """A moment from now, such as ``soon(hours=1)`` or, before now, ``soon(hours=-1)``."""
    return now() + timedelta(**delta)


@pytest.fixture
def sign_in(client):
    """Sign the client in as one of the cast; its account is made where it is missing."""

    def sign_in_as(name: str) -> User:
        user = User.named(name) or make_user(name)
        form = {"email": name, "password": PASSWORD, "csrf_token": token_of(client, "/login")}
        assert client.post("/login", data=form).status_code == 302
        return user

    return sign_in_as


def token_of(client, address: str) -> str:
    """The form token on the page at ``address``."""
    page = client.get(address).get_data(as_text=True)
    return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
