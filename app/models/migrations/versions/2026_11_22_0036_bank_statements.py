"""Bank accounts and statements of the council, what their lines are, and the daily board."""

from datetime import date

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")

ACCOUNT = sa.Table(
    "account",
    sa.MetaData(),
    sa.Column("id", ID, primary_key=True),
    *(sa.Column(name, sa.Unicode) for name in ("kind", "fund", "name", "control_key", "ledger_code")),
    sa.Column("opened_on", sa.Date),
    sa.Column("balance_pence", sa.BigInteger),
    sa.Column("version", sa.Integer),
)
RULE = sa.table(
    "posting_rule", sa.column("control", sa.Unicode), sa.column("fund", sa.Unicode), sa.column("account_id", ID)
)

FUNDS = {"hra": "Housing Revenue Account", "general": "General Fund"}
ELSEWHERE = ("bank_elsewhere", "Bank lines of other services")
IN_USE_FROM = date(2000, 1, 1)


def upgrade() -> None:
    _bank_rule()
    _board_day()
    _council_bank()
    _bank_match()
    _bank_statement()
    _bank_cleared()
    _bank_line()
    _bank_match_part()
    _controls()


def _bank_rule() -> None:
    op.create_table(
        "bank_rule",
        sa.Column("id", ID, nullable=False),
        sa.Column("words", sa.Unicode(length=120), nullable=False),
        sa.Column("channel", sa.Unicode(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bank_rule"),
        sa.UniqueConstraint("words", name="uq_bank_rule_words"),
    )


def _board_day() -> None:
    op.create_table(
        "board_day",
        sa.Column("id", ID, nullable=False),
        sa.Column("board_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("figures", LONG, nullable=False),
        sa.Column("prepared_by", ID, nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("signed_by", ID, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("signed_by <> prepared_by", name=op.f("ck_board_day_two_officers")),
        sa.ForeignKeyConstraint(["prepared_by"], ["officer.id"], name="fk_board_day_prepared_by_officer"),
        sa.ForeignKeyConstraint(["signed_by"], ["officer.id"], name="fk_board_day_signed_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_board_day"),
    )
    op.create_index(
        "uq_board_day_board_on",
        "board_day",
        ["board_on"],
        unique=True,
        sqlite_where=sa.text("state = 'signed'"),
        mssql_where=sa.text("state = 'signed'"),
    )


def _council_bank() -> None:
    op.create_table(
        "council_bank",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=60), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tail", sa.Unicode(length=2), nullable=False),
        sa.Column("mark", sa.Unicode(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("opening_pence", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_council_bank_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_council_bank"),
        sa.UniqueConstraint("account_id", name="uq_council_bank_account_id"),
        sa.UniqueConstraint("mark", name="uq_council_bank_mark"),
        sa.UniqueConstraint("name", name="uq_council_bank_name"),
    )


def _bank_match() -> None:
    op.create_table(
        "bank_match",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("bank_id", ID, nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Unicode(length=200), nullable=False),
        sa.Column("journal", ID, nullable=False),
        sa.Column("posted_journal", ID, nullable=True),
        sa.Column("to_suspense", sa.Boolean(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_journal", ID, nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_why", sa.Unicode(length=200), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["council_bank.id"], name="fk_bank_match_bank_id_council_bank"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_bank_match_made_by_officer"),
        sa.ForeignKeyConstraint(["undone_by"], ["officer.id"], name="fk_bank_match_undone_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_match"),
        sa.UniqueConstraint("entry_key", name="uq_bank_match_entry_key"),
        sa.UniqueConstraint("journal", name="uq_bank_match_journal"),
    )


def _bank_statement() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("id", ID, nullable=False),
        sa.Column("bank_id", ID, nullable=False),
        sa.Column("format", sa.Unicode(length=10), nullable=False),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("opening_pence", sa.BigInteger(), nullable=False),
        sa.Column("closing_pence", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("gap_why", sa.Unicode(length=200), nullable=False),
        sa.Column("loaded_by", ID, nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["council_bank.id"], name="fk_bank_statement_bank_id_council_bank"),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_bank_statement_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["loaded_by"], ["officer.id"], name="fk_bank_statement_loaded_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_statement"),
        sa.UniqueConstraint("sha256", "bank_id", name="uq_bank_statement_sha256_bank_id"),
    )
    op.create_index("ix_bank_statement_bank_id_to_on", "bank_statement", ["bank_id", "to_on"], unique=False)


def _bank_cleared() -> None:
    op.create_table(
        "bank_cleared",
        sa.Column("journal", ID, autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("match_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["bank_match.id"], name="fk_bank_cleared_match_id_bank_match"),
        sa.PrimaryKeyConstraint("journal", "line", name="pk_bank_cleared"),
    )
    op.create_index("ix_bank_cleared_match_id", "bank_cleared", ["match_id"], unique=False)


def _bank_line() -> None:
    op.create_table(
        "bank_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("statement_id", ID, nullable=False),
        sa.Column("bank_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=True),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Unicode(length=60), nullable=False),
        sa.Column("narrative", sa.Unicode(length=400), nullable=False),
        sa.Column("kind", sa.Unicode(length=40), nullable=False),
        sa.Column("fingerprint", sa.Unicode(length=32), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("match_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["council_bank.id"], name="fk_bank_line_bank_id_council_bank"),
        sa.ForeignKeyConstraint(["match_id"], ["bank_match.id"], name="fk_bank_line_match_id_bank_match"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statement.id"], name="fk_bank_line_statement_id_bank_statement"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bank_line"),
        sa.UniqueConstraint("bank_id", "fingerprint", "occurrence", name="uq_bank_line_bank_id_fingerprint_occurrence"),
    )
    op.create_index("ix_bank_line_booked_on", "bank_line", ["booked_on"], unique=False)
    op.create_index("ix_bank_line_match_id", "bank_line", ["match_id"], unique=False)
    op.create_index("ix_bank_line_state", "bank_line", ["state"], unique=False)
    op.create_index("ix_bank_line_statement_id", "bank_line", ["statement_id"], unique=False)


def _bank_match_part() -> None:
    op.create_table(
        "bank_match_part",
        sa.Column("match_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Unicode(length=200), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["bank_match.id"], name="fk_bank_match_part_match_id_bank_match"),
        sa.PrimaryKeyConstraint("match_id", "place", name="pk_bank_match_part"),
    )


def _controls() -> None:
    """Ledger codes start as plain keys (fund and control key); the council gives its own."""
    connection = op.get_bind()
    for fund, fund_name in FUNDS.items():
        for key, name in (ELSEWHERE,):
            row = {
                "kind": "control",
                "fund": fund,
                "name": f"{name}, {fund_name}",
                "control_key": key,
                "ledger_code": f"{fund}:{key}".upper(),
                "opened_on": IN_USE_FROM,
                "balance_pence": 0,
                "version": 1,
            }
            connection.execute(ACCOUNT.insert().values(row))
            made = sa.select(ACCOUNT.c.id).where(ACCOUNT.c.control_key == key, ACCOUNT.c.fund == fund)
            connection.execute(RULE.insert().values(control=key, fund=fund, account_id=connection.scalar(made)))
