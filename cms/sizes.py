"""How much a request may carry: little, but pictures where somebody who may upload them does."""

from flask import Flask, current_app, request

from cms.models.role import can
from cms.web import visitor


def init_app(app: Flask) -> None:
    app.extensions["takes files"] = {}
    app.before_request(make_room)  # before anything reads the form


def take_files(app: Flask, endpoint: str, act: str) -> None:
    """Let requests to ``endpoint`` be as large as `MAX_UPLOAD_LENGTH` says, for those who may do ``act``."""
    app.extensions["takes files"][endpoint] = act


def make_room() -> None:
    act = current_app.extensions["takes files"].get(request.endpoint)
    if act and request.method == "POST" and (user := visitor()) is not None and can(user, act):
        request.max_content_length = current_app.config["MAX_UPLOAD_LENGTH"]
