"""Verdicts and next steps beside a stand's notes

Revision: 0028. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

VERDICTS = ("again", "maybe", "no")


def upgrade():
    verdict = sa.Enum(*VERDICTS, name="verdict", native_enum=False, length=16)
    with op.batch_alter_table("notes") as notes:
        notes.add_column(sa.Column("verdict", verdict, nullable=True))
        notes.add_column(sa.Column("next_step", sa.String(length=200), nullable=True))
        notes.create_check_constraint("verdict", sa.column("verdict").in_(VERDICTS))


def downgrade():
    with op.batch_alter_table("notes") as notes:
        notes.drop_constraint(op.f("ck_notes_verdict"), type_="check")
        notes.drop_column("next_step")
        notes.drop_column("verdict")
