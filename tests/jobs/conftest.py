"""Kinds of jobs that tests do, and the means to do them at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask, request, url_for

from cms.db import session
from cms.errors import Refused
from cms.jobs import GiveUp, enqueue, every, job, run_due
from cms.models import Job, Redirect
from cms.models.base import now

seen: list = []


@job("tests.note")
def note(text: str) -> None:
    """Write a row, and tell where it was done."""
    Redirect.put(f"{text}/", status=410, entry=None, by=None)
    seen.append((text, request.host, url_for("blog.home", _external=True)))


@job("tests.break", attempts=3)
def break_down(text: str) -> None:
    Redirect.put(f"{text}/", status=410, entry=None, by=None)
    raise ValueError(f"no {text}")


@job("tests.refuse")
def refuse() -> None:
    raise Refused("It is against the rules.")


@job("tests.despair", on_failure=lambda error, **arguments: seen.append((error, arguments)))
def despair(number: int) -> None:
    raise GiveUp("There is no hope.")


@job("tests.lose")
def lose(text: str) -> None:
    """Have somebody else take the job over while it runs."""
    Redirect.put(f"{text}/", status=410, entry=None, by=None)
    session.query(Job).update({"worker": "somebody else"})


@every(timedelta(hours=1))
@job("tests.hourly", attempts=1)
def hourly() -> None:
    if "hourly is broken" in seen:
        raise ValueError("broken")
    seen.append("hourly")


@pytest.fixture(autouse=True)
def forgotten(app: Flask, monkeypatch) -> None:
    seen.clear()
    monkeypatch.setitem(app.config, "JOB_RETRY", 60)


@pytest.fixture
def put(app: Flask) -> Callable[..., Job]:
    """Enqueue a job and commit."""

    def put(function: Callable, **arguments) -> Job:
        row = enqueue(function, **arguments)
        session.commit()
        return row

    return put


@pytest.fixture
def work(app: Flask) -> Callable[[], int]:
    """Do what is due."""

    def work() -> int:
        session.commit()
        return run_due()

    return work


def come_to(row: Job) -> None:
    """Let the moment of a waiting job come."""
    row.run_at = now() - timedelta(seconds=1)
    session.commit()


def redirects() -> list[str]:
    return [path for (path,) in session.query(Redirect.path)]
