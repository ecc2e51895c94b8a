"""The school's account: by which account at its provider somebody signs in

Revision: 0023. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BEFORE = (
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
    "wrong_factor",
    "recovery_code",
    "factor_on",
    "factor_off",
    "factor_removed",
    "new_codes",
)
NEW = ("school_refused", "school_linked")


def upgrade():
    op.create_table(
        "school_accounts",
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_school_accounts_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_school_accounts")),
        sa.UniqueConstraint("user_id", "issuer", name=op.f("uq_school_accounts_user_id")),
    )
    _allow((*BEFORE, *NEW))


def downgrade():
    log = sa.table("security_log", sa.column("outcome"))
    op.execute(log.delete().where(log.c.outcome.in_(NEW)))
    _allow(BEFORE)
    op.drop_table("school_accounts")


def _allow(outcomes):
    with op.batch_alter_table("security_log", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f("ck_security_log_outcome"), type_="check")
        table.create_check_constraint(
            op.f("ck_security_log_outcome"), sa.column("outcome").in_(outcomes)
        )
