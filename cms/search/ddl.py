"""The tables of search in each database, for the migration that makes them and for bulk loads."""

from sqlalchemy import Connection

from cms.search.databases import DATABASES
from cms.search.document import SearchDocument


def create(connection: Connection) -> None:
    """Make the table of documents where it is missing, and lay the index over it."""
    SearchDocument.__table__.create(connection, checkfirst=True)
    DATABASES[connection.dialect.name].create(connection)


def drop(connection: Connection) -> None:
    """Take the index and the documents away."""
    DATABASES[connection.dialect.name].drop(connection)
    SearchDocument.__table__.drop(connection)


def tidy(connection: Connection) -> None:
    """Put the index in order after many documents were written."""
    DATABASES[connection.dialect.name].tidy(connection)
