"""A site of any size to measure: posts of about 600 words under 20 tags, made the same way every time."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import click
from sqlalchemy import insert, text

from cms import cache, markup
from cms.db import session, unit_of_work
from cms.models import Author, Byline, Category, Entry, Tag, Tagging
from cms.search.document import SearchDocument

TAGS, AUTHORS, CATEGORIES = 20, 10, 5
PARAGRAPHS, PARAGRAPHS_A_POST, WORDS_A_PARAGRAPH = 400, 6, 100
VOCABULARY = 5000
BATCH = 1000
NEWEST = datetime(2026, 6, 1, tzinfo=UTC)
SYLLABLES = [consonant + vowel for consonant in "bdklmn" for vowel in "aeiou"]


class Writer:
    """Makes the texts; common words are as much more common than rare ones as in a language (Zipf's law)."""

    def __init__(self):
        self.dice = random.Random(1)  # noqa: S311 (nothing here is a secret)
        words = {
            "".join(self.dice.choices(SYLLABLES, k=self.dice.randint(2, 5))) for _ in range(VOCABULARY * 2)
        }
        self.words = sorted(words)[:VOCABULARY]
        self.dice.shuffle(self.words)
        self.weights = [1 / rank for rank in range(1, len(self.words) + 1)]
        self.sources = [self.some_words(WORDS_A_PARAGRAPH) for _ in range(PARAGRAPHS)]
        self.paragraphs = [markup.render(source).html for source in self.sources]

    def some_words(self, count: int) -> str:
        return " ".join(self.dice.choices(self.words, self.weights, k=count)).capitalize() + "."

    def entry(self, number: int, total: int) -> dict:
        chosen = self.dice.sample(range(PARAGRAPHS), PARAGRAPHS_A_POST)
        title = self.some_words(6).rstrip(".")
        return {
            "id": number,
            "kind": "post",
            "title": title,
            "slug": f"post-{number}",
            "path": f"blog/post-{number}/",
            "body": "\n\n".join(self.sources[index] for index in chosen),
            "html": "".join(self.paragraphs[index] for index in chosen),
            "toc": [],
            "words": PARAGRAPHS_A_POST * WORDS_A_PARAGRAPH,
            "excerpt": self.sources[chosen[0]][:200],
            "stage": "published",
            "published_at": moment_of(number, total),
            "category_id": number % CATEGORIES + 1,
        }


def moment_of(number: int, total: int) -> datetime:
    """When post ``number`` of ``total`` was published: one every three minutes, up to `NEWEST`."""
    return NEWEST - timedelta(minutes=(total - number) * 3)


def load(count: int) -> None:
    """Fill the empty database of the current app with ``count`` posts."""
    with unit_of_work():
        for kind, number in ((Tag, TAGS), (Author, AUTHORS), (Category, CATEGORIES)):
            for index in range(1, number + 1):
                kind.named(f"{kind.__name__} {index}", by=None)
    writer = Writer()
    with click.progressbar(length=count, label=f"{count:,} posts") as bar:
        for numbers in batches(count):
            with unit_of_work():
                write_batch(writer, numbers, count)
            bar.update(len(numbers))
    with unit_of_work():
        cache.touch(cache.BLOG)
        session.execute(text("ANALYZE"))


def batches(count: int) -> Iterator[range]:
    for start in range(1, count + 1, BATCH):
        yield range(start, min(start + BATCH, count + 1))


def write_batch(writer: Writer, numbers: range, count: int) -> None:
    entries = [writer.entry(number, count) for number in numbers]
    session.execute(insert(Entry.__table__), entries)
    taggings, bylines = [], []
    for entry in entries:
        tags = writer.dice.sample(range(1, TAGS + 1), 3)
        taggings += [line(entry, position, tag_id=tag) for position, tag in enumerate(tags)]
        bylines.append(line(entry, 0, author_id=entry["id"] % AUTHORS + 1))
    session.execute(insert(Tagging.__table__), taggings)
    session.execute(insert(Byline.__table__), bylines)
    session.add_all(
        document(entry, taggings[place * 3 : place * 3 + 3]) for place, entry in enumerate(entries)
    )


def document(entry: dict, taggings: list[dict]) -> SearchDocument:
    """What search knows of a post, as its verbs would have written it."""
    seen = SimpleNamespace(
        **{"summary": "", "expires_at": None, **entry},
        tags=[SimpleNamespace(id=line["tag_id"], name=f"Tag {line['tag_id']}") for line in taggings],
        authors=[SimpleNamespace(id=entry["id"] % AUTHORS + 1)],
    )
    found = SearchDocument(entry_id=entry["id"])
    found.read(seen, entry["body"])
    return found


def line(entry: dict, position: int, **reference: int) -> dict:
    return {"post_id": entry["id"], "listed_at": entry["published_at"], "position": position, **reference}
