"""The search index"""

import sqlalchemy as sa
from alembic import op

import cms.models.base
from cms.search import ddl

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "search_document",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("published_at", cms.models.base.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", cms.models.base.Moment(timezone=True), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_search_document_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_search_document")),
    )
    ddl.create(op.get_bind())  # the index; a later one takes it away and lays the index of its day


def downgrade():
    ddl.drop(op.get_bind())
    op.drop_table("search_document")
