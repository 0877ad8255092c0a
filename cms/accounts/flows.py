"""Where the site goes another way than a view of Flask-Security, it is put around that view here."""

from collections.abc import Callable
from functools import wraps

from flask import Flask, Response
from flask import session as cookie

FLASHED = "_flashes"  # where Flask keeps in the cookie what the next page is to say


def instead(app: Flask, name: str, view: Callable) -> None:
    """Let ``view`` answer at Flask-Security's endpoint ``name``; it is handed the view that did so."""
    endpoint = f"security.{name}"
    original = quietly(app.view_functions[endpoint])

    @wraps(original)
    def answer(**arguments):
        return view(original, **arguments)

    app.view_functions[endpoint] = answer


def quietly(view: Callable[..., Response]) -> Callable[..., Response]:
    """``view`` without what it would have the next page say: the site says that in its own words."""

    @wraps(view)
    def answer(**arguments) -> Response:
        said = list(cookie.get(FLASHED, []))
        response = view(**arguments)
        if response.location:
            cookie[FLASHED] = said
        return response

    return answer
