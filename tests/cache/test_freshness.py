"""After whatever verbs, every cached page is the same, byte by byte, as one made anew."""

import random
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cms.db import session
from cms.errors import Refused
from cms.models import Author, Category, MenuItem, Post, Series, Setting, Tag
from cms.models.entry import Entry
from cms.models.listing import Key
from tests.factories import make_page, make_post, soon

SEEDS = range(6)
STEPS = 15
WATCHED = 4  # addresses, each read before and after an act
CHANGED = 2  # of them, after each act
TERMS = (Tag, Author, Category, Series)
FEEDS = ["/feed.xml", "/atom.xml", "/feed.json"]
FIXED = ["/tags/", "/feeds/", "/sitemap.xml", "/sitemap-1.xml"]
ALWAYS = ["/feed.xsl", "/feed.css", "/site.webmanifest"]  # watched, as they change seldom and are made fast
MORE = {"HX-Request": "true"}
WHOLE_LIST = {"HX-Request": "true", "HX-Target": "section#list"}
Reading = tuple[str, str, dict[str, str]]  # who reads, an address, and the headers of the request


def lists() -> dict[str, list[str]]:
    """The addresses at which posts are listed, by kind."""
    terms = {kind.__name__: [term.url for term in session.query(kind)] for kind in TERMS}
    dates = [at for (at,) in session.query(Post.published_at).where(Post.published_at.is_not(None))]
    months = sorted({f"/blog/{at.year}/{at.month:02}/" for at in dates})
    return {"site": ["/", "/blog/"], "months": months or ["/blog/2025/01/"], **terms}


def addresses(entries: set[str]) -> list[list[str]]:
    """Each other address of the site that is cached, by kind, with those that entries have or had."""
    feeds = [f"{term.url}feed.xml" for kind in (Tag, Author, Category) for term in session.query(kind)]
    return [*lists().values(), FEEDS, feeds, FIXED, sorted(entries)]


def readings(address: str) -> Iterator[Reading]:
    """The ways to read one address: whole, in other colours and, of a list, in part and further on."""
    yield "by day", address, {}
    yield "by night", address, {}
    if any(address in listed for listed in lists().values()):
        yield "by day", address, MORE
        yield "by day", address, WHOLE_LIST
        newest = session.query(Post).where(Post.is_listed()).order_by(Post.published_at.desc()).first()
        if newest:
            yield "by day", f"{address}?before={Key(newest.published_at, newest.id)}", {}


def some_act(dice: random.Random) -> None:
    """One verb, chosen at random, on something chosen at random; a refusal is as good as an act."""
    posts = session.query(Entry).order_by(Entry.id).all()
    post = dice.choice(posts)
    words = " ".join(dice.choices(["tide", "boat", "mill", "lantern", "quay"], k=3))
    acts = [
        lambda: make_post(title=words, tags=[dice.choice(["Tide", "Boats"])], published=dice.random() < 0.7),
        lambda: make_page(title=words),
        lambda: post.revise(by=None, title=words),
        lambda: post.revise(by=None, body=f"**{words}**"),
        lambda: post.revise(by=None, slug=words),
        lambda: post.publish(by=None, at=soon(hours=-dice.randint(1, 9999))),
        lambda: post.publish(by=None, at=soon(hours=9)),
        lambda: post.withdraw(by=None),
        lambda: post.archive(by=None),
        lambda: post.remove(by=None),
        lambda: post.restore(by=None),
        lambda: isinstance(post, Post) and post.revise(by=None, tags=[Tag.named(words, by=None)]),
        lambda: isinstance(post, Post) and post.revise(by=None, series=Series.named("Lamps", by=None)),
        lambda: Tag.named("Tide", by=None).save(by=None, name=words),
        lambda: Series.named("Lamps", by=None).save(by=None, description=words),
        lambda: Author.named("Ann Example", by=None).save(by=None, description=words),
        lambda: Setting.change("tagline", words, by=None),
        lambda: Setting.change("name", words, by=None),
        lambda: Setting.change("language", dice.choice(["en", "de"]), by=None),
        lambda: Setting.change("timezone", dice.choice(["UTC", "Asia/Tokyo"]), by=None),
        lambda: Setting.change("posts_per_page", str(dice.randint(1, 9)), by=None),
        lambda: Setting.change("theme", dice.choice(["default", "plain"]), by=None),
        lambda: MenuItem.place(by=None, menu="main", label=words, url="/blog/", position=dice.randint(0, 3)),
    ]
    try:
        dice.choice(acts)()
    except Refused:
        session.rollback()


@pytest.fixture
def readers(client, other_client) -> dict[str, FlaskClient]:
    """Two who see the same pages in other colours."""
    other_client.set_cookie("scheme", "dark", domain="broadside.test")
    return {"by day": client, "by night": other_client}


def answer(reader: FlaskClient, address: str, headers: dict[str, str]) -> tuple:
    """All of an answer but its date."""
    response = reader.get(address, headers=headers)
    response.headers.remove("Date")
    return response.status_code, sorted(response.headers), response.data


def compare(app: Flask, readers: dict[str, FlaskClient], watched: list[str], monkeypatch) -> None:
    """Assert that each watched address is answered as if there were no cache."""
    asked = [reading for address in watched for reading in readings(address)]
    served = [answer(readers[name], *reading) for name, *reading in asked]
    with monkeypatch.context() as patch:
        patch.setitem(app.config, "PAGE_CACHE", False)
        patch.setitem(app.extensions, "remembered", {})
        for (name, *reading), seen in zip(asked, served, strict=True):
            assert answer(readers[name], *reading) == seen, (name, *reading)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_cached_page_differs_from_a_fresh_one(app, readers, seed, monkeypatch):
    dice = random.Random(seed)
    for _ in range(5):
        make_post(tags=["Tide"], authors=["Ann Example"], category="News", series="Lamps")
    make_page()
    entries: set[str] = set()
    watched: list[str] = []
    for _ in range(STEPS):
        entries |= {entry.url for entry in session.query(Entry)}
        kept = watched[: WATCHED - CHANGED]
        watched = [*map(dice.choice, dice.sample(addresses(entries), CHANGED)), *kept]
        some_act(dice)
        compare(app, readers, [*watched, *ALWAYS], monkeypatch)
