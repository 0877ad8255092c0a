"""`flask demo`: the demonstration site, its people and its made-up cause, into an empty database."""

import secrets
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml
from flask import current_app
from flask.cli import with_appcontext
from flask_security import hash_password
from sqlalchemy import select

from cms.config import ROOT
from cms.db import session, unit_of_work
from cms.files import write_anew
from cms.models import (
    Author,
    Category,
    Entry,
    Media,
    MenuItem,
    Note,
    Post,
    Role,
    Series,
    Setting,
    Tag,
    User,
)
from cms.models.base import now
from cms.models.life import PUBLISHED
from cms.transfer import loading, markdown

CONTENT = ROOT / "cms" / "demo" / "content"
ACCOUNTS = "demo-accounts.txt"
MARKER = "demo-loading"  # a file that is there from the beginning of the load to its end
CAST = {
    "alice": "admin",
    "eve": "editor",
    "cara": "contributor",
    "mo": "moderator",
    "bob": "member",
    "charlie": "member",
}
FIRST = next(iter(CAST))
THERE = "The demonstration is there already."
OWN = "The site holds something of its own: no demonstration is loaded."
SETTINGS = ("name", "tagline", "description", "language", "accent", "accent_dark")


@click.command()
@with_appcontext
def demo() -> None:
    """Load the demonstration site; a site that holds anything of its own stays as it is."""
    marker = Path(current_app.config["INSTANCE"]) / MARKER
    begun = marker.exists() and User.named(FIRST) is not None
    if not begun and holds_anything():
        click.echo(f"  - {THERE if is_there() else OWN}")
        return
    click.echo(f"  - Loading the demonstration site{', as the last time was interrupted' if begun else ''}.")
    described = yaml.safe_load((CONTENT / "site.yaml").read_text())
    marker.touch()
    if not begun:
        found(described)
    load_texts()
    with unit_of_work():
        archive_what_says_so()
        place_menus(described["menus"])
        sign(described["authors"])
        for text in described.get("desk", []):
            lay_on_desk(**text)
    marker.unlink()
    click.echo("  - The demonstration site is complete.")


def holds_anything() -> bool:
    """Whether somebody has put something into the database."""
    return any(session.scalar(select(kind).limit(1)) for kind in (Entry, User, Setting, Media, MenuItem))


def is_there() -> bool:
    """Whether the whole cast is among the accounts."""
    return all(User.named(name) is not None for name in CAST)


def found(described: dict[str, Any]) -> None:
    """Make accounts, settings and terms, all or none, once the passwords are kept."""
    with unit_of_work():
        passwords = make_accounts()
        describe(described)
        write_accounts(passwords)


def describe(described: dict[str, Any]) -> None:
    """The site's settings and terms."""
    for name in SETTINGS:
        Setting.change(name, " ".join(described[name].split()), by=None)
    if described.get("logo"):
        Setting.change("logo_url", stored(described["logo"]).url, by=None)
    for kind, name in ((Category, "categories"), (Series, "series")):
        for term, description in described[name].items():
            kind.named(term, by=None).save(by=None, description=" ".join(description.split()))


def place_menus(menus: dict[str, list[dict[str, str]]]) -> None:
    for menu, items in menus.items():
        for position, item in enumerate(items):
            MenuItem.place(by=None, menu=menu, label=item["label"], url=item["url"], position=position)


def stored(name: str) -> Media:
    """A picture of the demonstration, kept as one of the site's."""
    file = CONTENT / name
    return Media.store(file.read_bytes(), file.name, by=None)


def load_texts() -> None:
    for folder, as_pages in (("posts", False), ("pages", True)):
        reading = markdown.read(CONTENT / folder, as_pages=as_pages)
        outcome = loading.load(reading, told=partial(bar, folder))
        if outcome.failures:
            raise click.ClickException("\n".join(str(failure) for failure in outcome.failures))


def bar(kind: str, items: list):
    with click.progressbar(items, label=f"    {len(items)} {kind}") as shown:
        yield from shown


def archive_what_says_so() -> None:
    for post in session.scalars(select(Post).where(Post.stage == PUBLISHED)):
        if post.extra.get("archived"):
            post.archive(by=None)


def make_accounts() -> dict[str, str]:
    """The cast, each with a random password: ``{name: password}``."""
    Role.ensure_all()
    passwords = {name: secrets.token_urlsafe(9) for name in CAST}
    for name, role in CAST.items():
        fields = {
            "email": f"{name}@example.org",
            "username": name,
            "password": hash_password(passwords[name]),
        }
        User.create(by=None, **fields, roles=(role,))
    return passwords


def sign(authors: list[dict[str, str]]) -> None:
    """Give the authors their pictures and what they say about themselves."""
    for described in authors:
        author = Author.named(described["name"], by=None)
        picture = stored(described["picture"]) if described.get("picture") else None
        author.save(by=None, description=" ".join(described["bio"].split()), picture=picture)


def lay_on_desk(
    by: str, category: str, tags: list[str], note: str = "", submitted: bool = False, **fields: Any
) -> None:
    """A text that is not public yet: somebody's draft, sent for review or scheduled in some days."""
    writer, days = User.named(by), fields.pop("scheduled_in_days", None)
    fields["category"] = Category.named(category, by=None)
    fields["tags"] = [Tag.named(tag, by=None) for tag in tags]
    post = Post.write(by=writer, **fields)
    if note:
        Note.put(post, note, by=User.named(FIRST))
    if submitted:
        post.submit(by=writer)
    if days:
        post.publish(by=writer, at=(now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0))


def write_accounts(passwords: dict[str, str]) -> None:
    """Keep the passwords where only the owner of the instance can read them."""
    lines = [f"  {name:<8} {CAST[name]:<10} {password}\n" for name, password in passwords.items()]
    write_anew(Path(current_app.config["INSTANCE"]) / ACCOUNTS, "".join(lines).encode(), mode=0o600)
