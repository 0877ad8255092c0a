"""Search over the titles, tags and texts of what is published."""

from flask import Blueprint, Flask

from cms import signals

bp = Blueprint("search", __name__)


def init_app(app: Flask) -> None:
    from cms.search import receivers, views  # noqa: F401  (the view belongs to the blueprint)
    from cms.search.cli import commands

    for name, signal in signals.domain.items():
        if name.startswith("entry."):
            signal.connect(receivers.entry_changed)
    signals.term_saved.connect(receivers.term_changed)
    signals.thing_trashed.connect(receivers.thing_trashed)
    signals.thing_restored.connect(receivers.thing_restored)
    app.register_blueprint(bp)
    app.cli.add_command(commands)
