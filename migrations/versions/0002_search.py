"""The search index"""

from alembic import op

from cms.search import ddl

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    ddl.create(op.get_bind())


def downgrade():
    ddl.drop(op.get_bind())
