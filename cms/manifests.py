"""What the installed themes say of themselves in their ``theme.toml``."""

import tomllib
from functools import cache
from typing import Any

from cms.config import ROOT

THEMES = ROOT / "themes"


@cache
def installed() -> list[str]:
    """The names of the themes below ``themes/``."""
    return sorted(folder.parent.name for folder in THEMES.glob("*/theme.toml"))


@cache
def manifest(theme: str) -> dict[str, Any]:
    """The contents of the theme's ``theme.toml``."""
    return tomllib.loads((THEMES / theme / "theme.toml").read_text())


def choices(theme: str, option: str) -> list[str]:
    """What can be chosen for an option of the theme."""
    return list(manifest(theme).get("options", {}).get(option, {}).get("choices", {}))
