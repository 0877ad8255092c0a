"""`flask posts`: the life of posts and pages, from the command line."""

from datetime import datetime
from itertools import islice

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from cms.db import session, unit_of_work
from cms.models import Entry
from cms.models.setting import site
from cms.say import refusals_said

STATES = ("draft", "review", "scheduled", "published", "archived", "trashed")


@click.group()
def posts() -> None:
    """List, publish, schedule, archive and remove posts and pages."""


def found(path: str) -> Entry:
    """The entry at the address ``path``, or the post with this slug."""
    key = path.strip("/") + "/"
    entry = session.scalars(select(Entry).where(Entry.path.in_((key, f"blog/{key}")))).first()
    if entry is None:
        raise click.ClickException(f"There is nothing at {path!r}.")
    return entry


@posts.command("list")
@click.option("--state", type=click.Choice(STATES))
@click.option("--title", help="Only those whose title holds this.")
@click.option(
    "--count", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many at most."
)
@with_appcontext
def list_entries(state: str | None, title: str | None, count: int) -> None:
    """Show the posts and pages changed last."""
    query = select(Entry).order_by(Entry.updated_at.desc(), Entry.id.desc())
    if title:
        query = query.where(Entry.title.icontains(title, autoescape=True))
    found = (entry for entry in session.scalars(query) if state in (None, entry.state))
    for entry in islice(found, count):
        date = f"{entry.published_at:%Y-%m-%d %H:%M}" if entry.published_at else "-"
        click.echo(f"{entry.state:<10} {date:<17} {entry.url:<50} {entry.title}")


@posts.command()
@click.argument("address")
@click.option("--at", type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%d"]), help="In the site's time zone.")
@with_appcontext
@refusals_said
def publish(address: str, at: datetime | None) -> None:
    """Publish the post at ADDRESS, now or at a moment."""
    with unit_of_work():
        entry = found(address)
        entry.publish(by=None, at=at.replace(tzinfo=site.zone) if at else None)
        click.echo(f"{entry.url} is {entry.state}.")


@posts.command("send-back")
@click.argument("address")
@click.argument("remarks")
@with_appcontext
@refusals_said
def send_back(address: str, remarks: str) -> None:
    """Return the post at ADDRESS, which is in review, with REMARKS."""
    with unit_of_work():
        entry = found(address)
        entry.send_back(remarks, by=None)
        click.echo(f"“{entry.title}” is {entry.state}.")


@posts.command()
@click.argument("address")
@click.argument("slug")
@with_appcontext
@refusals_said
def rename(address: str, slug: str) -> None:
    """Give the post at ADDRESS the address made of SLUG; the old one leads to it."""
    with unit_of_work():
        entry = found(address)
        entry.revise(by=None, slug=slug)
        click.echo(f"It is now at {entry.url}.")


@posts.command()
@with_appcontext
def render() -> None:
    """Make the HTML of all texts anew, as after an update of Broadside or a change of the language."""
    with unit_of_work():
        ids = list(session.scalars(select(Entry.id).order_by(Entry.id)))
    with click.progressbar(ids, label=f"{len(ids)} texts") as shown:
        for number in shown:
            with unit_of_work():
                session.get(Entry, number).render()


def add_plain_verb(name: str, help: str) -> None:
    """A command for a verb that needs nothing but the entry."""

    @posts.command(name, help=help)
    @click.argument("address")
    @with_appcontext
    @refusals_said
    def act(address: str) -> None:
        with unit_of_work():
            entry = found(address)
            getattr(entry, name)(by=None)
            click.echo(f"“{entry.title}” is {entry.state}.")


add_plain_verb("submit", "Send the draft at ADDRESS for review.")
add_plain_verb("withdraw", "Make the post at ADDRESS a draft again.")
add_plain_verb("archive", "Take the post at ADDRESS out of the lists; its address still answers.")
add_plain_verb("remove", "Put the post at ADDRESS into the trash; its address answers that it is gone.")
add_plain_verb("restore", "Take the post back from the trash; its ADDRESS there is shown by `list`.")
