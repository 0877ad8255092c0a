"""`make bench`: the pages at two sizes of the site, with the page cache and without."""

import os
import tempfile
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import event

from bench.data import NEWEST, load
from bench.load import Load, measure
from bench.server import memory_megabytes, running
from cms import create_app
from cms.cli.setup import prepare
from cms.config import read_settings
from cms.db import db

PORT = 8765
HEADER = f"{'page':<14}{'queries':>8}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}"


def pages(count: int) -> dict[str, str]:
    deep = f"/blog/?before={NEWEST.replace(year=NEWEST.year - 1, tzinfo=None).isoformat()}Z~1"
    return {
        "home": "/",
        "post": f"/blog/post-{count // 2}/",
        "tag page": "/tag/tag-7/",
        "deep in a list": deep if count > 100_000 else "/blog/?before=2026-05-30T00:00:00Z~1",
        "feed": "/feed.xml",
        "search": "/search/?q=ba",
    }


@click.command()
@click.option("--sizes", default="2000,200000", show_default=True, help="Numbers of posts, with commas.")
@click.option("--requests", default=400, show_default=True, help="Requests for each page.")
@click.option("--data", type=click.Path(path_type=Path), help="Keep the loaded sites in this folder.")
def main(sizes: str, requests: int, data: Path | None) -> None:
    """Load sites of each size, ask for their pages and print what that took."""
    with tempfile.TemporaryDirectory() as temporary:
        results = {
            size: bench((data or Path(temporary)) / str(size), size, requests)
            for size in map(int, sizes.split(","))
        }
    small, *larger = results
    for size in larger:
        click.echo(f"\np50 at {size:,} posts, in multiples of that at {small:,} (without page cache)")
        for page, loads in results[size].items():
            click.echo(f"{page:<14}{loads.p50 / results[small][page].p50:>8.2f}")


def bench(instance: Path, size: int, requests: int) -> dict[str, Load]:
    """Print the table of one size; the loads without page cache are the answer."""
    app = create_app(read_settings(INSTANCE=instance))
    with app.app_context():
        filled = (instance / "loaded").exists()
        prepare()
        if not filled:
            load(size)
            (instance / "loaded").touch()
        counts = {page: query_count(app, address) for page, address in pages(size).items()}
        db.engine.dispose()
    uncached = print_table(instance, size, requests, counts, page_cache=False)
    print_table(instance, size, requests, dict.fromkeys(counts, 1), page_cache=True)
    return uncached


def print_table(
    instance: Path, size: int, requests: int, counts: dict[str, int], *, page_cache: bool
) -> dict:
    click.echo(f"\n{size:,} posts, page cache {'on' if page_cache else 'off'}\n{HEADER}")
    loads = {}
    with running(instance, PORT, page_cache=page_cache) as worker:
        for page, address in pages(size).items():
            found = loads[page] = measure(PORT, worker, address, requests)
            numbers = f"{found.requests_a_second:>9.0f}{found.p50:>9.1f}{found.p99:>9.1f}{found.cpu:>9.1f}"
            click.echo(f"{page:<14}{counts[page]:>8}{numbers}")
        click.echo(f"memory of the worker: {memory_megabytes(worker):.0f} MB")
    return loads


def query_count(app: Flask, address: str) -> int:
    """The number of SQL statements of a page that is not cached, once the process is warm."""
    app.config["PAGE_CACHE"] = False
    sent = []
    client = app.test_client()
    client.get(address, base_url=app.config["SITE_URL"])

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    client.get(address, base_url=app.config["SITE_URL"])
    event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


if __name__ == "__main__":
    os.environ.setdefault("WORKERS", "1")
    main()
