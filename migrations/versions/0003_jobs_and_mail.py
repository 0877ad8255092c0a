"""Jobs and the outbox"""

import sqlalchemy as sa
from alembic import op

import cms.models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("run_at", cms.models.base.Moment(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", cms.models.base.Moment(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", cms.models.base.Moment(timezone=True), nullable=False),
        sa.Column("finished_at", cms.models.base.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_state_run_at"), ["state", "run_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_state_finished_at"), ["state", "finished_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_state_id"), ["state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_kind_id"), ["kind", "id"], unique=False)

    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", cms.models.base.Moment(timezone=True), nullable=False),
        sa.Column("sent_at", cms.models.base.Moment(timezone=True), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_mail_job_id_job"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_state_id"), ["state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_state_sent_at"), ["state", "sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_to"), ["to"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_job_id"), ["job_id"], unique=False)


def downgrade():
    op.drop_table("mail")
    op.drop_table("job")
