"""`flask search`: care for the search index."""

import click
from flask.cli import AppGroup
from sqlalchemy import delete, insert, select

from cms.db import session, unit_of_work
from cms.models import Entry
from cms.models.life import PUBLISHED
from cms.search import ddl
from cms.search.document import SearchDocument
from cms.search.titles import TitleWords, marked

BATCH = 200  # entries in one transaction

commands = AppGroup("search", help="Care for the search index.")


@commands.command()
def rebuild() -> None:
    """Write the searchable words of every published post and page anew."""
    published = select(Entry.id).where(Entry.stage == PUBLISHED)
    with unit_of_work():
        session.execute(delete(SearchDocument).where(SearchDocument.entry_id.not_in(published)))
        rebuild_titles()
        ids = list(session.scalars(published.order_by(Entry.id)))
    with click.progressbar(length=len(ids), label="Indexing") as bar:
        for start in range(0, len(ids), BATCH):
            index(ids[start : start + BATCH])
            bar.update(min(BATCH, len(ids) - start))
    with unit_of_work():
        ddl.tidy(session.connection())
    click.echo(f"{len(ids)} posts and pages can be found.")


def rebuild_titles() -> None:
    """Write the words of every title anew, drafts and the trash included."""
    session.execute(delete(TitleWords))
    titles = session.execute(select(Entry.id, Entry.kind, Entry.title).execution_options(yield_per=BATCH))
    for rows in titles.partitions(BATCH):
        words = [{"entry_id": id, "words": marked(kind, title)} for id, kind, title in rows]
        session.execute(insert(TitleWords), words)


def index(ids: list[int]) -> None:
    """Write the documents of the entries with these ids, in one transaction."""
    with unit_of_work():
        for entry in session.scalars(select(Entry).where(Entry.id.in_(ids))):
            SearchDocument.follow(entry)
