"""Workers cost next to nothing while there is nothing to do."""

import threading
import time

import pytest
from sqlalchemy import Engine, event

from cms.db import session
from cms.jobs import crew
from cms.models import Job
from tests.patience import until
from tests.test_conventions import WRITE
from tests.workers import open_workplace


@pytest.fixture
def workplace(tmp_path):
    with open_workplace(tmp_path, 25) as place:
        yield place


def is_quiet(workplace) -> bool:
    """Whether the periodic jobs are planned and done."""
    with workplace.app.app_context():
        rows = session.query(Job).all()
    return bool(rows) and all(row.finished_at for row in rows)


def test_an_app_starts_no_thread(workplace):
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("Worker", "Scheduler"))]


def test_workers_that_wait_write_nothing_and_ask_seldom(workplace):
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement != "BEGIN":
            statements.append(statement)

    workers = crew.start(workplace.app, 2)
    assert until(lambda: is_quiet(workplace))
    event.listen(Engine, "before_cursor_execute", note)
    time.sleep(1)
    event.remove(Engine, "before_cursor_execute", note)
    workers.stop()
    assert 0 < len(statements) <= 7, "one a sweep"
    assert not [statement for statement in statements if WRITE.search(statement)]
