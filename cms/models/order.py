"""Things in an order that people change by hand."""

from collections.abc import Sequence


def moved(things: Sequence, thing: object, to: int) -> list:
    """``things`` with ``thing`` at the place ``to``, counted from 1; beyond an end it is put at that end."""
    others = [other for other in things if other != thing]
    at = max(to - 1, 0)
    return [*others[:at], thing, *others[at:]]
