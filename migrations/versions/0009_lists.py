"""Lists of the back office: indexes for filters and orders, words of titles, saved searches"""

import sqlalchemy as sa
from alembic import op

import cms.models.base
from cms.search import titles

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Moment = cms.models.base.Moment(timezone=True)
KEPT = {"sqlite_where": sa.text("stage <> 'trashed'"), "postgresql_where": sa.text("stage <> 'trashed'")}
ORDERS = ("published_at", "updated_at", "title")
LINE = ["kind", "id", "stage", "updated_at", "published_at", "expires_at", "title"]
AT_ONCE = 1000


def upgrade():
    for order in ORDERS:
        op.create_index(f"ix_entry_kept_by_{order}", "entry", ["kind", order, "id"], **KEPT)
    op.create_index("ix_entry_line", "entry", LINE)
    op.drop_index(op.f("ix_entry_kind_stage_published_at_id"), "entry")
    op.create_index(
        op.f("ix_entry_kind_stage_published_at_id_expires_at"),
        "entry",
        ["kind", "stage", "published_at", "id", "expires_at"],
    )
    for columns in (("updated_at", "id"), ("title", "id"), ("id",)):
        name = f"ix_entry_kind_stage_{'_'.join(columns)}"
        op.create_index(op.f(name), "entry", ["kind", "stage", *columns])
    op.create_index(op.f("ix_entry_category_id_id"), "entry", ["category_id", "id"])
    op.create_index(op.f("ix_tagging_tag_id_post_id"), "tagging", ["tag_id", "post_id"])
    op.create_index(op.f("ix_byline_author_id_post_id"), "byline", ["author_id", "post_id"])
    op.create_table(
        "title_words",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_title_words_entry_id_entry"),
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_title_words")),
    )
    copy_titles(op.get_bind())
    titles.create(op.get_bind())
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.String(1000), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_saved_search_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("user_id", "desk", "name", name=op.f("uq_saved_search_user_id_desk_name")),
    )
    op.create_index(op.f("ix_saved_search_desk_shared"), "saved_search", ["desk", "shared"])


def copy_titles(connection):
    """The words of the titles that are there already, some rows at a time."""
    entry = sa.table("entry", sa.column("id"), sa.column("kind"), sa.column("title"))
    words, last = sa.table("title_words", sa.column("entry_id"), sa.column("words")), 0
    some = sa.select(entry).order_by(entry.c.id).limit(AT_ONCE)
    while rows := connection.execute(some.where(entry.c.id > last)).all():
        found = [{"entry_id": row.id, "words": titles.marked(row.kind, row.title)} for row in rows]
        connection.execute(sa.insert(words), found)
        last = rows[-1].id


def downgrade():
    op.drop_table("saved_search")
    titles.drop(op.get_bind())
    op.drop_table("title_words")
    op.drop_index(op.f("ix_byline_author_id_post_id"), "byline")
    op.drop_index(op.f("ix_tagging_tag_id_post_id"), "tagging")
    op.drop_index(op.f("ix_entry_category_id_id"), "entry")
    for columns in (("updated_at", "id"), ("title", "id"), ("id",)):
        op.drop_index(op.f(f"ix_entry_kind_stage_{'_'.join(columns)}"), "entry")
    op.drop_index(op.f("ix_entry_kind_stage_published_at_id_expires_at"), "entry")
    op.create_index(
        op.f("ix_entry_kind_stage_published_at_id"), "entry", ["kind", "stage", "published_at", "id"]
    )
    op.drop_index("ix_entry_line", "entry")
    for order in ORDERS:
        op.drop_index(f"ix_entry_kept_by_{order}", "entry")
