"""`make bench`: the pages at two sizes of the site, with the page cache off, on a miss and on a hit."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count, repeat
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import event

from bench.data import NEWEST, load, moment_of
from bench.load import Load, measure
from bench.server import memory_megabytes, running
from cms import create_app
from cms.cli.setup import prepare
from cms.config import read_settings
from cms.db import db
from cms.models.listing import Key

PORT = 8765
DEPTH = 0.9  # of a list, at which an old page of it is asked
OFF, MISS, HIT = "off", "miss", "hit"
FIGURES: dict[str, Callable[[Load], str]] = {
    "req/s": lambda load: f"{load.requests_a_second:.0f}",
    "p50 ms": lambda load: f"{load.p50:.1f}",
    "p99 ms": lambda load: f"{load.p99:.1f}",
    "CPU ms": lambda load: f"{load.cpu:.1f}",
}

Loads = dict[str, dict[str, Load]]  # by page, then by what the page cache did
fresh_numbers = count(1)


def pages(size: int) -> dict[str, str]:
    """The address of each page to measure."""
    number = round(size * (1 - DEPTH))
    old = f"?before={Key(moment_of(number, size), number)}"
    return {
        "home": "/",
        "post": f"/blog/post-{size // 2}/",
        "old page of all": f"/blog/{old}",
        "tag": "/tag/tag-7/",
        "old page of tag": f"/tag/tag-7/{old}",
        "tags": "/tags/",
        "feed": "/feed.xml",
        "search": "/search/?q=ba",
    }


def asked(address: str, cache: str) -> Iterator[str]:
    """``address`` over and over; to miss the cache, each time with a new key of the same place."""
    if cache != MISS:
        return repeat(address)
    path, _, key = address.partition("?before=")
    at = Key.parse(key).at if key else NEWEST + timedelta(days=1)
    sign = "&" if "?" in path else "?"
    numbered = f"{path}{sign}before={Key(at, 0)}".removesuffix("0") + "{}"
    return map(numbered.format, fresh_numbers)  # no generator, which threads could not share


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
        ratios = {
            page: {
                cache: f"{load.p50 / results[small][page][cache].p50:.2f}" for cache, load in loads.items()
            }
            for page, loads in results[size].items()
        }
        click.echo(f"\np50 at {size:,} posts, in multiples of that at {small:,}")
        print_table({"ratio": ratios})


def bench(instance: Path, size: int, requests: int) -> Loads:
    """Print the table of one size and return its loads."""
    app = filled_site(instance, size)
    with app.app_context():
        counts = {
            page: {cache: str(statements(app, address, cache)) for cache in (OFF, MISS, HIT)}
            for page, address in pages(size).items()
        }
        db.engine.dispose()
    uncached, plain_memory = measured(instance, size, requests, OFF)
    cached, memory = measured(instance, size, requests, MISS, HIT)
    loads = {page: uncached[page] | cached[page] for page in counts}
    click.echo(f"\n{size:,} posts, with the page cache off, on a miss and on a hit")
    print_table({"queries": counts, **{name: shown(loads, figure) for name, figure in FIGURES.items()}})
    click.echo(f"memory of the worker: {plain_memory:.0f} MB, with the page cache {memory:.0f} MB")
    return loads


def filled_site(instance: Path, size: int) -> Flask:
    """The app of ``instance``, which gets ``size`` posts unless it has them from an earlier run."""
    app = create_app(read_settings(INSTANCE=instance))
    with app.app_context():
        filled = (instance / "loaded").exists()
        prepare()
        if not filled:
            load(size)
            (instance / "loaded").touch()
    return app


def statements(app: Flask, address: str, cache: str) -> int:
    """The number of SQL statements of one answer, once the process is warm."""
    app.config["PAGE_CACHE"] = cache != OFF
    sent, client, addresses = [], app.test_client(), asked(address, cache)

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    client.get(next(addresses), base_url=app.config["SITE_URL"])
    event.listen(db.engine, "before_cursor_execute", note)
    client.get(next(addresses), base_url=app.config["SITE_URL"])
    event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in sent if not statement.startswith("BEGIN")])


def measured(instance: Path, size: int, requests: int, *caches: str) -> tuple[Loads, float]:
    """The loads of each page on one server, and the memory in MB that its worker holds after them."""
    with running(instance, PORT, page_cache=OFF not in caches) as worker:
        loads = {
            page: {cache: measure(PORT, worker, asked(address, cache), requests) for cache in caches}
            for page, address in pages(size).items()
        }
        return loads, memory_megabytes(worker)


def shown(loads: Loads, figure: Callable[[Load], str]) -> dict[str, dict[str, str]]:
    return {
        page: {cache: figure(load) for cache, load in by_cache.items()} for page, by_cache in loads.items()
    }


def print_table(groups: dict[str, dict[str, dict[str, str]]]) -> None:
    """Print groups of three columns: group -> page -> what the page cache did -> figure."""
    click.echo(" " * 16 + "".join(f"{name:>21}" for name in groups))
    click.echo(f"{'page':<16}" + "".join(f"{cache:>7}" for cache in (OFF, MISS, HIT)) * len(groups))
    for page in next(iter(groups.values())):
        figures = [group[page][cache] for group in groups.values() for cache in (OFF, MISS, HIT)]
        click.echo(f"{page:<16}" + "".join(f"{figure:>7}" for figure in figures))


if __name__ == "__main__":
    os.environ.setdefault("WORKERS", "1")
    main()
