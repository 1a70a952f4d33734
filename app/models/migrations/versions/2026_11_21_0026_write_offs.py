"""Write-offs: reasons, schedules, cases, and what came back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")

REASONS = (
    ("uneconomic", "Too small to pursue", 50_00, 1, 0, "", "", "Less than it would cost to recover."),
    ("untraced", "Address unknown, not traced", None, 2, 56, "t", "", "Every trace has failed."),
    ("exhausted", "Every action has failed", None, 2, 56, "t", "", "Letters, agents and court led to nothing."),
    (
        "deceased",
        "Died, nothing in the estate",
        None,
        1,
        28,
        "s",
        "Who deals with the estate says that it holds nothing",
        "Not where a joint tenant is liable.",
    ),
    ("care", "In residential care without means", None, 1, 28, "s", "Confirmation that there are no assets", ""),
    (
        "vulnerable",
        "Vulnerable or terminally ill",
        None,
        0,
        0,
        "c",
        "A professional's letter",
        "The harm of pursuing it would be greater than the debt.",
    ),
    ("prison", "In prison for a long term", None, 0, 0, "", "Confirmation of the sentence", ""),
    ("dispute", "Dispute that can't be settled", None, 0, 0, "", "Legal advice", ""),
    (
        "statute_barred",
        "Out of time",
        None,
        0,
        0,
        "u",
        "",
        "Six years since it fell due: no signed acknowledgement and, of a debt other than rent, no payment (Limitation Act 1980).",
    ),
    (
        "bankruptcy",
        "Bankruptcy",
        None,
        0,
        0,
        "cds",
        "The bankruptcy order",
        "The law ends what was owed at the order, of whoever is bankrupt.",
    ),
    (
        "debt_relief",
        "Debt relief order",
        None,
        0,
        0,
        "cds",
        "The debt relief order",
        "The law ends what was listed when its year is over.",
    ),
    (
        "iva",
        "Individual voluntary arrangement",
        None,
        0,
        0,
        "cs",
        "The arrangement",
        "What remains after its dividends.",
    ),
    (
        "landlord_error",
        "Error of the landlord",
        None,
        0,
        0,
        "c",
        "What went wrong",
        "Only where a correction of the charge can't put it right.",
    ),
)
"""Key, title, the most, letters, days, flags (t trace, c current tenants, s not of joint debtors, d the law ends it, u out of time), evidence, when."""


def upgrade() -> None:
    _write_off_reason()
    _write_off_schedule()
    _write_off()
    _write_off_debt()
    _write_off_part()
    _write_off_finding()
    _write_back()
    _ship()


def _write_off_reason() -> None:
    op.create_table(
        "write_off_reason",
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=80), nullable=False),
        sa.Column("explained", sa.Unicode(length=400), nullable=False),
        sa.Column("most_pence", sa.BigInteger(), nullable=True),
        sa.Column("least_letters", sa.Integer(), nullable=False),
        sa.Column("least_days", sa.Integer(), nullable=False),
        sa.Column("needs_trace", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("needs_evidence", sa.Unicode(length=200), nullable=False),
        sa.Column("for_current", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("for_joint", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("discharges", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("unenforceable", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_write_off_reason"),
    )


def _write_off_schedule() -> None:
    op.create_table(
        "write_off_schedule",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("title", sa.Unicode(length=200), nullable=False),
        sa.Column("band", sa.Unicode(length=40), nullable=False),
        sa.Column("authority", sa.Unicode(length=200), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("posted_by", ID, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_write_off_schedule_approved_by_officer"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_write_off_schedule_made_by_officer"),
        sa.ForeignKeyConstraint(["posted_by"], ["officer.id"], name="fk_write_off_schedule_posted_by_officer"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_write_off_schedule_request_id_approval_request"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_write_off_schedule"),
        sa.UniqueConstraint("entry_key", name="uq_write_off_schedule_entry_key"),
        sa.UniqueConstraint("number", name="uq_write_off_schedule_number"),
    )


def _write_off() -> None:
    op.create_table(
        "write_off",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("tenancy_id", ID, nullable=False),
        sa.Column("reason", sa.Unicode(length=40), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("owed_pence", sa.BigInteger(), nullable=False),
        sa.Column("band", sa.Unicode(length=40), nullable=False),
        sa.Column("note", LONG, nullable=False),
        sa.Column("trace", sa.Unicode(length=400), nullable=False),
        sa.Column("joint_pursued", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("deficit", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("schedule_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_write_off_made_by_officer"),
        sa.ForeignKeyConstraint(["reason"], ["write_off_reason.key"], name="fk_write_off_reason_write_off_reason"),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["write_off_schedule.id"], name="fk_write_off_schedule_id_write_off_schedule"
        ),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name="fk_write_off_tenancy_id_tenancy"),
        sa.PrimaryKeyConstraint("id", name="pk_write_off"),
        sa.UniqueConstraint("entry_key", name="uq_write_off_entry_key"),
        sa.UniqueConstraint("number", name="uq_write_off_number"),
    )
    op.create_index("ix_write_off_schedule_id", "write_off", ["schedule_id"])
    op.create_index("ix_write_off_state", "write_off", ["state"])
    op.create_index("ix_write_off_tenancy_id", "write_off", ["tenancy_id"])


def _write_off_debt() -> None:
    op.create_table(
        "write_off_debt",
        sa.Column("write_off_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("oldest_on", sa.Date(), nullable=True),
        sa.Column("barred_pence", sa.BigInteger(), nullable=False),
        sa.Column("back_pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_write_off_debt_account_id_account"),
        sa.ForeignKeyConstraint(["write_off_id"], ["write_off.id"], name="fk_write_off_debt_write_off_id_write_off"),
        sa.PrimaryKeyConstraint("write_off_id", "account_id", name="pk_write_off_debt"),
    )
    op.create_index("ix_write_off_debt_account_id", "write_off_debt", ["account_id"])


def _write_off_part() -> None:
    op.create_table(
        "write_off_part",
        sa.Column("write_off_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_write_off_part_account_id_account"),
        sa.ForeignKeyConstraint(["write_off_id"], ["write_off.id"], name="fk_write_off_part_write_off_id_write_off"),
        sa.PrimaryKeyConstraint("write_off_id", "account_id", "due_on", name="pk_write_off_part"),
    )


def _write_off_finding() -> None:
    op.create_table(
        "write_off_finding",
        sa.Column("write_off_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.Unicode(length=120), nullable=False),
        sa.Column("words", LONG, nullable=False),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["write_off_id"], ["write_off.id"], name="fk_write_off_finding_write_off_id_write_off"),
        sa.PrimaryKeyConstraint("write_off_id", "place", name="pk_write_off_finding"),
    )


def _write_back() -> None:
    op.create_table(
        "write_back",
        sa.Column("id", ID, nullable=False),
        sa.Column("write_off_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Unicode(length=20), nullable=False),
        sa.Column("for_journal", ID, nullable=True),
        sa.Column("journal", ID, nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_write_back_account_id_account"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_write_back_made_by_officer"),
        sa.ForeignKeyConstraint(["write_off_id"], ["write_off.id"], name="fk_write_back_write_off_id_write_off"),
        sa.PrimaryKeyConstraint("id", name="pk_write_back"),
    )
    op.create_index("ix_write_back_write_off_id", "write_back", ["write_off_id"])


def _ship() -> None:
    columns = ("key", "title", "most_pence", "least_letters", "least_days", "needs_evidence", "explained")
    flags = {"needs_trace": "t", "for_current": "c", "discharges": "d", "unenforceable": "u"}
    reasons = sa.table(
        "write_off_reason",
        *(sa.column(each) for each in (*columns, *flags, "for_joint", "active", "place")),
    )
    op.bulk_insert(
        reasons,
        [
            {
                "key": key,
                "title": title,
                "most_pence": most,
                "least_letters": letters,
                "least_days": days,
                "needs_evidence": evidence,
                "explained": explained,
                **{name: flag in marks for name, flag in flags.items()},
                "for_joint": "s" not in marks,
                "active": True,
                "place": place,
            }
            for place, (key, title, most, letters, days, marks, evidence, explained) in enumerate(REASONS, 1)
        ],
    )
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": name, "value": 0} for name in ("write_off", "write_off_schedule")])
