"""The databases that can be searched, each a module with the same few functions."""

from collections.abc import Sequence
from datetime import datetime
from types import ModuleType

from sqlalchemy import Row
from sqlalchemy.orm import Session

from cms.search import postgresql, sqlite
from cms.search.matching import Sought, statement

DATABASES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


def candidates(sought: Sought, moment: datetime, reading: Session) -> Sequence[Row]:
    """Rows of (entry_id, stream, title, published_at) that answer the query at ``moment``, for `ranking`."""
    database = DATABASES[reading.get_bind().dialect.name]
    blocks = database.blocks(reading, sought)
    if not blocks:
        return []
    return reading.execute(statement(sought, blocks, moment, database.BACKEND)).all()
