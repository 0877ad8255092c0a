"""Every mail arrives once, whatever becomes of the workers, the queue and the mail server."""

import os
import random
import signal
from collections.abc import Iterator

import pytest
from redis import Redis

from tests.mail.server import Office, free_port, open_office
from tests.patience import until
from tests.workers import Workplace, open_workplace

REDIS = "redis://127.0.0.1:6379/15"
SHAKY = ("451 Not now", "hang up", None, None, None)


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def workplace(tmp_path, office) -> Iterator[Workplace]:
    with open_workplace(tmp_path, office.port) as place:
        yield place


def test_a_worker_that_is_killed_amid_a_mail_loses_nothing(workplace, office):
    office.at_data = lambda number: 20.0 if number == 1 else None
    ids = workplace.write()
    with workplace.worker() as first:
        assert until(lambda: office.begun == 1)
        assert workplace.states() == {"sending"}
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    with workplace.worker():
        assert until(workplace.all_sent)
    assert office.ids == ids


def test_two_workers_send_every_mail_once_through_a_shaky_server(workplace, office):
    chance = random.Random(7)
    office.at_data = lambda number: chance.choice(SHAKY)
    ids = workplace.write(30)
    with workplace.worker(), workplace.worker():
        assert until(workplace.all_sent)
    assert sorted(office.ids) == sorted(ids)


def test_a_mail_that_takes_longer_than_a_lease_is_sent_by_one_worker(workplace, office):
    office.at_data = lambda number: 4.0
    workplace.write()
    with workplace.worker(), workplace.worker():
        assert until(workplace.all_sent)
    assert (office.begun, len(office.taken)) == (1, 1)


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_in_hand(workplace, office):
    office.at_data = lambda number: 1.5
    ids = workplace.write()
    with workplace.worker() as worker:
        assert until(lambda: office.begun == 1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    assert workplace.all_sent()
    assert office.ids == ids


def test_the_server_does_the_jobs_and_finishes_what_it_has_in_hand(workplace, office):
    office.at_data = lambda number: 1.5
    workplace.environment.update(PORT=str(free_port()), WORKERS="2", THREADS="1")
    ids = workplace.write()
    with workplace.worker("serve") as server:
        assert until(lambda: office.begun == 1)
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
    assert workplace.all_sent()
    assert office.ids == ids


def test_redis_carries_the_queue(tmp_path, office):
    redis = Redis.from_url(REDIS)
    with open_workplace(tmp_path, office.port, REDIS_URL=REDIS, JOB_SWEEP=50) as place:
        ids = place.write(3)
        name = place.app.extensions["jobs"].huey.storage.queue_key
        assert redis.llen(name) == 3
        with place.worker():
            assert until(place.all_sent)
            ids += place.write()
            assert until(place.all_sent), "the queue tells, not the sweep"
    assert sorted(office.ids) == sorted(ids)
    redis.delete(name)
    redis.close()


def test_without_its_redis_the_rows_say_what_to_do(tmp_path, office):
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    with open_workplace(tmp_path, office.port, REDIS_URL=nowhere) as place:
        ids = place.write(2)
        with place.worker():
            assert until(place.all_sent)
    assert sorted(office.ids) == sorted(ids)
