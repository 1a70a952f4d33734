"""Adjustments: their kinds, reasons and lines, and the codes that they need besides."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")

NEW_CODES = (
    ("RAL", "Allowance", "adjustment", "adjustments"),
    ("RCR", "Court costs credited", "adjustment", "income:court_costs"),
    ("RVA", "VAT credited", "adjustment", "output_vat"),
    ("WBK", "Written-off debt put back", "write_off", "write_off_provision"),
)
"""Code, name, kind and control account; each on either side."""

TENANTS = "rent garage former_tenant leasehold sundry"
EVERY = "rent garage recharge court_costs hb_overpayment former_tenant leasehold sundry"
KINDS = (
    (
        "debit",
        "Debit correction",
        "adjustment",
        "ADJ",
        "debit",
        EVERY,
        "",
        "Something was charged too low, or credited too much.",
    ),
    (
        "credit",
        "Credit correction",
        "adjustment",
        "ADJ",
        "credit",
        EVERY,
        "",
        "Something was charged too high, or debited wrongly.",
    ),
    (
        "rent_change",
        "Backdated rent change",
        "recalculation",
        "DBR",
        "either",
        "rent garage former_tenant",
        "pb",
        "A charge was wrong from one day to another; every week is worked out anew.",
    ),
    (
        "allowance",
        "Allowance",
        "adjustment",
        "RAL",
        "credit",
        TENANTS,
        "ep",
        "Given under a policy, such as for a decant or disturbance.",
    ),
    (
        "waiver",
        "Waiver",
        "adjustment",
        "RWA",
        "credit",
        TENANTS,
        "epa",
        "Rent that is not asked for, by somebody's decision.",
    ),
    (
        "transfer",
        "Transfer between accounts",
        "transfer",
        "RIT",
        "transfer",
        EVERY,
        "",
        "Money stands on the wrong account, or a credit pays another debt.",
    ),
    (
        "recharge",
        "Rechargeable repair",
        "recharge",
        "DRR",
        "debit",
        "rent garage former_tenant leasehold",
        "e",
        "Invoiced on a sub-account by the price list.",
    ),
    (
        "court_costs",
        "Court costs",
        "court_costs",
        "DCC",
        "debit",
        "rent garage former_tenant leasehold",
        "e",
        "What an order awards, on the day of the order; a fee that was only paid is not a debt.",
    ),
    (
        "service_charge",
        "Service charge adjustment",
        "adjustment",
        "DSA",
        "either",
        "rent former_tenant leasehold",
        "p",
        "A service charge put right, or a year's charge balanced.",
    ),
    (
        "former_tenant",
        "Former tenant adjustment",
        "adjustment",
        "ADJ",
        "either",
        "former_tenant",
        "",
        "Put right after the tenancy has ended.",
    ),
    (
        "housing_benefit",
        "Housing Benefit correction",
        "adjustment",
        "RHA",
        "either",
        "rent former_tenant",
        "ep",
        "A credit or clawback of Housing Benefit that was posted wrongly or not at all.",
    ),
    (
        "universal_credit",
        "Universal Credit correction",
        "adjustment",
        "RUC",
        "either",
        "rent former_tenant",
        "ep",
        "A managed payment that was posted wrongly or not at all.",
    ),
    (
        "returned_cheque",
        "Returned cheque",
        "adjustment",
        "RRC",
        "debit",
        EVERY,
        "e",
        "The bank sent a cheque back unpaid.",
    ),
    (
        "returned_debit",
        "Returned Direct Debit",
        "adjustment",
        "RDN",
        "debit",
        EVERY,
        "e",
        "A collection came back unpaid and is not in a returns file.",
    ),
    (
        "refund",
        "Refund",
        "refund",
        "RDR",
        "debit",
        EVERY,
        "ea",
        "A credit is paid back, once every check of the refund gate is clear.",
    ),
    (
        "write_off",
        "Write-off",
        "write_off",
        "WOF",
        "credit",
        EVERY,
        "ea",
        "A debt that is not pursued; it is never forgiven unless the law ends it.",
    ),
    (
        "write_on",
        "Write-on of an unclaimed credit",
        "write_off",
        "WON",
        "debit",
        EVERY,
        "ea",
        "A credit that nobody claimed for six years goes to the budget; it is paid if it is claimed later.",
    ),
    (
        "write_back",
        "Write-back of a written-off debt",
        "write_off",
        "WBK",
        "debit",
        EVERY,
        "e",
        "Money came in, or the debtor was found again.",
    ),
)
"""Key, title, sheet, code, side, kinds of account, flags (e evidence, p period, a always approved, b tells benefits), and when."""

REASONS = (
    ("wrong_charge", "Charged wrongly", "debit credit rent_change service_charge former_tenant"),
    ("wrong_rate", "Wrong rent or rate", "rent_change service_charge"),
    ("date_corrected", "A date was corrected", "debit credit rent_change former_tenant"),
    ("wrong_account", "Posted to the wrong account", "transfer debit credit"),
    ("wrong_amount", "Posted for the wrong amount", "debit credit former_tenant"),
    ("posted_twice", "Posted twice", "debit credit former_tenant"),
    ("offset", "A credit pays another debt", "transfer"),
    ("moved_home", "The tenant moved", "transfer"),
    ("decant", "Decant or disturbance", "allowance waiver"),
    ("disrepair", "Disrepair or loss of a service", "allowance waiver credit"),
    ("goodwill", "Put right after a complaint", "allowance waiver credit"),
    ("benefit_decision", "Decision of the benefit office", "housing_benefit universal_credit"),
    ("benefit_error", "Benefit posted wrongly", "housing_benefit universal_credit"),
    ("unpaid", "Returned unpaid by the bank", "returned_cheque returned_debit"),
    ("year_end", "Year's charge balanced", "service_charge"),
    ("other", "Something else, said in the note", ""),
)


def upgrade() -> None:
    _adjustment_kind()
    _adjustment_reason()
    _adjustment()
    _adjustment_line()
    _ship()


def _adjustment_kind() -> None:
    op.create_table(
        "adjustment_kind",
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=80), nullable=False),
        sa.Column("explained", sa.Unicode(length=400), nullable=False),
        sa.Column("sheet", sa.Unicode(length=20), nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("side", sa.Unicode(length=20), nullable=False),
        sa.Column("account_kinds", sa.Unicode(length=200), nullable=False),
        sa.Column("needs_evidence", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("needs_period", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("always_approved", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("tells_benefit", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["code"], ["transaction_code.code"], name="fk_adjustment_kind_code_transaction_code"),
        sa.PrimaryKeyConstraint("key", name="pk_adjustment_kind"),
    )


def _adjustment_reason() -> None:
    op.create_table(
        "adjustment_reason",
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=80), nullable=False),
        sa.Column("kinds", sa.Unicode(length=400), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_adjustment_reason"),
    )


def _adjustment() -> None:
    op.create_table(
        "adjustment",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("origin", sa.Unicode(length=20), nullable=False),
        sa.Column("title", sa.Unicode(length=200), nullable=False),
        sa.Column("note", LONG, nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("declared_count", sa.Integer(), nullable=True),
        sa.Column("declared_pence", sa.BigInteger(), nullable=True),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("debit_pence", sa.BigInteger(), nullable=False),
        sa.Column("credit_pence", sa.BigInteger(), nullable=False),
        sa.Column("largest_pence", sa.BigInteger(), nullable=False),
        sa.Column("accounting_on", sa.Date(), nullable=True),
        sa.Column("file_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("posted_by", ID, nullable=True),
        sa.Column("posted_at", MOMENT, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("reversed_by", ID, nullable=True),
        sa.Column("reversal_journal", ID, nullable=True),
        sa.Column("reversal_reason", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_adjustment_approved_by_officer"),
        sa.ForeignKeyConstraint(["file_sha256"], ["document.sha256"], name="fk_adjustment_file_sha256_document"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_adjustment_made_by_officer"),
        sa.ForeignKeyConstraint(["posted_by"], ["officer.id"], name="fk_adjustment_posted_by_officer"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_adjustment_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(["reversed_by"], ["officer.id"], name="fk_adjustment_reversed_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_adjustment"),
        sa.UniqueConstraint("entry_key", name="uq_adjustment_entry_key"),
        sa.UniqueConstraint("number", name="uq_adjustment_number"),
    )
    op.create_index("ix_adjustment_made_at", "adjustment", ["made_at"])
    op.create_index("ix_adjustment_state", "adjustment", ["state"])
    op.create_index(
        "uq_adjustment_file_sha256",
        "adjustment",
        ["file_sha256"],
        unique=True,
        sqlite_where=sa.text("file_sha256 IS NOT NULL"),
        mssql_where=sa.text("file_sha256 IS NOT NULL"),
    )
    op.create_index(
        "uq_adjustment_journal",
        "adjustment",
        ["journal"],
        unique=True,
        sqlite_where=sa.text("journal IS NOT NULL"),
        mssql_where=sa.text("journal IS NOT NULL"),
    )


def _adjustment_line() -> None:
    op.create_table(
        "adjustment_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("adjustment_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("other_account_id", ID, nullable=True),
        sa.Column("kind", sa.Unicode(length=40), nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("rent_week", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Unicode(length=40), nullable=False),
        sa.Column("narrative", sa.Unicode(length=200), nullable=False),
        sa.Column("working", LONG, nullable=False),
        sa.Column("fix", sa.Unicode(length=20), nullable=True),
        sa.Column("fixed_journal", ID, nullable=True),
        sa.Column("fixed_line", sa.Integer(), nullable=True),
        sa.Column("like_id", ID, nullable=True),
        sa.Column("like_reason", sa.Unicode(length=200), nullable=False),
        sa.Column("entry_line", sa.Integer(), nullable=True),
        sa.CheckConstraint("pence <> 0", name="ck_adjustment_line_an_amount"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_adjustment_line_account_id_account"),
        sa.ForeignKeyConstraint(
            ["adjustment_id"], ["adjustment.id"], name="fk_adjustment_line_adjustment_id_adjustment"
        ),
        sa.ForeignKeyConstraint(["code"], ["transaction_code.code"], name="fk_adjustment_line_code_transaction_code"),
        sa.ForeignKeyConstraint(["kind"], ["adjustment_kind.key"], name="fk_adjustment_line_kind_adjustment_kind"),
        sa.ForeignKeyConstraint(["like_id"], ["adjustment_line.id"], name="fk_adjustment_line_like_id_adjustment_line"),
        sa.ForeignKeyConstraint(
            ["other_account_id"], ["account.id"], name="fk_adjustment_line_other_account_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["reason"], ["adjustment_reason.key"], name="fk_adjustment_line_reason_adjustment_reason"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_adjustment_line"),
    )
    op.create_index("ix_adjustment_line_account_id", "adjustment_line", ["account_id"])
    op.create_index(
        "ix_adjustment_line_adjustment_id_place", "adjustment_line", ["adjustment_id", "place"], unique=True
    )
    op.create_index("ix_adjustment_line_fixed_journal_fixed_line", "adjustment_line", ["fixed_journal", "fixed_line"])
    op.create_index("ix_adjustment_line_other_account_id", "adjustment_line", ["other_account_id"])


def _ship() -> None:
    flags = ("apportion", "free_week", "vat", "charged_in_void", "hb_eligible", "allows_negative", "active")
    codes = sa.table(
        "transaction_code",
        *(sa.column(each, sa.Unicode) for each in ("code", "name", "kind", "explain_group", "control")),
        *(sa.column(each, sa.Boolean) for each in flags),
    )
    fixed = dict.fromkeys(flags, False) | {"allows_negative": True, "active": True}
    op.bulk_insert(
        codes,
        [
            {"code": code, "name": name, "kind": kind, "explain_group": "adjustments", "control": control, **fixed}
            for code, name, kind, control in NEW_CODES
        ],
    )
    words = ("key", "title", "sheet", "code", "side", "account_kinds", "explained")
    needs = {"needs_evidence": "e", "needs_period": "p", "always_approved": "a", "tells_benefit": "b"}
    op.bulk_insert(
        sa.table(
            "adjustment_kind",
            *(sa.column(each, sa.Unicode) for each in words),
            *(sa.column(each, sa.Boolean) for each in (*needs, "active")),
            sa.column("place", sa.Integer),
        ),
        [
            dict(zip(words, (*each, explained), strict=True))
            | {name: flag in flags for name, flag in needs.items()}
            | {"active": True, "place": place}
            for place, (*each, flags, explained) in enumerate(KINDS, 1)
        ],
    )
    op.bulk_insert(
        sa.table(
            "adjustment_reason",
            *(sa.column(each, sa.Unicode) for each in ("key", "title", "kinds")),
            sa.column("active", sa.Boolean),
            sa.column("place", sa.Integer),
        ),
        [
            {"key": key, "title": title, "kinds": kinds, "active": True, "place": place}
            for place, (key, title, kinds) in enumerate(REASONS, 1)
        ],
    )
    _count("adjustment")


def _count(*names: str) -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": name, "value": 0} for name in names])
