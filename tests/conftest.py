"""The app, made once a run on the database that DATABASE_URL names; each test is rolled back."""

from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event

from cms import create_app
from cms.cli.setup import prepare
from cms.config import Settings
from cms.db import db, session
from cms.limits import limiter
from tests.databases import new_database

pytest_plugins = ["tests.factories"]


@pytest.fixture(scope="session")
def database_url(tmp_path_factory) -> Iterator[str]:
    with new_database(tmp_path_factory.mktemp("database")) as url:
        yield url


@pytest.fixture(scope="session")
def instance(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def whole_app(database_url: str, instance: Path) -> Iterator[Flask]:
    settings = Settings(
        INSTANCE=instance,
        DATABASE_URL=database_url,
        SITE_URL="http://broadside.test",
        SECRET_KEY="only for tests, and for no site of anybody",
    )
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=True)
    with app.app_context():
        prepare()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """The app inside a transaction that ends with the test: what it commits are savepoints."""
    with whole_app.app_context():
        engine = db.engine
        connection = engine.connect()
        transaction = connection.begin()
        db.engines[None] = connection
        session.remove()
        session.configure(join_transaction_mode="create_savepoint")
        limiter.reset()
        yield whole_app
        session.remove()
        session.configure(join_transaction_mode="conditional_savepoint")
        db.engines[None] = engine
        transaction.rollback()
        connection.close()


class Visitor(FlaskClient):
    """A client whose requests see what the test wrote, and share nothing else with it."""

    def open(self, *args, **kwargs):
        session.commit()
        g.pop("cache_versions", None)
        g.pop("remembered", None)
        kwargs = {"base_url": "http://broadside.test", "buffered": True, **kwargs}
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture
def settings(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change settings until the test ends: ``settings(RATE_REGISTER="1/hour")``."""

    def change(**values) -> None:
        for name, value in values.items():
            monkeypatch.setitem(app.config, name, value)

    return change


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return new_client(app)


@pytest.fixture
def other_client(app: Flask) -> FlaskClient:
    return new_client(app)


def new_client(app: Flask) -> FlaskClient:
    app.test_client_class = Visitor
    return app.test_client()


@pytest.fixture
def queries(app: Flask) -> Iterator[list[str]]:
    """The SQL statements sent since the test began or last cleared the list."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            sent.append(statement)

    connection = db.engines[None]
    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)
