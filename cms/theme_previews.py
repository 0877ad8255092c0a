"""A theme and its options as one person tries them out: nobody else sees them before they are applied.

What is tried is kept in the signed cookie of the browser. It shows on public pages, which for a member are
made anew each time and never kept, and not in the back office.
"""

from typing import Any

from flask import request
from flask import session as cookie

from cms.manifests import installed, manifest
from cms.models.setting import accepted
from cms.web import visitor

ACT = "manage settings"
KEY = "preview"
BACK_OFFICE = "/admin/"


def begin(values: dict[str, str]) -> None:
    """Let the visitor alone see the theme and the options in ``values``; raises `Refused` for wrong ones."""
    tried = {name: accepted(name, text, values["theme"]) for name, text in values.items()}
    cookie[KEY] = {"by": visitor().id, "values": tried}


def stop() -> None:
    """Let the visitor see the site as everybody does."""
    cookie.pop(KEY, None)


def kept() -> dict[str, Any]:
    """What the visitor tries out, who may still do so; empty for everybody else."""
    user = visitor()
    if user is None or KEY not in cookie or not user.can(ACT):
        return {}
    preview = cookie[KEY]
    is_theirs, is_there = preview["by"] == user.id, preview["values"]["theme"] in installed()
    return preview["values"] if is_theirs and is_there else {}


def previewed() -> dict[str, Any]:
    """The settings that stand for the stored ones on this page."""
    tried = kept()
    return {} if tried and request.path.startswith(BACK_OFFICE) else tried


def previewed_theme() -> str:
    """The name of the theme that this page tries out; empty where it tries none."""
    theme = previewed().get("theme")
    return manifest(theme)["name"] if theme else ""
