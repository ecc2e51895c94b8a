"""What the fair is called, when and where it is, its words of welcome and its logo

Revision: 0033. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

COLUMNS = {
    "name": sa.String(80),
    "starts_on": sa.Date(),
    "zone": sa.String(64),
    "welcome": sa.String(1000),
    "logo": sa.String(16),
}


def upgrade():
    for name, kind in COLUMNS.items():
        op.add_column("fairs", sa.Column(name, kind, nullable=True))
    op.create_table(
        "fair_logos",
        sa.Column("fair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fair_id"], ["fairs.id"], name=op.f("fk_fair_logos_fair_id_fairs")
        ),
        sa.PrimaryKeyConstraint("fair_id", name=op.f("pk_fair_logos")),
    )


def downgrade():
    op.drop_table("fair_logos")
    with op.batch_alter_table("fairs") as fairs:
        for name in reversed(COLUMNS):
            fairs.drop_column(name)
