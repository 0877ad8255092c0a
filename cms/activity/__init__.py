"""Activity: every domain event becomes a row."""

from flask import Flask

from cms import signals
from cms.activity import receivers
from cms.activity.cli import activity


def init_app(app: Flask) -> None:
    for signal in signals.domain.values():
        signal.connect(receivers.record)
    app.cli.add_command(activity)
