"""How commands speak."""

from collections.abc import Callable
from functools import wraps

import click

from cms.errors import Refused


def refusals_said(command: Callable) -> Callable:
    """Tell what a rule refused as the command's error, with exit status 1."""

    @wraps(command)
    def said(*args, **kwargs):
        try:
            return command(*args, **kwargs)
        except Refused as refusal:
            raise click.ClickException(refusal.message) from refusal

    return said


def step(text: str) -> None:
    """Say which step of a longer work begins."""
    click.echo(f"  - {text}")
