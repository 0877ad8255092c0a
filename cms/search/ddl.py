"""The index of each database, for the migration that makes it and for bulk loads."""

from sqlalchemy import Connection

from cms.search.databases import DATABASES


def create(connection: Connection) -> None:
    """Lay the index over the table of documents, which must be there."""
    DATABASES[connection.dialect.name].create(connection)


def drop(connection: Connection) -> None:
    """Take the index away; the documents stay."""
    DATABASES[connection.dialect.name].drop(connection)


def tidy(connection: Connection) -> None:
    """Put the index in order after many documents were written."""
    DATABASES[connection.dialect.name].tidy(connection)
