"""`python -m bench.soak`: mails through a server that fails at times, by workers that are killed at random.

It ends with status 1 if a mail was lost. One may come twice, under one Message-ID, where a worker died
between the server's yes and its own note of it: no sender can know better.
"""

import os
import random
import signal
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import click

from tests.mail.server import Office, open_office
from tests.patience import until
from tests.workers import Workplace, open_workplace

FAULTS = ("451 Not now", "hang up", "421 Going down", 0.3)
WORKERS = 3
SECONDS_TO_LIVE = (2.5, 5.0)  # of a worker, starting included


@click.command()
@click.option("--mails", default=200, show_default=True)
@click.option("--failing", default=0.3, show_default=True, help="Share of mails at which the server fails.")
@click.option("--seconds", default=120, show_default=True, help="When to give up.")
@click.option("--redis", default="", help="Let this Redis carry the queue.")
def soak(mails: int, failing: float, seconds: float, redis: str) -> None:
    """Send mails under bad conditions, and count what arrives."""
    with tempfile.TemporaryDirectory() as folder, open_office() as office:
        office.at_data = lambda _number: random.choice(FAULTS) if random.random() < failing else None
        with open_workplace(Path(folder), office.port, REDIS_URL=redis) as place:
            ids = place.write(mails)
            killed = work_until_sent(place, seconds)
            tell(office, ids, killed)


def work_until_sent(place: Workplace, seconds: float) -> int:
    """Keep workers busy and kill one after the other; how many were killed."""
    killed = 0
    with ExitStack() as stack:
        workers = [stack.enter_context(place.worker()) for _number in range(WORKERS)]
        while not until(place.all_sent, random.uniform(*SECONDS_TO_LIVE)) and (seconds := seconds - 4) > 0:
            victim = workers.pop(0)
            os.kill(victim.pid, signal.SIGKILL)
            killed += 1
            workers.append(stack.enter_context(place.worker()))
    return killed


def tell(office: Office, ids: list[str], killed: int) -> None:
    arrived = Counter(office.ids)
    lost, twice = set(ids) - arrived.keys(), [key for key, times in arrived.items() if times > 1]
    click.echo(f"{len(ids)} mails, {office.begun} attempts, {killed} workers killed: ", nl=False)
    click.echo(f"{len(lost)} lost, {len(twice)} came twice.")
    raise SystemExit(1 if lost else 0)


if __name__ == "__main__":
    soak()
