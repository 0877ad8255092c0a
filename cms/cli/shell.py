"""What `flask shell` has at hand."""

from typing import Any

from cms import models
from cms.db import db, session, unit_of_work


def names_at_hand() -> dict[str, Any]:
    """The database, the session, `unit_of_work` and every model."""
    named = {name: getattr(models, name) for name in models.__all__}
    return {"db": db, "session": session, "unit_of_work": unit_of_work, **named}
