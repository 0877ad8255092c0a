"""An app that sends its mails to a server of the tests."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from cms.db import session
from cms.jobs import run_due
from cms.mail import post
from cms.models import Mail
from tests.mail.server import Office, open_office
from tests.patience import until


@pytest.fixture(scope="session")
def open_server() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def office(app: Flask, open_server: Office, monkeypatch) -> Office:
    """The mail server of the app, empty and obliging."""
    open_server.__init__(port=open_server.port)
    use_server(app, open_server.port, monkeypatch)
    return open_server


def use_server(app: Flask, port: int, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", "127.0.0.1")
    monkeypatch.setitem(app.config, "JOB_RETRY", 0.01)
    state = app.extensions["mailman"]
    for name, value in {"server": "127.0.0.1", "port": port, "use_tls": False, "timeout": 5}.items():
        monkeypatch.setattr(state, name, value)


@pytest.fixture
def write(app: Flask) -> Callable[..., Mail]:
    """Put a mail to bob into the outbox."""

    def write(**fields) -> Mail:
        mail = post(**{"to": "bob@example.org", "subject": "Hello", "text": "Good day.\n", **fields})
        session.commit()
        return mail

    return write


@pytest.fixture
def work(app: Flask) -> Callable[[], int]:
    """Do what is due, once."""

    def work() -> int:
        session.commit()
        return run_due(1)

    return work


@pytest.fixture
def eventually() -> Callable[[Callable], object]:
    return until
