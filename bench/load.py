"""Readers who ask for one page over and over, on connections that they keep open."""

import http.client
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

from bench.server import cpu_seconds

READERS = 4
WARM_UP = 20


@dataclass(frozen=True)
class Load:
    """What a number of requests took; times in milliseconds."""

    requests_a_second: float
    p50: float
    p99: float
    cpu: float  # of the server, for one request


def ask(port: int, addresses: Iterator[str], count: int) -> list[float]:
    """Ask for the next ``count`` addresses, one after the other; the seconds that each answer took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    for address in islice(addresses, count):
        start = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - start)
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
    connection.close()
    return times


def measure(port: int, worker: int, addresses: Iterator[str], requests: int) -> Load:
    """The load of ``requests`` requests for the next of ``addresses``, made by `READERS` readers at once."""
    ask(port, addresses, WARM_UP)
    cpu, start = cpu_seconds(worker), time.perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        shares = readers.map(lambda _: ask(port, addresses, requests // READERS), range(READERS))
        times = sorted(seconds * 1000 for share in shares for seconds in share)
    elapsed, cpu = time.perf_counter() - start, cpu_seconds(worker) - cpu
    p99 = times[min(len(times) - 1, round(len(times) * 0.99))]
    return Load(len(times) / elapsed, statistics.median(times), p99, cpu * 1000 / len(times))
