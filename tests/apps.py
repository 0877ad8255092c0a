"""Apps with other settings than those of the app that most tests share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from cms import create_app
from cms.config import Settings
from cms.db import db
from cms.limits import limiter
from cms.security import talisman


@contextmanager
def another_app(instance: Path, **settings) -> Iterator[Flask]:
    """An app of its own; extensions that keep the settings of the last app made get theirs back."""
    kept = [(extension, dict(vars(extension))) for extension in (talisman, limiter)]
    app = create_app(Settings(INSTANCE=instance, **settings))
    yield app
    for extension, settings in kept:
        vars(extension).update(settings)
    with app.app_context():
        db.engine.dispose()
