"""Apps with other settings than those of the app that most tests share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from cms import create_app
from cms.config import Settings
from cms.db import db
from cms.security import talisman


@contextmanager
def another_app(instance: Path, **settings) -> Iterator[Flask]:
    """An app of its own; Talisman, which keeps the settings of the last app made, gets its own back."""
    kept = dict(vars(talisman))
    app = create_app(Settings(INSTANCE=instance, **settings))
    yield app
    vars(talisman).update(kept)
    with app.app_context():
        db.engine.dispose()
