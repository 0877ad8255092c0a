"""Workers in processes of their own, and the site they work for."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from cms.cli.setup import prepare
from cms.config import ROOT
from cms.db import session, unit_of_work
from cms.mail import post
from cms.models import Mail
from tests.apps import another_app
from tests.databases import new_database

IMPATIENT = {"JOB_LEASE": 2, "JOB_SWEEP": 0.2, "JOB_RETRY": 0.1, "MAIL_TLS": "none", "MAIL_TIMEOUT": 10}


@dataclass(frozen=True)
class Workplace:
    """A site with a database of its own, and what its workers are told in the environment."""

    app: Flask
    environment: dict[str, str]
    log: Path

    @contextmanager
    def worker(self, *command: str) -> Iterator[subprocess.Popen]:
        """A process that does jobs until the block ends, unless it has ended before."""
        command = command or ("jobs", "work", "--threads", "2")
        words = [sys.executable, "-W", "ignore", "-m", "flask", "--app", "cms:create_app", *command]
        with (
            self.log.open("a") as log,
            started(words, env=self.environment, stdout=log, stderr=log) as process,
        ):
            yield process

    def write(self, count: int = 1) -> list[str]:
        """Put mails to bob into the outbox; their ids."""
        with self.app.app_context(), unit_of_work():
            subjects = (f"Mail {number}" for number in range(count))
            return [
                post(to="bob@example.org", subject=subject, text="Good day.").message_id
                for subject in subjects
            ]

    def states(self) -> set[str]:
        with self.app.app_context():
            return {state for (state,) in session.query(Mail.state).distinct()}

    def all_sent(self) -> bool:
        return self.states() == {"sent"}


@contextmanager
def started(words: list[str], **options) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(words, cwd=ROOT, start_new_session=True, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def open_workplace(folder: Path, port: int, **settings) -> Iterator[Workplace]:
    with new_database(folder) as url:
        told = {**IMPATIENT, "DATABASE_URL": url, "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port, **settings}
        environment = {**os.environ, **{name: str(value) for name, value in told.items()}}
        with another_app(folder, **told) as app:
            with app.app_context():
                prepare()
            yield Workplace(app, {**environment, "INSTANCE": str(folder)}, folder / "workers.log")
