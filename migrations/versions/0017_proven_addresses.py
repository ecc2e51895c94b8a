"""Proven addresses: since when an account's address is, and the code by which it is proved

Revision: 0017. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    added = sa.Column("address_confirmed_at", sa.DateTime(timezone=True), nullable=True)
    with op.batch_alter_table("users", table_kwargs={"sqlite_autoincrement": True}) as users:
        users.add_column(added)
    # Nobody who is at a fair already is asked again.
    op.execute("UPDATE users SET address_confirmed_at = created_at")
    op.create_table(
        "address_codes",
        sa.Column("user_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_address_codes_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_address_codes")),
    )


def downgrade():
    op.drop_table("address_codes")
    with op.batch_alter_table("users", table_kwargs={"sqlite_autoincrement": True}) as users:
        users.drop_column("address_confirmed_at")
