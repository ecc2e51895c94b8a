"""Notes: what a stand writes down about whom it met; the keys that make a request happen once

Revision: 0006, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "notes",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_notes_company_id_companies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["students.id"],
            name=op.f("fk_notes_student_id_students"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("company_id", "student_id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_student_id"), "notes", ["student_id"], unique=False)
    op.create_table(
        "request_keys",
        sa.Column("sender", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("content_type", sa.String(length=200), nullable=True),
        sa.Column("location", sa.String(length=2000), nullable=True),
        sa.Column("said", sa.JSON(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sender", "key", name=op.f("pk_request_keys")),
    )
    op.create_index(op.f("ix_request_keys_at"), "request_keys", ["at"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_request_keys_at"), table_name="request_keys")
    op.drop_table("request_keys")
    op.drop_index(op.f("ix_notes_student_id"), table_name="notes")
    op.drop_table("notes")
