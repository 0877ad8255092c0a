"""The database: base class, session, and the only places that commit.

A request is one transaction (`end_transaction`), and so is every `unit_of_work` of a command or a job.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import Config, Flask, Response, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect
from sqlalchemy.orm import DeclarativeBase, Session

from cms.config import ROOT

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
BUSY_MILLISECONDS = 5_000
SPARE_CONNECTIONS = 10  # such as those of `flask jobs work` with more threads

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class HintingCompiler(SQLiteCompiler):
    """Writes hints of `Select.with_hint` such as ``INDEXED BY`` into SQL; SQLAlchemy leaves them out."""

    def get_from_hint_text(self, _table, text: str | None) -> str | None:
        return text


SQLiteDialect.statement_compiler = HintingCompiler
db = SQLAlchemy(model_class=Base)
migrate = Migrate(db=db, directory=str(ROOT / "migrations"), render_as_batch=True)
session = db.session


def init_app(app: Flask) -> None:
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(app.config))
    db.init_app(app)
    migrate.init_app(app)
    app.before_request(expect_writes)
    app.after_request(end_transaction)


def engine_options(config: Config) -> dict:
    """A connection for each thread; PostgreSQL without compiling plans, which takes longer than they do.

    What a failed statement was given, such as a token, stands in no error and so in no log.
    """
    pool = {
        "pool_size": config["THREADS"] + config["JOB_THREADS"],
        "max_overflow": SPARE_CONNECTIONS,
        "hide_parameters": True,
    }
    if config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return pool | {"connect_args": {"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False}}
    return pool | {"connect_args": {"options": "-c jit=off"}, "pool_pre_ping": True}


def expect_writes() -> None:
    """Let the transactions of a request that may write take SQLite's write lock at their start."""
    _writing.set(request.endpoint is not None and request.method not in SAFE_METHODS)


def end_transaction(response: Response) -> Response:
    """Commit what an answered request did; roll back what a refused or failed one did."""
    if response.status_code < 400:
        session.commit()
    else:
        session.rollback()
    return response


def let_others_write() -> None:
    """End a transaction that has written nothing, before something slow: SQLite has one writer at a time."""
    if not (session.info.get("wrote") or session.new or session.dirty or session.deleted):
        session.rollback()


def only_read() -> None:
    """End the transaction; those that follow in this request only read, and so hold up no writer."""
    session.rollback()
    _writing.set(False)


@event.listens_for(Session, "after_flush")
def note_write(writing: Session, _context) -> None:
    writing.info["wrote"] = True


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_soft_rollback")
def forget_write(writing: Session, *_arguments) -> None:
    if not writing.in_nested_transaction():
        writing.info.pop("wrote", None)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction of a command or a job: committed at the end, rolled back on any exception."""
    before = _writing.set(True)
    try:
        session.rollback()
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(before)


@event.listens_for(Engine, "connect")
def prepare_connection(connection, _record) -> None:
    """SQLite: write-ahead log, foreign keys, patience, and transactions that we begin ourselves."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


@event.listens_for(Engine, "begin")
def begin(connection) -> None:
    """Begin SQLite's transactions: a read that turns into a write would fail at once as "locked"."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
