"""Which alerts somebody of the team has taken on

Revision: 0031. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "alert_takings",
        sa.Column("alert", sa.String(40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_alert_takings_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("alert", name=op.f("pk_alert_takings")),
    )
    op.create_index(op.f("ix_alert_takings_user_id"), "alert_takings", ["user_id"])


def downgrade():
    op.drop_table("alert_takings")
