"""The database's history: it ends where the models are, and a step of it loses nothing."""

import shutil

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import text

from cms import create_app
from cms.cli.setup import prepare
from cms.config import ROOT, Settings
from cms.db import db, session, unit_of_work
from tests.databases import new_database
from tests.factories import make_post

STEP = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None
def upgrade():
    with op.batch_alter_table("{table}") as batch:
        batch.alter_column("slug", type_=sa.String(120))  # which SQLite can't without making it anew
def downgrade():
    pass
"""


@pytest.fixture
def own_app(tmp_path) -> Flask:
    with new_database(tmp_path) as url:
        app = create_app(Settings(INSTANCE=tmp_path, DATABASE_URL=url))
        with app.app_context():
            prepare()
            with unit_of_work():
                make_post(tags=["Tide"], authors=["Ann Example"])
            yield app
            session.remove()
            db.engine.dispose()


def run_step(tmp_path, table: str) -> None:
    history = shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    head = max(file.name[:4] for file in (history / "versions").glob("0*.py"))
    (history / "versions" / "9999_step.py").write_text(STEP.format(head=head, table=table))
    session.rollback()
    flask_migrate.upgrade(directory=str(history))


def counts() -> list[int]:
    names = ("entry", "tag", "tagging", "byline", "search_document")
    return [session.scalar(text(f"SELECT count(*) FROM {name}")) for name in names]


def test_the_models_are_what_the_migrations_make(own_app):
    flask_migrate.check()
    assert counts() == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("table", ["tag", "entry"])
def test_a_step_that_makes_a_table_anew_keeps_what_refers_to_it(own_app, tmp_path, table):
    run_step(tmp_path, table)
    assert counts() == [1, 1, 1, 1, 1]


def test_foreign_keys_are_checked_again_after_a_migration(own_app, tmp_path):
    run_step(tmp_path, "tag")
    with unit_of_work():
        session.execute(text("DELETE FROM entry"))
    assert counts() == [0, 1, 0, 0, 0]
