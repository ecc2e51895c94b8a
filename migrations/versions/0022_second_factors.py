"""Second factors, their recovery codes, and what the security log says of them

Revision: 0022. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NAME = "ck_security_log_outcome"
OLD = (
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
NEW = ("wrong_factor", "recovery_code", "factor_on", "factor_off", "factor_removed", "new_codes")

log = sa.table("security_log", sa.column("outcome"))


def upgrade():
    op.create_table(
        "second_factors",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(255), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_second_factors_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["second_factors.user_id"],
            name=op.f("fk_recovery_codes_user_id_second_factors"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "digest", name=op.f("pk_recovery_codes")),
    )
    allow(*OLD, *NEW)


def downgrade():
    op.execute(sa.delete(log).where(log.c.outcome.in_(NEW)))
    allow(*OLD)
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")


def allow(*outcomes):
    words = ", ".join(f"'{each}'" for each in outcomes)
    kept = {"table_kwargs": {"sqlite_autoincrement": True}}
    with op.batch_alter_table("security_log", **kept) as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), sa.text(f"outcome IN ({words})"))
