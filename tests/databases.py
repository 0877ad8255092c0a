"""Where tests keep their data: a file, or a database made on the PostgreSQL server of DATABASE_URL."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url


@contextmanager
def new_database(folder: Path) -> Iterator[str]:
    """The address of an empty database that ends with the block; ``folder`` holds it where it is a file."""
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        yield f"sqlite:///{folder / 'test.sqlite'}"
        return
    server = make_url(given.replace("postgresql://", "postgresql+psycopg://", 1))
    name = f"broadside_test_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit TO off"))  # it is thrown away
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
