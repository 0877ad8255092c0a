"""What tests are made of: the cast, and posts and pages with whatever a test does not care about."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from argon2 import PasswordHasher
from flask_security.utils import get_hmac
from sqlalchemy import select

from cms.db import session
from cms.jobs import run_due
from cms.models import Author, Category, Mail, Page, Post, Series, SignIn, Tag, User
from cms.models.base import now
from cms.previews import link_to

CAST = {"alice": "admin", "eve": "editor", "mo": "moderator", "bob": "member", "charlie": "member"}
PASSWORD = "the tide comes in twice"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)

_numbers = count(1)


def make_user(name: str = "bob", role: str | None = None, **fields) -> User:
    """One of the cast, or somebody else with ``role``."""
    known = {"email": f"{name}@example.org", "username": name, "password": quick_hash(PASSWORD)}
    return User.create(by=None, **{**known, **fields}, roles=(role or CAST.get(name, "member"),))


def quick_hash(password: str) -> str:
    """A hash as Flask-Security would make it, but with so little work that signing in takes no time."""
    return QUICK.hash(get_hmac(password))


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


def path_to(entry, days: int = 7) -> str:
    """The path of a link to a preview of ``entry``."""
    return link_to(entry, days).removeprefix("http://broadside.test")


def soon(**delta) -> datetime:
    """A moment from now, such as ``soon(hours=1)`` or, before now, ``soon(hours=-1)``."""
    return now() + timedelta(**delta)


@pytest.fixture
def sign_in(client):
    """Sign the client in as one of the cast; its account is made where it is missing."""

    def sign_in_as(name: str) -> User:
        user = User.named(name) or make_user(name)
        sign_in_at(client, name)
        return user

    return sign_in_as


def sign_in_at(client, name: str, **more) -> None:
    """Sign the account ``name`` in with its password."""
    assert send_form(client, "/login", email=name, password=PASSWORD, **more).status_code == 302


def sign_in_of(user: User) -> SignIn:
    """A browser in which ``user`` is signed in."""
    return SignIn.begin(user, how="password", browser="Firefox, Linux", remember_for=None)[0]


def token_of(client, address: str) -> str:
    """The form token on the page at ``address``."""
    return hidden_field(client.get(address).text, "csrf_token")


def hidden_field(page: str, name: str) -> str:
    """The value of the page's first hidden field called ``name``."""
    return page.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def send_form(client, address: str, *, post_to: str | None = None, **fields):
    """Open the page at ``address``, fill its form and send it, as a browser would; the answer."""
    page = client.get(address).text
    hidden = {"csrf_token": hidden_field(page, "csrf_token")}
    for name in ("form_key", "shown_version", "shown_stage"):
        if f'name="{name}"' in page:
            hidden[name] = hidden_field(page, name)
    return client.post(post_to or address, data={**hidden, **fields})


def mails_to(address: str) -> list[Mail]:
    """The mails in the outbox to ``address``, the last one first, after all jobs were done."""
    session.commit()
    run_due()
    return list(session.scalars(select(Mail).where(Mail.to == address).order_by(Mail.id.desc())))


def link_in(mail: Mail) -> str:
    """The path of the first address in a mail; that it leads to this site is checked."""
    address = re.search(r"https?://\S+", mail.text)[0]
    assert address.startswith("http://broadside.test/")
    return address.removeprefix("http://broadside.test")
