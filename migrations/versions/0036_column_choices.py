"""Which fields the columns of imported lists went to

Revision: 0036. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "column_choices",
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("headings", sa.String(64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("what", "headings", name=op.f("pk_column_choices")),
    )


def downgrade():
    op.drop_table("column_choices")
