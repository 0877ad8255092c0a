"""What a check tells."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app


@dataclass(frozen=True)
class Finding:
    """What a check found: good as it is, worth a look, or to be mended.

    ``advice`` says how, ``lines`` are what to type or to write into a file, and ``link`` leads to where it
    can be done, as ``(address, words)``.
    """

    title: str
    verdict: str  # GOOD, LOOK or MEND
    found: str
    advice: str = ""
    lines: tuple[str, ...] = ()
    link: tuple[str, str] | None = None


def in_config(*lines: str) -> tuple[str, ...]:
    """Lines for the instance's file of settings, under its name."""
    return (f"# {config_file()}", *lines)


def config_file() -> Path:
    return Path(current_app.config["INSTANCE"]).absolute() / "config.env"
