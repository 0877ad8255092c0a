"""The queue: huey, on a file of the instance or on Redis. It carries numbers of jobs, and may lose them."""

import sqlite3
import time
from functools import cached_property
from hashlib import sha256

from flask import Flask
from huey import MemoryHuey, RedisHuey, SqliteHuey
from huey.api import Huey, Task
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry

from cms.jobs import working

LONGEST_QUEUE = 1000  # numbers; the sweep finds what is not in it
FILE = "queue.sqlite"
RECOVERY = 2  # seconds between two looks at a queue that does not answer
COMPLAINING = 60  # seconds


class Numbers:
    """Messages that are a job's number and nothing else: no pickle is read from where others may write.

    While the queue does not answer, the rows say what there is to do.
    """

    def serialize_task(self, task: Task) -> bytes:
        return str(task.args[0]).encode()

    def deserialize_task(self, data: bytes) -> Task:
        return self.run_job.s(int(bytes(data)))

    def dequeue(self) -> Task | None:
        try:
            return super().dequeue()
        except Exception as error:  # noqa: BLE001 (whatever a file or a server may raise)
            self.complain(error)
            return self.first_due()

    def execute(self, task: Task, timestamp=None) -> None:
        """Do it; whether it may be done, and again, is for its row to say."""
        task.execute()

    def first_due(self) -> Task | None:
        with self.app.app_context():
            numbers = working.due(1)
        if numbers:
            return self.run_job.s(numbers[0])
        time.sleep(RECOVERY)


class FileQueue(Numbers, SqliteHuey):
    pass


class RedisQueue(Numbers, RedisHuey):
    pass


class MemoryQueue(Numbers, MemoryHuey):
    pass


class LazyQueue:
    """The queue of an app, opened when it is first needed."""

    complained_at = float("-inf")

    def __init__(self, app: Flask):
        self.app = app

    @cached_property
    def huey(self) -> Huey:
        queue = open_queue(self.app)

        @queue.task(name="run")
        def run_job(number: int) -> None:
            with self.app.app_context():
                working.run(number)

        queue.app, queue.run_job, queue.complain = self.app, run_job, self.complain
        return queue

    def push(self, numbers: list[int]) -> None:
        """Tell workers of jobs; where the queue does not answer, the sweep tells them a little later."""
        try:
            if self.huey.pending_count() < LONGEST_QUEUE:
                for number in numbers:
                    self.huey.run_job(number)
        except Exception as error:  # noqa: BLE001 (whatever a file or a server may raise)
            self.complain(error)

    def is_empty(self) -> bool:
        return not self.huey.pending_count()

    def complain(self, error: Exception) -> None:
        """Log that the queue does not answer, once a minute."""
        if time.monotonic() - self.complained_at > COMPLAINING:
            self.complained_at = time.monotonic()
            self.app.logger.warning("The queue of jobs does not answer: %s", type(error).__name__)


def open_queue(app: Flask) -> Huey:
    """Redis where REDIS_URL is set; else a file beside the data, or memory where that can't be opened."""
    if app.config["REDIS_URL"]:
        return queue_on_redis(app)
    file = str(app.config["INSTANCE"] / FILE)
    try:
        return FileQueue("broadside", results=False, filename=file, fsync=False, timeout=2, cache_mb=1)
    except sqlite3.Error as error:
        message = "%s can't be opened (%s). Remove it and restart; until then each process queues by itself"
        app.logger.warning(message, file, error)
        return MemoryQueue("broadside", results=False)


def queue_on_redis(app: Flask) -> Huey:
    """Its key is named after the database, so that two sites may share a Redis."""
    site = sha256(app.config["SQLALCHEMY_DATABASE_URI"].encode()).hexdigest()[:12]
    pool = ConnectionPool.from_url(
        app.config["REDIS_URL"], socket_connect_timeout=2, socket_timeout=5, retry=Retry(NoBackoff(), 0)
    )
    return RedisQueue(f"broadside_{site}", results=False, connection_pool=pool)
