"""How Alembic reaches the database of the app: on a connection of its own, all steps in one transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from cms.db import db

OURS = db.metadata.tables


def is_ours(_object, name, type_, _reflected, _compare_to) -> bool:
    """Leave alone what the models don't describe: the tables and indexes of full-text search."""
    return name in OURS if type_ == "table" else not (type_ == "index" and name.startswith("search_"))


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A table is changed by making it anew; dropping the old one must not take what refers to it.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            include_object=is_ours,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            refuse_orphans(connection)
        connection.commit()
        connection.invalidate()  # the next one checks foreign keys again


def refuse_orphans(connection: Connection) -> None:
    """Roll back a migration of SQLite that left rows which refer to nothing."""
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"{len(orphans)} rows would refer to nothing, the first: {orphans[0]}")


run()
