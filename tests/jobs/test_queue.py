"""The queue carries numbers only: where it is broken, jobs are found in their rows."""

import pytest

from cms.db import session
from cms.jobs import crew, enqueue
from cms.jobs.queue import FILE, LazyQueue
from cms.models import Job
from tests.jobs.conftest import note
from tests.patience import until
from tests.workers import open_workplace


@pytest.fixture
def broken(tmp_path):
    """A site whose queue is a file that SQLite can't read."""
    (tmp_path / FILE).write_bytes(b"no database at all" * 1000)
    with open_workplace(tmp_path, 25) as place:
        yield place


def put_note() -> None:
    enqueue(note, text="tide")
    session.commit()


def test_a_change_is_kept_and_a_warning_logged_where_the_queue_is_broken(broken, caplog):
    with broken.app.app_context():
        put_note()
        assert session.query(Job).filter_by(kind=note.kind).one().state == "waiting"
    assert f"{FILE} can't be opened (file is not a database)" in caplog.text


def test_workers_do_the_jobs_all_the_same(broken):
    def is_done() -> bool:
        session.rollback()
        return session.query(Job).filter_by(kind=note.kind).one().state == "done"

    with broken.app.app_context():
        put_note()
        workers = crew.start(broken.app, 1)
        assert until(is_done)
        workers.stop()


def test_whatever_opening_the_queue_raises_is_told_and_goes_no_further(app, monkeypatch, caplog):
    def refuse(_app) -> None:
        raise PermissionError("no")

    monkeypatch.setattr("cms.jobs.queue.open_queue", refuse)
    LazyQueue(app).push([1])
    assert "The queue of jobs does not answer: PermissionError" in caplog.text
