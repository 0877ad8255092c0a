"""The workers of a process: threads that do jobs, and one that looks after all jobs."""

import time
from multiprocessing.util import Finalize

from flask import Flask
from huey.consumer import Consumer, Scheduler

from cms.jobs import sweep, working
from cms.jobs.queue import LazyQueue

PATIENCE = 20  # seconds that a stop waits for the jobs under way; what it abandons is taken over later
PLANNING = 60  # seconds


class Sweeper(Scheduler):
    """huey's scheduler thread, looking at the rows instead of a schedule of huey's own."""

    queue: LazyQueue
    planned_at = float("-inf")

    def loop(self, now=None) -> None:
        try:
            with self.queue.app.app_context():
                working.hold_on()
                self.plan()
                sweep.push_due(self.queue)
        except Exception as error:  # noqa: BLE001 (the database may be away; the next look tries again)
            self.queue.app.logger.warning("Could not look for jobs: %s", working.in_words(error))
        self.stop_flag.wait(self.queue.app.config["JOB_SWEEP"])

    def plan(self) -> None:
        if time.monotonic() - self.planned_at > PLANNING:
            sweep.plan_periodic()
            self.planned_at = time.monotonic()


class Crew(Consumer):
    """huey's consumer: its threads, without its signal handlers and its main loop."""

    scheduler_class = Sweeper

    def __init__(self, app: Flask, threads: int):
        self.queue = app.extensions["jobs"]
        super().__init__(self.queue.huey, workers=threads, periodic=False, backoff=1.5, max_delay=1.0)

    def _create_scheduler(self) -> Sweeper:
        sweeper = super()._create_scheduler()
        sweeper.queue = self.queue
        return sweeper

    def _set_signal_handlers(self) -> None:
        """Signals are the server's or the command's business."""

    def stop(self, graceful: bool = True) -> None:
        """Let the threads finish the job they have in hand, for some seconds."""
        self.shutdown_timeout = PATIENCE
        super().stop(graceful)


def start(app: Flask, threads: int) -> Crew:
    """Begin to do jobs in this process, until it ends or `Crew.stop` is called."""
    crew = Crew(app, threads)
    crew.start()
    Finalize(None, crew.stop, exitpriority=100)
    return crew
