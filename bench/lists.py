"""`python -m bench.lists`: home and the list of posts in the back office, in SQLite and in PostgreSQL.

Measured is the time from the request to the whole answer, in one process, without the network; and the
processor time of that process, which other work does not lengthen (PostgreSQL's own is not in it).
"""

import os
import re
import resource
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import click
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url

from bench.crowd import COMMON, RARE, USUAL, fill, some_words
from bench.data import Writer
from cms import create_app
from cms.cli.setup import prepare
from cms.config import read_settings
from cms.db import db, session, unit_of_work
from cms.models import Entry, User

HOME = "/admin/"
LIST = "/admin/posts/"
EDITOR, PASSWORD = "bench@example.org", "measured with a long ruler"
ORDERS = ("-updated_at", "updated_at", "title", "-title", "-published_at", "published_at", "-id", "id")
STATES = ("draft", "review", "scheduled", "published", "archived", "trashed")
DEEP = 40  # pages from the list's end


@click.command()
@click.option("--posts", default=1_000_000, show_default=True, help="Number of posts.")
@click.option("--requests", default=100, show_default=True, help="Requests for each page.")
@click.option("--postgresql", envvar="DATABASE_URL", help="Server on which to make a database of its own.")
@click.option("--data", type=click.Path(path_type=Path), help="Keep the loaded sites in this folder.")
@click.option("--loaded", help="Address of a database that is loaded already; nothing else is measured.")
def main(posts: int, requests: int, postgresql: str | None, data: Path | None, loaded: str | None) -> None:
    """Load a site, ask for every filter and every order of its list of posts, and print what that took."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = data or Path(temporary)
        if loaded:
            return measure_all(app_on(loaded, folder), posts, requests)
        sqlite = folder / "lists.sqlite"
        measure_all(app_on(f"sqlite:///{sqlite}", folder), posts, requests)
        if postgresql:
            with new_database(postgresql) as url:
                measure_all(app_on(url, folder), posts, requests)


@contextmanager
def new_database(given: str) -> Iterator[str]:
    """The address of an empty database on the server that is ``given``; it ends with the block."""
    server = make_url(given.replace("postgresql://", "postgresql+psycopg://", 1))
    name = f"broadside_bench_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def app_on(url: str, folder: Path) -> Flask:
    return create_app(read_settings(INSTANCE=folder, DATABASE_URL=url))


def measure_all(app: Flask, posts: int, requests: int) -> None:
    """Fill the app's database unless it is filled already, and print a table of what each page took."""
    with app.app_context():
        prepare()
        writer = Writer() if session.scalar(select(Entry.id).limit(1)) else fill(posts)
        make_editor()
        dialect = db.engine.dialect.name
        session.remove()
    client = signed_in(app)
    click.echo(f"\n{posts:,} posts in {dialect}, milliseconds of {requests} requests each")
    click.echo(f"{'page':<46}{'p50':>8}{'p99':>8}{'CPU':>8}")
    for name, address in pages(client, some_words(writer)):
        p50, p99, cpu = measured(client, address, requests)
        click.echo(f"{name:<46}{p50:>8.1f}{p99:>8.1f}{cpu:>8.1f}{'  <<' if p99 > 100 else ''}")
    measure_export(client)
    with app.app_context():
        db.engine.dispose()


def make_editor() -> None:
    if not User.named(EDITOR):
        with unit_of_work():
            User.create(by=None, email=EDITOR, password=hash_password(PASSWORD), roles=("editor",))


def signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    form = {"csrf_token": token_on(client, "/login"), "email": EDITOR, "password": PASSWORD}
    assert client.post("/login", data=form, **base(client)).status_code == 302
    return client


def base(client: FlaskClient) -> dict[str, str]:
    return {"base_url": client.application.config["SITE_URL"]}


def token_on(client: FlaskClient, address: str) -> str:
    return re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(address, **base(client)).text)[1]


def pages(client: FlaskClient, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """``(name, address)`` of each page to measure."""
    filters = {f"state {state}": {"state": state} for state in STATES}
    filters |= {f"tag {tag}": {"tag": tag} for tag in (COMMON, USUAL, RARE, "Missing")}
    filters |= {"category": {"category": "1"}, "author": {"author": "Author 3"}}
    filters |= {f"title {kind} word": {"search": word} for kind, word in words.items()}
    filters |= {"title two frequent words": {"search": two_words(words)}}
    filters |= {"tag, state and title": {"tag": COMMON, "state": "draft", "search": words["frequent"]}}
    yield "home", HOME
    yield "first page", LIST
    for order in ORDERS:
        first = f"{LIST}?{urlencode({'sort': order})}"
        yield f"order {order}", first
        yield f"order {order}, next page", linked(client, first, "next", 1)
        yield f"order {order}, last page", linked(client, first, "last", 1)
        yield f"order {order}, deep", linked(client, linked(client, first, "last", 1), "prev", DEEP)
    for name, arguments in filters.items():
        yield name, f"{LIST}?{urlencode(arguments)}"
        for order in ORDERS[1:]:
            yield f"{name}, order {order}", f"{LIST}?{urlencode(arguments | {'sort': order})}"
        deep = linked(client, f"{LIST}?{urlencode(arguments | {'sort': '-id'})}", "last", 1)
        yield f"{name}, made, last page", deep


def two_words(words: dict[str, str]) -> str:
    return f"{words['frequent']} {words['second']}"


def linked(client: FlaskClient, address: str, rel: str, times: int) -> str:
    """The address behind so many links ``rel``, or the last that has none."""
    for _time in range(times):
        page = client.get(address, **base(client)).text
        found = re.search(rf'<a href="([^"]+)" rel="{rel}"', page)
        if not found:
            break
        address = found[1].replace("&amp;", "&")
    return address


def measured(client: FlaskClient, address: str, requests: int) -> tuple[float, float, float]:
    """Milliseconds of an answer: the median, what 99 of 100 stay below, and the median of processor time."""
    taken, worked = [], []
    for _request in range(requests):
        start, start_of_work = time.perf_counter(), time.process_time()
        answer = client.get(address, **base(client))
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - start_of_work) * 1000)
        assert answer.status_code == 200, address
    taken.sort()
    return (
        statistics.median(taken),
        taken[min(round(requests * 0.99), requests - 1)],
        statistics.median(worked),
    )


def measure_export(client: FlaskClient) -> None:
    """Print when the first line of the whole list as a file comes, when the last, and what memory grew."""
    form = {"csrf_token": token_on(client, LIST)}
    before, start, size, first = memory(), time.perf_counter(), 0, 0.0
    answer = client.post(f"{LIST}export.csv", data=form, buffered=False, **base(client))
    for part in answer.response:
        first = first or time.perf_counter() - start
        size += len(part)
    answer.close()
    took = time.perf_counter() - start
    click.echo(f"export: first byte {first * 1000:.0f} ms, {size / 1e6:.0f} MB in {took:.0f} s, ", nl=False)
    click.echo(f"memory grew by {memory() - before:.0f} MB")


def memory() -> float:
    """Megabytes of this process at its highest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    os.environ.setdefault("WORKERS", "1")
    main()
