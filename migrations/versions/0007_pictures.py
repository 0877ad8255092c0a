"""Pictures: in words, with credits, in several widths"""

import sqlalchemy as sa
from alembic import op

import cms.models.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Moment = cms.models.base.Moment(timezone=True)


def upgrade():
    with op.batch_alter_table("media") as media:
        media.add_column(sa.Column("alt", sa.String(500), nullable=False, server_default=""))
        media.add_column(sa.Column("decorative", sa.Boolean(), nullable=False, server_default=sa.false()))
        media.add_column(sa.Column("described", sa.Boolean(), nullable=False, server_default=sa.false()))
        media.add_column(sa.Column("credit", sa.String(200), nullable=False, server_default=""))
        media.add_column(sa.Column("animated", sa.Boolean(), nullable=False, server_default=sa.false()))
        media.add_column(sa.Column("uploader_id", sa.Integer(), nullable=True))
        media.add_column(sa.Column("scaled_at", Moment, nullable=True))
        media.create_foreign_key(
            op.f("fk_media_uploader_id_user"), "user", ["uploader_id"], ["id"], ondelete="SET NULL"
        )
        media.create_index(op.f("ix_media_uploader_id"), ["uploader_id"])
        media.create_index(op.f("ix_media_described_id"), ["described", "id"])
        media.create_index(op.f("ix_media_scaled_at"), ["scaled_at"])
    op.create_index(op.f("ix_entry_cover_id"), "entry", ["cover_id"])


def downgrade():
    op.drop_index(op.f("ix_entry_cover_id"), "entry")
    with op.batch_alter_table("media") as media:
        media.drop_index(op.f("ix_media_scaled_at"))
        media.drop_index(op.f("ix_media_described_id"))
        media.drop_index(op.f("ix_media_uploader_id"))
        media.drop_constraint(op.f("fk_media_uploader_id_user"), type_="foreignkey")
        for name in ("scaled_at", "uploader_id", "animated", "credit", "described", "decorative", "alt"):
            media.drop_column(name)
