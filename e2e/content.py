"""What the journeys need beside the demonstration site: texts whose words and addresses they know."""

from datetime import datetime, timedelta

from cms.db import unit_of_work
from cms.models import Author, Post, Series, Tag
from cms.models.base import now

TAG = "Night swimming"
TAGGED = "/blog/?tag=night-swimming"
TAGGED_POSTS = 6
AUTHOR = "Pim Ottelwick"
SERIES = "Round the river on foot"
PARTS = ["First the north bank", "Then the south bank", "And home over the ice"]  # the last is the lead story

CODE = """def boats(log):
\tfor line in log:  # a tab, an indent and a blank line

        if "<late>" in line and not line.startswith("#"):
            yield line.split('"')[1], "&c."
"""
CODE_POST = "/blog/counting-boats-with-a-script/"
LONG_POST = "/blog/a-notebook-of-everything/"
DRAFT = "/blog/the-letter-we-did-not-send/"
MOVED_FROM, MOVED_TO = "/blog/the-old-slip/", "/blog/the-new-slip/"
REMOVED = "/blog/the-rumour/"
ARCHIVED = "/blog/last-year-s-rota/"
BROKEN = "/broken/"  # an address whose view fails

PADDING = "The tide turned at twenty past, as it had the night before, and nobody was surprised. " * 50
NOTEBOOK = """\
Every kind of thing that a text can hold[^1], gathered by [one of us](/about/) on a wet *Tuesday*.

> It said nothing about soup.

## A list and a table

- [x] lamp oil
- [ ] matches

| Night | Aboard |
| :-- | --: |
| Friday | 31 |

## Callouts

> [!TIP]
> Bring a cup.

> [!WARNING]
> The third step is loose.

## A drawing of words

```python
lamp = {"lit": True}  # see the rota
```

### The small print

Term
: What it means

[^1]: All but the kettle.

"""


def write() -> None:
    """Add the texts; the newest of them is the lead story of the front page."""
    with unit_of_work():
        today = now()
        write_series(today)
        publish("A notebook of everything", NOTEBOOK + PADDING, at=today - timedelta(days=2))
        publish("Counting boats with a script", f"```python\n{CODE}```\n", at=today - timedelta(days=1))
        publish("Last year's rota", "Who lit which lamp.", at=today - timedelta(days=400)).archive(by=None)
        moved = publish("The old slip", "It moved.", at=today - timedelta(days=300))
        moved.revise(by=None, slug="the-new-slip")
        publish("The rumour", "It was not so.", at=today - timedelta(days=200)).remove(by=None)
        Post.write(by=None, title="The letter we did not send", body="Dear Conservancy, you are wrong.")


def write_series(today: datetime) -> None:
    series = Series.named(SERIES, by=None)
    for position, title in enumerate(PARTS, 1):
        at = today - timedelta(minutes=10 - position)
        fields = {"series": series, "series_position": position, "summary": f"Part {position} of a walk."}
        publish(title, f"We set out with a glimmerlamp, for the {position}th time.", at=at, **fields)


def publish(title: str, body: str, *, at: datetime, **fields) -> Post:
    """A post with the tag and the author that only these texts have."""
    named = {"tags": [Tag.named(TAG, by=None)], "authors": [Author.named(AUTHOR, by=None)]}
    post = Post.write(by=None, title=title, body=body, **named, **fields)
    post.publish(by=None, at=at)
    return post
