"""``flask import``: bring a site from elsewhere in."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import click
from flask.cli import AppGroup

from cms.models.setting import site
from cms.transfer import loading, markdown
from cms.transfer.draft import Unreadable
from cms.transfer.loading import Outcome

imports = AppGroup("import", help="Bring a site from elsewhere in.")
Folder = click.Path(exists=True, file_okay=False, path_type=Path)


@imports.command("markdown")
@click.argument("folder", metavar="DIR", type=Folder)
@click.option("--author", metavar="NAME", default="", help="Who signs the posts that name nobody.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@click.option("--as", "kind", type=click.Choice(["pages"]), help="Take everything as pages, none as posts.")
def import_markdown(folder: Path, author: str, dry_run: bool, kind: str | None) -> None:
    """Bring in the Markdown posts below DIR.

    DIR is the folder of a Zola, Hugo or Jekyll site (or its content folder), or of plain Markdown files, with
    TOML (+++), YAML (---) or no front matter. Pictures come along, links between the posts follow, and every
    old address leads to the new one. Running it again takes in what changed and leaves alone what was edited
    here. Without a date in its fields, file name, folders or address a post is dated with the moment of its
    import; a file without a date at the root of a site becomes a page. Dates without a zone are in that of
    the site's configuration, else in that of this site's settings.

    The exit status is 1 if a file could not be taken in; the others are.
    """
    try:
        reading = markdown.read(folder, as_pages=kind == "pages", zone=site.zone, told=progress("Reading"))
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    if not reading.drafts and not reading.failures:
        raise click.ClickException(f"There is no Markdown file with a title or text in {folder}.")
    outcome = loading.load(
        reading, author=author, dry_run=dry_run, told=progress("Checking" if dry_run else "Writing")
    )
    report(outcome, dry_run)
    sys.exit(1 if outcome.failures else 0)


def progress(label: str) -> Callable[[Iterable], Iterable]:
    """What wraps a list so that a bar shows the way through it."""
    return partial(bar, label)


def bar(label: str, items: list) -> Iterable:
    with click.progressbar(items, label=f"{label} {len(items)} files", file=sys.stderr) as shown:
        yield from shown


def report(outcome: Outcome, dry_run: bool) -> None:
    """What came of it: remarks and failures on the error output, the table on the other."""
    for remark in dict.fromkeys(outcome.remarks):
        click.echo(f"warning: {remark}", err=True)
    for failure in outcome.failures:
        click.echo(f"failed: {failure}", err=True)
    table = {**outcome.counts, "failed": len(outcome.failures), "warnings": len(set(outcome.remarks))}
    for name, count in table.items():
        click.echo(f"{name:>10} {count:6}")
    if dry_run:
        click.echo("Nothing was written.")
