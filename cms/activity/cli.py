"""`flask activity`: what happened last."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cms.db import session
from cms.models import Event


@click.command()
@click.option("--count", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many events.")
@click.option("--name", help="Only events of this name, such as entry.published.")
@with_appcontext
def activity(count: int, name: str | None) -> None:
    """Show the latest events: when, what, which, by whom, and the fields that changed."""
    query = select(Event).options(joinedload(Event.actor)).order_by(Event.id.desc()).limit(count)
    if name:
        query = query.where(Event.name == name)
    for event in session.scalars(query):
        actor = event.actor.name if event.actor else "system"
        fields = ", ".join(event.changes)
        what = f"{event.subject_type} {event.subject_id}"
        click.echo(f"{event.at:%Y-%m-%d %H:%M:%S}  {event.name:<18} {what:<16} {actor}  {fields}")
