"""Writing: review, revisions, notes, unsaved texts, the trash's date"""

import sqlalchemy as sa
from alembic import op

import cms.models.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Moment = cms.models.base.Moment(timezone=True)


def upgrade():
    with op.batch_alter_table("entry") as entry:
        entry.add_column(sa.Column("writer_id", sa.Integer(), nullable=True))
        entry.add_column(sa.Column("submitter_id", sa.Integer(), nullable=True))
        entry.add_column(sa.Column("trashed_at", Moment, nullable=True))
        entry.add_column(sa.Column("wished_at", Moment, nullable=True))
        entry.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        entry.add_column(sa.Column("preview_round", sa.Integer(), nullable=False, server_default="0"))
        for column in ("writer_id", "submitter_id"):
            name = op.f(f"fk_entry_{column}_user")
            entry.create_foreign_key(name, "user", [column], ["id"], ondelete="SET NULL")
        entry.create_index(op.f("ix_entry_trashed_at"), ["trashed_at"])
        entry.create_index(op.f("ix_entry_writer_id_id"), ["writer_id", "id"])
    op.execute("UPDATE entry SET trashed_at = CURRENT_TIMESTAMP WHERE stage = 'trashed'")
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("saved_at", Moment, nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("folded_at", Moment, nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_revision_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_revision_author_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision") as table:
        table.create_index(op.f("ix_revision_entry_id_number"), ["entry_id", "number"], unique=True)
        table.create_index(op.f("ix_revision_folded_at"), ["folded_at"])
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_remark", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_note_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_note_author_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note") as table:
        table.create_index(op.f("ix_note_entry_id"), ["entry_id"])
    op.create_table(
        "unsaved",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_unsaved_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsaved")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_unsaved_user_id_key")),
    )
    with op.batch_alter_table("unsaved") as table:
        table.create_index(op.f("ix_unsaved_at"), ["at"])


def downgrade():
    for table in ("unsaved", "note", "revision"):
        op.drop_table(table)
    with op.batch_alter_table("entry") as entry:
        entry.drop_index(op.f("ix_entry_writer_id_id"))
        entry.drop_index(op.f("ix_entry_trashed_at"))
        for column in ("writer_id", "submitter_id"):
            entry.drop_constraint(op.f(f"fk_entry_{column}_user"), type_="foreignkey")
        for column in ("preview_round", "version", "wished_at", "trashed_at", "submitter_id", "writer_id"):
            entry.drop_column(column)
