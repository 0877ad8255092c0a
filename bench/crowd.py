"""A site with very many posts, as the back office has to list them: of all states, tags and ages."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import click
from sqlalchemy import insert, text

from bench.data import BATCH, NEWEST, Writer
from cms.db import session, unit_of_work
from cms.models import Author, Byline, Category, Entry, Tag, Tagging
from cms.search.titles import TitleWords, marked

COMMON, USUAL, RARE = "Common", "Usual", "Rare"
AUTHORS, CATEGORIES = 10, 5
RARE_POSTS = 40
SCHEDULED = 50
STAGES = {90: "draft", 95: "archived", 98: "trashed"}  # from this hundredth on
PAST, FUTURE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MINUTES = 2_000_000  # in which the posts were last changed


def fill(count: int) -> Writer:
    """Fill the empty database of the current app with ``count`` posts; who wrote them knows the words."""
    with unit_of_work():
        for name in (COMMON, USUAL, RARE):
            Tag.named(name, by=None)
        for number in range(1, AUTHORS + 1):
            Author.named(f"Author {number}", by=None)
        for number in range(1, CATEGORIES + 1):
            Category.named(f"Category {number}", by=None)
    writer = Writer()
    with click.progressbar(range(1, count + 1, BATCH), label=f"{count:,} posts") as starts:
        for start in starts:
            with unit_of_work():
                write(writer, range(start, min(start + BATCH, count + 1)), count)
    with unit_of_work():
        session.execute(text("ANALYZE"))
    return writer


def write(writer: Writer, numbers: range, count: int) -> None:
    entries = [post(writer, number, count) for number in numbers]
    taggings = [line for entry in entries for line in lines(entry["id"], entry["listed_at"], count)]
    bylines = [byline(entry["id"], entry["listed_at"]) for entry in entries]
    words = [{"entry_id": entry["id"], "words": marked("post", entry["title"])} for entry in entries]
    for entry in entries:
        del entry["listed_at"]
    for model, rows in ((Entry, entries), (Tagging, taggings), (Byline, bylines), (TitleWords, words)):
        session.execute(insert(model.__table__), rows)


def post(writer: Writer, number: int, count: int) -> dict:
    entry = writer.entry(number, count)
    stage = next((name for least, name in reversed(STAGES.items()) if number % 100 >= least), "published")
    at = FUTURE if number > count - SCHEDULED else entry["published_at"]
    changed = NEWEST - timedelta(minutes=writer.dice.randrange(MINUTES))
    return entry | {
        "body": entry["body"][:1500],
        "html": entry["html"][:1500],
        "category_id": number % CATEGORIES + 1,
        "stage": stage,
        "published_at": None if stage == "draft" else at,
        "expires_at": PAST if number % 1000 == 1 else None,
        "created_at": changed,
        "updated_at": changed,
        "listed_at": at if stage == "published" else None,
    }


def lines(number: int, at: datetime | None, count: int) -> Iterator[dict]:
    """Half of the posts have the common tag, every third the usual one, and few the rare one."""
    tags = ((1, number % 2 == 0), (2, number % 3 == 0), (3, number % (count // RARE_POSTS) == 1))
    for tag, has_it in tags:
        if has_it:
            yield {"post_id": number, "tag_id": tag, "listed_at": at, "position": tag}


def byline(number: int, at: datetime | None) -> dict:
    return {"post_id": number, "author_id": number % AUTHORS + 1, "listed_at": at, "position": 0}


def some_words(writer: Writer) -> dict[str, str]:
    """A word of half of the titles, one of few, and one of none."""
    dice = random.Random(2)  # noqa: S311 - nothing here is a secret
    return {
        "frequent": writer.words[0],
        "second": writer.words[1],
        "rare": writer.words[-dice.randint(1, 9)],
        "missing": "xyzzyx",
    }
