"""The hours at which the fair opens and closes by itself, its colours, and how long people are kept

Revision: 0038. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

COLUMNS = {
    "opens": sa.Time(),
    "closes": sa.Time(),
    "hours_count_from": sa.DateTime(timezone=True),
    "colour": sa.String(7),
    "colour_dark": sa.String(7),
    "keep_days": sa.Integer(),
}


def upgrade():
    for name, kind in COLUMNS.items():
        op.add_column("fairs", sa.Column(name, kind, nullable=True))


def downgrade():
    with op.batch_alter_table("fairs") as fairs:
        for name in reversed(COLUMNS):
            fairs.drop_column(name)
