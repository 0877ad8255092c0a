"""Accounts: permissions, sign-ins, passkeys, second factors, forms that were sent"""

import sqlalchemy as sa
from alembic import op

import cms.models.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Moment = cms.models.base.Moment(timezone=True)


def upgrade():
    with op.batch_alter_table("user") as user:
        user.add_column(sa.Column("fs_webauthn_user_handle", sa.String(64), nullable=True))
        user.add_column(sa.Column("tf_primary_method", sa.String(20), nullable=True))
        user.add_column(sa.Column("tf_totp_secret", sa.String(255), nullable=True))
        user.add_column(sa.Column("tf_last_counter", sa.Integer(), nullable=True))
        user.add_column(sa.Column("mf_recovery_codes", sa.JSON(), nullable=True))
        user.add_column(sa.Column("left_at", Moment, nullable=True))
        user.create_unique_constraint(op.f("uq_user_fs_webauthn_user_handle"), ["fs_webauthn_user_handle"])
    with op.batch_alter_table("user_role") as user_role:
        user_role.create_index(op.f("ix_user_role_role_id"), ["role_id"])
    with op.batch_alter_table("role") as role:
        role.drop_column("permissions")
    with op.batch_alter_table("event") as event:
        event.alter_column("subject_id", existing_type=sa.String(60), type_=sa.String(120))
    op.create_table(
        "permission",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_permission_role_id_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("role_id", "act", name=op.f("pk_permission")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("browser", sa.String(80), nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_sign_in_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
    )
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.create_index(op.f("ix_sign_in_user_id"), ["user_id"])
        sign_in.create_index(op.f("ix_sign_in_expires_at"), ["expires_at"])
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(64), nullable=False),
        sa.Column("extensions", sa.String(255), nullable=True),
        sa.Column("usage", sa.String(64), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("lastuse_datetime", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_passkey_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_passkey_user_id_name")),
    )
    with op.batch_alter_table("passkey") as passkey:
        passkey.create_index(op.f("ix_passkey_user_id"), ["user_id"])
    op.create_table(
        "once",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_once")),
    )
    with op.batch_alter_table("once") as once:
        once.create_index(op.f("ix_once_until"), ["until"])
        once.create_index(op.f("ix_once_note"), ["note"])
