"""The security log: who signed in or tried to, with what, and how it ended

Revision: 0015. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OUTCOMES = (
    "signed_in",
    "unknown_device",
    "bad_password",
    "limited",
    "inactive",
    "wrong_own",
    "changed",
    "by_link",
    "by_organiser",
    "ended_others",
)


def upgrade():
    outcome = sa.Enum(*OUTCOMES, name="outcome", native_enum=False, length=16)
    op.create_table(
        "security_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", outcome, nullable=False),
        sa.Column("address", sa.String(16), nullable=False),
        sa.Column("device", sa.String(60), nullable=False),
        sa.CheckConstraint(
            sa.column("outcome").in_(OUTCOMES), name=op.f("ck_security_log_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_security_log_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_log")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_security_log_account", "security_log", ["user_id", "outcome", "id"])


def downgrade():
    op.drop_index("ix_security_log_account", table_name="security_log")
    op.drop_table("security_log")
