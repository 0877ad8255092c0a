"""A site of its own for the journeys, on a free port: the demonstration, and the texts of `content`."""

import logging
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from cms import create_app
from cms.cli.setup import prepare
from cms.config import Settings
from cms.db import db, session, unit_of_work
from cms.jobs import run_due
from cms.models import Mail, Setting
from cms.transfer.demonstration import ACCOUNTS, demo
from e2e import content

# All the journeys' browsers have one address.
PATIENT = {"RATE_REGISTER": "1000/hour", "RATE_LINK": "1000/hour", "RATE_LINK_ADDRESS": "100/hour"}


@dataclass(frozen=True)
class Site:
    """The served site: its origin, its app, and the passwords of its people."""

    url: str
    app: Flask
    passwords: dict[str, str]

    def mails_to(self, address: str) -> list[Mail]:
        """The mails to ``address``, the last one first, after all jobs were done."""
        with self.app.app_context():
            run_due()
            return list(session.scalars(select(Mail).where(Mail.to == address).order_by(Mail.id.desc())))

    def link_to(self, address: str) -> str:
        """The first address in the last mail to somebody."""
        return re.search(r"https?://\S+", self.mails_to(address)[0].text)[0]

    def wear(self, theme: str) -> None:
        with self.app.app_context(), unit_of_work():
            Setting.change("theme", theme, by=None)


@contextmanager
def served_site(instance: Path, database_url: str) -> Iterator[Site]:
    """A filled site that answers on 127.0.0.1 until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://localhost:{listening.getsockname()[1]}"  # passkeys need a name
        app = create_app(Settings(INSTANCE=instance, DATABASE_URL=database_url, SITE_URL=url, **PATIENT))
        app.add_url_rule(content.BROKEN, view_func=fail)
        fill(app)
        with answering(app, listening):
            yield Site(url, app, passwords_in(instance / ACCOUNTS))
    with app.app_context():
        db.engine.dispose()


def fail() -> None:
    """A view with a fault, so that there is a page that says so."""
    raise RuntimeError("broken on purpose")


def fill(app: Flask) -> None:
    with app.app_context():
        prepare()
        demo.main(args=[], standalone_mode=False)
        content.write()


@contextmanager
def answering(app: Flask, listening: socket.socket) -> Iterator[None]:
    """Answer what comes in at the socket, in threads beside the tests."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server(*listening.getsockname(), whole(app), threaded=True, fd=listening.fileno())
    thread = Thread(target=server.serve_forever, name="site", daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def whole(app: Flask) -> Callable:
    """``app``, its answers read to the end: the server leaves a file open that a browser turns away from."""

    def answer(environ: dict, start_response: Callable) -> list[bytes]:
        with closing(app(environ, start_response)) as parts:
            return [b"".join(parts)]

    return answer


def passwords_in(file: Path) -> dict[str, str]:
    """``{name: password}`` of the lines "name role password"."""
    lines = (line.split() for line in file.read_text().splitlines())
    return {name: password for name, _role, password in lines}
