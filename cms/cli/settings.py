"""`flask settings`: what the owner may change while the site runs."""

import click
from flask.cli import with_appcontext

from cms.db import unit_of_work
from cms.models.setting import SITE_SETTINGS, Setting, site
from cms.say import refusals_said


@click.group()
def settings() -> None:
    """Show and change the site's settings."""


@settings.command("list")
@with_appcontext
def list_settings() -> None:
    """Show every setting, its value and what it means."""
    values = site.values()
    for name, kind in SITE_SETTINGS.items():
        click.echo(f"{name:<15} {values[name]!r:<28} {kind.label}. {kind.help}")


@settings.command("set")
@click.argument("name")
@click.argument("value")
@with_appcontext
@refusals_said
def set_setting(name: str, value: str) -> None:
    """Give the setting NAME the VALUE; the running site follows at once."""
    with unit_of_work():
        Setting.change(name, value, by=None)
    click.echo(f"{name} = {getattr(site, name)!r}")
