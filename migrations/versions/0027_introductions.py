"""Introductions: what a student shows stands of themselves

Revision: 0027. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

LENGTHS = {"studies": 100, "year": 20, "seeking": 100, "sentence": 280, "link": 500}


def upgrade():
    for name, length in LENGTHS.items():
        op.add_column("students", sa.Column(name, sa.String(length), nullable=True))
    shows_email = sa.Column("shows_email", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("students", shows_email)
    op.add_column("students", sa.Column("shows_introduction", sa.Boolean(), nullable=True))


def downgrade():
    with op.batch_alter_table("students") as table:
        table.drop_column("shows_introduction")
        table.drop_column("shows_email")
        for name in reversed(LENGTHS):
            table.drop_column(name)
