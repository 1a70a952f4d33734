"""People: addresses over time, who speaks for them, flags, consent, merged records."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _associate()
    _consent()
    _person_address()
    _person_flag()
    _person_merge()
    _person_merge_row()
    _person()


def _associate() -> None:
    op.create_table(
        "associate",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("name", sa.Unicode(length=200), nullable=False),
        sa.Column("relation", sa.Unicode(length=60), nullable=False),
        sa.Column("organisation", sa.Unicode(length=120), nullable=False),
        sa.Column("phone", sa.Unicode(length=30), nullable=False),
        sa.Column("email", sa.Unicode(length=254), nullable=False),
        sa.Column("address", sa.Unicode(length=400), nullable=False),
        sa.Column("authority", sa.Unicode(length=20), nullable=False),
        sa.Column("evidence", sa.Unicode(length=200), nullable=False),
        sa.Column("next_of_kin", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_associate_ends_after_start"),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name="fk_associate_other_id_person"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_associate_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_associate"),
    )
    op.create_index("ix_associate_other_id", "associate", ["other_id"])
    op.create_index("ix_associate_person_id", "associate", ["person_id"])


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("what", sa.Unicode(length=60), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("how", sa.Unicode(length=60), nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_consent_officer_id_officer"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_consent_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id"])


def _person_address() -> None:
    op.create_table(
        "person_address",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("lines", sa.Unicode(length=400), nullable=False),
        sa.Column("postcode", sa.Unicode(length=10), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="ck_person_address_ends_after_start"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_address_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_person_address"),
    )
    op.create_index("ix_person_address_person_id", "person_address", ["person_id"])


def _person_flag() -> None:
    op.create_table(
        "person_flag",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("flag", sa.Unicode(length=60), nullable=False),
        sa.Column("note", sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql"), nullable=False),
        sa.Column("seen_by", sa.Unicode(length=60), server_default="", nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_person_flag_ends_after_start"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_flag_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_person_flag"),
    )
    op.create_index("ix_person_flag_person_id", "person_flag", ["person_id"])
    op.create_index("ix_person_flag_review_on", "person_flag", ["review_on"])


def _person_merge() -> None:
    op.create_table(
        "person_merge",
        sa.Column("id", ID, nullable=False),
        sa.Column("kept_id", ID, nullable=False),
        sa.Column("merged_id", ID, nullable=False),
        sa.Column("filled", sa.Unicode(length=400), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name="fk_person_merge_kept_id_person"),
        sa.ForeignKeyConstraint(["merged_id"], ["person.id"], name="fk_person_merge_merged_id_person"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_person_merge_officer_id_officer"),
        sa.ForeignKeyConstraint(["undone_by"], ["officer.id"], name="fk_person_merge_undone_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_person_merge"),
    )
    op.create_index("ix_person_merge_kept_id", "person_merge", ["kept_id"])
    op.create_index("ix_person_merge_merged_id", "person_merge", ["merged_id"])


def _person_merge_row() -> None:
    op.create_table(
        "person_merge_row",
        sa.Column("id", ID, nullable=False),
        sa.Column("merge_id", ID, nullable=False),
        sa.Column("table_name", sa.Unicode(length=60), nullable=False),
        sa.Column("column_name", sa.Unicode(length=60), nullable=False),
        sa.Column("row_key", sa.Unicode(length=80), nullable=False),
        sa.Column("taken", sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql"), nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["person_merge.id"], name="fk_person_merge_row_merge_id_person_merge"),
        sa.PrimaryKeyConstraint("id", name="pk_person_merge_row"),
    )
    op.create_index("ix_person_merge_row_merge_id", "person_merge_row", ["merge_id"])


def _person() -> None:
    op.add_column("person", sa.Column("died_on", sa.Date(), nullable=True))
    op.add_column(
        "person",
        sa.Column(
            "merged_into_id", ID, sa.ForeignKey("person.id", name="fk_person_merged_into_id_person"), nullable=True
        ),
        inline_references=True,
    )
    op.create_index("ix_person_merged_into_id", "person", ["merged_into_id"])
