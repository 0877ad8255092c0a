"""Subjects: the trash of small things, snippets, tables of redirects, terms by name"""

import sqlalchemy as sa
from alembic import op

import cms.models.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Moment = cms.models.base.Moment(timezone=True)
TERMS = ("author", "category", "series", "tag")


def upgrade():
    for name in TERMS:
        with op.batch_alter_table(name) as term:
            term.create_index(op.f(f"ix_{name}_name"), ["name"])
    op.create_table(
        "trashed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name=op.f("fk_trashed_actor_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trashed")),
    )
    with op.batch_alter_table("trashed") as trashed:
        trashed.create_index(op.f("ix_trashed_kind_thing_id"), ["kind", "thing_id"])
        trashed.create_index(op.f("ix_trashed_actor_id"), ["actor_id"])
        trashed.create_index(op.f("ix_trashed_at"), ["at"])
    op.create_table(
        "snippet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippet")),
        sa.UniqueConstraint("name", name=op.f("uq_snippet_name")),
    )
    op.create_table(
        "redirect_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_redirect_sheet_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redirect_sheet")),
    )
    with op.batch_alter_table("redirect_sheet") as redirect_sheet:
        redirect_sheet.create_index(op.f("ix_redirect_sheet_user_id"), ["user_id"])
        redirect_sheet.create_index(op.f("ix_redirect_sheet_at"), ["at"])
