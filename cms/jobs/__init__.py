"""Jobs: work after the request, done once, whatever happens to the one who does it.

A job is a row, written in the transaction that asks for it; the queue (huey) carries its number only. A
worker takes the row with a lease, does the work and marks it done, in one transaction unless the kind says
otherwise.
"""

from importlib import import_module

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from cms.config import ROOT
from cms.jobs.claims import GiveUp, LeaseLost, renew
from cms.jobs.kinds import enqueue, every, job
from cms.jobs.waking import LISTENERS
from cms.jobs.working import run_due

__all__ = ["GiveUp", "LeaseLost", "enqueue", "every", "job", "renew", "run_due"]


def init_app(app: Flask) -> None:
    from cms import CORE, FEATURES
    from cms.jobs.queue import LazyQueue

    for name in (*CORE, *FEATURES):
        if (ROOT / "cms" / name / "jobs.py").exists():
            import_module(f"cms.{name}.jobs")
    app.extensions["jobs"] = LazyQueue(app)
    for name, listener in LISTENERS.items():
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)
