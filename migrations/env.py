"""How Alembic reaches the database of the app: on a connection of its own, all steps in one transaction."""

from alembic import context
from flask import current_app

from cms.db import db

OURS = db.metadata.tables


def is_ours(_object, name, type_, _reflected, _compare_to) -> bool:
    """Leave alone what the models don't describe, such as the tables of SQLite's full-text index."""
    return type_ != "table" or name in OURS


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            include_object=is_ours,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
