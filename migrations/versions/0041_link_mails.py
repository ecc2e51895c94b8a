"""The mails that bring companies their links, and what became of each

Revision: 0041. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

STATES = ("waiting", "sending", "sent", "failed")


def upgrade():
    op.create_table(
        "link_mailings",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("subject", sa.String(150), nullable=False),
        sa.Column("text", sa.String(3000), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_link_mailings")),
    )
    op.create_table(
        "link_mails",
        sa.Column("company_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("mailing", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="linkmailstate", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String(200), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            f"state IN ({', '.join(map(repr, STATES))})", name=op.f("ck_link_mails_linkmailstate")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_link_mails_company_id_companies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["mailing"],
            ["link_mailings.number"],
            name=op.f("fk_link_mails_mailing_link_mailings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_link_mails")),
    )
    op.create_index(op.f("ix_link_mails_mailing"), "link_mails", ["mailing"])
    op.create_index(op.f("ix_link_mails_state"), "link_mails", ["state"])


def downgrade():
    op.drop_table("link_mails")
    op.drop_table("link_mailings")
