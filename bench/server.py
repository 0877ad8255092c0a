"""The site's own server, started for a measurement, and what it costs in processor time and memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
PATIENCE = 30  # seconds


@contextmanager
def running(instance: Path, port: int, *, page_cache: bool) -> Iterator[int]:
    """Serve ``instance`` on 127.0.0.1:``port``; gives the id of the serving worker."""
    environment = {**os.environ, "INSTANCE": str(instance), "PORT": str(port), "PAGE_CACHE": str(page_cache)}
    command = [sys.executable, "-m", "flask", "--app", "cms:create_app", "serve"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield children_of(server.pid)[-1]
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, ConnectionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def children_of(process: int) -> list[int]:
    """The ids of the processes started by ``process``, and it itself if there are none (Linux, proc(5))."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in listed] or [process]


def cpu_seconds(process: int) -> float:
    """Processor time that ``process`` has used so far, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_megabytes(process: int) -> float:
    """Memory that ``process`` holds now, in MB."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE_BYTES / 2**20
