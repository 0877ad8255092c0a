"""Home: what somebody began or sent for review, and what happened lately"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ENTRY = {
    "ix_entry_writer_id_stage_updated_at": ["writer_id", "stage", "updated_at"],
    "ix_entry_submitter_id_stage_updated_at": ["submitter_id", "stage", "updated_at"],
}


def upgrade():
    with op.batch_alter_table("entry") as entry:
        for name, columns in ENTRY.items():
            entry.create_index(op.f(name), columns)
    with op.batch_alter_table("event") as event:
        event.create_index(op.f("ix_event_name_at"), ["name", "at"])


def downgrade():
    with op.batch_alter_table("event") as event:
        event.drop_index(op.f("ix_event_name_at"))
    with op.batch_alter_table("entry") as entry:
        for name in ENTRY:
            entry.drop_index(op.f(name))
