"""Waiting for what happens elsewhere."""

import time
from collections.abc import Callable


def until(happened: Callable[[], object], seconds: float = 30) -> object:
    """What ``happened()`` returns as soon as it is true; False after so many seconds."""
    end = time.monotonic() + seconds
    while not (found := happened()) and time.monotonic() < end:
        time.sleep(0.02)
    return found
