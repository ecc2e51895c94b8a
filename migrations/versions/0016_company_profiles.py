"""What students read of a company: hall, description, sectors, whom it looks for, languages, link

Revision: 0016. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LENGTHS = {
    "hall": 40,
    "description": 2000,
    "sectors": 210,
    "looking_for": 100,
    "languages": 210,
    "link": 500,
}


def upgrade():
    for name, length in LENGTHS.items():
        op.add_column("companies", sa.Column(name, sa.String(length), nullable=True))


def downgrade():
    with op.batch_alter_table("companies") as table:
        for name in reversed(LENGTHS):
            table.drop_column(name)
