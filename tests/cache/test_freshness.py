"""After whatever verbs, every cached page is the same, byte by byte, as one made anew."""

import random

import pytest

from cms.db import session
from cms.errors import Refused
from cms.models import Author, Category, MenuItem, Page, Post, Setting, Tag
from cms.models.entry import Entry
from tests.factories import make_page, make_post, soon

SEEDS = range(6)
STEPS = 25


def addresses() -> list[str]:
    """Each address of the site that is cached, those of what was removed too."""
    terms = [term.url for kind in (Tag, Author, Category) for term in session.query(kind)]
    feeds = [f"{base}{feed}" for base in ("/", *terms[:2]) for feed in ("feed.xml", "atom.xml", "feed.json")]
    entries = [f"/blog/{entry.slug}/" for entry in session.query(Entry)]
    return ["/", "/blog/", "/tags/", "/feeds/", "/sitemap.xml", "/site.webmanifest", *terms, *feeds, *entries]


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
        lambda: post.publish(by=None, at=soon(hours=-dice.randint(1, 99))),
        lambda: post.publish(by=None, at=soon(hours=9)),
        lambda: post.withdraw(by=None),
        lambda: post.archive(by=None),
        lambda: post.remove(by=None),
        lambda: post.restore(by=None),
        lambda: isinstance(post, Post) and post.revise(by=None, tags=[Tag.named(words, by=None)]),
        lambda: Tag.named("Tide", by=None).save(by=None, name=words),
        lambda: Author.named("Ann Example", by=None).save(by=None, description=words),
        lambda: Setting.change("tagline", words, by=None),
        lambda: Setting.change("posts_per_page", str(dice.randint(1, 9)), by=None),
        lambda: Setting.change("theme", dice.choice(["default", "plain"]), by=None),
        lambda: MenuItem.place(by=None, menu="main", label=words, url="/blog/", position=dice.randint(0, 3)),
    ]
    try:
        dice.choice(acts)()
    except Refused:
        session.rollback()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_cached_page_differs_from_a_fresh_one(app, client, seed, monkeypatch):
    dice = random.Random(seed)
    for _ in range(5):
        make_post(tags=["Tide"], authors=["Ann Example"], category="News")
    assert isinstance(make_page(), Page)
    for _ in range(STEPS):
        some_act(dice)
        asked = dice.sample(addresses(), 4)
        for address in asked:
            served = client.get(address)
            monkeypatch.setitem(app.config, "PAGE_CACHE", False)
            fresh = client.get(address)
            monkeypatch.setitem(app.config, "PAGE_CACHE", True)
            assert (served.status_code, served.data) == (fresh.status_code, fresh.data), address
