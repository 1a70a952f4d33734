"""Direct Debit: mandates, schedules with their collections, runs, reports of the bank, and cases."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")


def upgrade() -> None:
    _debit_run()
    _bank_report()
    _debit_run_journal()
    _mandate()
    _debit_case()
    _debit_schedule()
    _mandate_account()
    _mandate_bank()
    _debit_instruction()
    _debit_notice()
    _schedule_part()
    _collection()
    _bank_report_item()
    _collection_share()
    _debit_case_collection()
    _debit_run_left_out()
    _debit_run_line()
    _mandate_step()
    _counters()


def _debit_run_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("processing_on", sa.Date(), nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("last_entry_on", sa.Date(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("refused_count", sa.Integer(), nullable=False),
        sa.Column("refused_pence", sa.BigInteger(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("payment_file_id", ID, nullable=True),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("sent_by", ID, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("matched_by", ID, nullable=True),
        sa.Column("matched_at", MOMENT, nullable=True),
        sa.Column("matched_words", sa.Unicode(length=400), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=True),
        sa.Column("why", sa.Unicode(length=400), nullable=False),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _debit_run() -> None:
    op.create_table(
        "debit_run",
        *_debit_run_columns(),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_debit_run_made_by_officer"),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_debit_run_approved_by_officer"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_debit_run_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(
            ["payment_file_id"], ["payment_file.id"], name="fk_debit_run_payment_file_id_payment_file"
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["officer.id"], name="fk_debit_run_sent_by_officer"),
        sa.ForeignKeyConstraint(["matched_by"], ["officer.id"], name="fk_debit_run_matched_by_officer"),
        sa.ForeignKeyConstraint(["settled_by"], ["officer.id"], name="fk_debit_run_settled_by_officer"),
        sa.ForeignKeyConstraint(["document_sha256"], ["document.sha256"], name="fk_debit_run_document_sha256_document"),
        sa.PrimaryKeyConstraint("id", name="pk_debit_run"),
        sa.UniqueConstraint("number", name="uq_debit_run_number"),
        sa.UniqueConstraint("entry_key", name="uq_debit_run_entry_key"),
    )
    op.create_index("ix_debit_run_payment_file_id", "debit_run", ["payment_file_id"])
    op.create_index("ix_debit_run_processing_on", "debit_run", ["processing_on"])
    op.create_index("ix_debit_run_state", "debit_run", ["state"])


def _bank_report() -> None:
    op.create_table(
        "bank_report",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("report_key", sa.Unicode(length=120), nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("generated_on", sa.Date(), nullable=True),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("words", LONG, nullable=False),
        sa.Column("read_by", ID, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_bank_report_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["debit_run.id"], name="fk_bank_report_run_id_debit_run"),
        sa.ForeignKeyConstraint(["read_by"], ["officer.id"], name="fk_bank_report_read_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_report"),
        sa.UniqueConstraint("report_key", name="uq_bank_report_report_key"),
    )
    op.create_index("ix_bank_report_run_id", "bank_report", ["run_id"])


def _debit_run_journal() -> None:
    op.create_table(
        "debit_run_journal",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("journal", ID, nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["debit_run.id"], name="fk_debit_run_journal_run_id_debit_run"),
        sa.PrimaryKeyConstraint("run_id", "entry_on", name="pk_debit_run_journal"),
    )


def _mandate_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("payer_name", sa.Unicode(length=70), nullable=False),
        sa.Column("payer_address", sa.Unicode(length=400), nullable=False),
        sa.Column("reference", sa.Unicode(length=18), nullable=False),
        sa.Column("way", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=False),
        sa.Column("state_why", sa.Unicode(length=400), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("form_number", sa.Unicode(length=40), nullable=False),
        sa.Column("method_before", sa.Unicode(length=20), nullable=True),
        sa.Column("holder_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sole_authority", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("identity_checked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("guarantee_read", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("lodged_on", sa.Date(), nullable=True),
        sa.Column("collect_from", sa.Date(), nullable=True),
        sa.Column("last_bank_on", sa.Date(), nullable=True),
        sa.Column("first_collected_on", sa.Date(), nullable=True),
        sa.Column("resume_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("despite_at", MOMENT, nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _mandate() -> None:
    op.create_table(
        "mandate",
        *_mandate_columns(),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_mandate_made_by_officer"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_mandate_account_id_account"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_mandate_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_mandate"),
        sa.UniqueConstraint("reference", name="uq_mandate_reference"),
        sa.UniqueConstraint("entry_key", name="uq_mandate_entry_key"),
    )
    op.create_index("ix_mandate_account_id", "mandate", ["account_id"])
    op.create_index("ix_mandate_person_id", "mandate", ["person_id"])
    op.create_index("ix_mandate_state", "mandate", ["state"])


def _debit_case() -> None:
    op.create_table(
        "debit_case",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("reason_code", sa.Unicode(length=4), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("bank_reference", sa.Unicode(length=40), nullable=False),
        sa.Column("challenge_by", sa.Date(), nullable=True),
        sa.Column("challenged_on", sa.Date(), nullable=True),
        sa.Column("challenge_words", sa.Unicode(length=400), nullable=False),
        sa.Column("debit_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Unicode(length=20), nullable=True),
        sa.Column("outcome_words", sa.Unicode(length=400), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("back_journal", ID, nullable=True),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_debit_case_made_by_officer"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_debit_case_officer_id_officer"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_debit_case_mandate_id_mandate"),
        sa.PrimaryKeyConstraint("id", name="pk_debit_case"),
        sa.UniqueConstraint("number", name="uq_debit_case_number"),
        sa.UniqueConstraint("entry_key", name="uq_debit_case_entry_key"),
    )
    op.create_index("ix_debit_case_mandate_id", "debit_case", ["mandate_id"])
    op.create_index("ix_debit_case_state", "debit_case", ["state"])


def _debit_schedule() -> None:
    op.create_table(
        "debit_schedule",
        sa.Column("id", ID, nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("frequency", sa.Unicode(length=20), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("first_week_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("collection_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("first_pence", sa.BigInteger(), nullable=False),
        sa.Column("total_pence", sa.BigInteger(), nullable=False),
        sa.Column("forecast_pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Unicode(length=200), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_debit_schedule_mandate_id_mandate"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_debit_schedule_made_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_debit_schedule"),
    )
    op.create_index("ix_debit_schedule_mandate_id", "debit_schedule", ["mandate_id"])
    op.create_index(
        "uq_debit_schedule_current",
        "debit_schedule",
        ["mandate_id"],
        unique=True,
        sqlite_where=sa.text("state = 'current'"),
        mssql_where=sa.text("state = 'current'"),
    )
    op.create_index("uq_debit_schedule_mandate_id_number", "debit_schedule", ["mandate_id", "number"], unique=True)


def _mandate_account() -> None:
    op.create_table(
        "mandate_account",
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_mandate_account_account_id_account"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_mandate_account_mandate_id_mandate"),
        sa.PrimaryKeyConstraint("mandate_id", "account_id", name="pk_mandate_account"),
    )
    op.create_index("ix_mandate_account_account_id", "mandate_account", ["account_id"])


def _mandate_bank() -> None:
    op.create_table(
        "mandate_bank",
        sa.Column("id", ID, nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.Unicode(length=64), nullable=False),
        sa.Column("sort_hash", sa.Unicode(length=64), nullable=False),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("last_two", sa.Unicode(length=2), nullable=False),
        sa.Column("holder", sa.Unicode(length=70), nullable=False),
        sa.Column("bank_name", sa.Unicode(length=80), nullable=False),
        sa.Column("branch", sa.Unicode(length=80), nullable=False),
        sa.Column("verdict", sa.Unicode(length=20), nullable=False),
        sa.Column("told_by", sa.Unicode(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_mandate_bank_ends_after_start"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_mandate_bank_mandate_id_mandate"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_mandate_bank_made_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_mandate_bank"),
    )
    op.create_index("ix_mandate_bank_fingerprint", "mandate_bank", ["fingerprint"])
    op.create_index("ix_mandate_bank_mandate_id", "mandate_bank", ["mandate_id"])
    op.create_index("ix_mandate_bank_sort_hash", "mandate_bank", ["sort_hash"])


def _debit_instruction() -> None:
    op.create_table(
        "debit_instruction",
        sa.Column("id", ID, nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("bank_id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("why", sa.Unicode(length=200), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("processing_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["officer.id"], name="fk_debit_instruction_asked_by_officer"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_debit_instruction_mandate_id_mandate"),
        sa.ForeignKeyConstraint(["run_id"], ["debit_run.id"], name="fk_debit_instruction_run_id_debit_run"),
        sa.ForeignKeyConstraint(["bank_id"], ["mandate_bank.id"], name="fk_debit_instruction_bank_id_mandate_bank"),
        sa.PrimaryKeyConstraint("id", name="pk_debit_instruction"),
    )
    op.create_index("ix_debit_instruction_mandate_id", "debit_instruction", ["mandate_id"])
    op.create_index("ix_debit_instruction_run_id", "debit_instruction", ["run_id"])
    op.create_index("ix_debit_instruction_state", "debit_instruction", ["state"])


def _debit_notice() -> None:
    op.create_table(
        "debit_notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("schedule_id", ID, nullable=True),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("outgoing_id", ID, nullable=True),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("taken_back_on", sa.Date(), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["debit_schedule.id"], name="fk_debit_notice_schedule_id_debit_schedule"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_debit_notice_made_by_officer"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_debit_notice_mandate_id_mandate"),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name="fk_debit_notice_outgoing_id_outgoing"),
        sa.PrimaryKeyConstraint("id", name="pk_debit_notice"),
    )
    op.create_index("ix_debit_notice_mandate_id", "debit_notice", ["mandate_id"])
    op.create_index("ix_debit_notice_outgoing_id", "debit_notice", ["outgoing_id"])


def _schedule_part() -> None:
    op.create_table(
        "schedule_part",
        sa.Column("schedule_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Unicode(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_schedule_part_account_id_account"),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["debit_schedule.id"], name="fk_schedule_part_schedule_id_debit_schedule"
        ),
        sa.PrimaryKeyConstraint("schedule_id", "place", name="pk_schedule_part"),
    )
    op.create_index("ix_schedule_part_account_id", "schedule_part", ["account_id"])


def _collection() -> None:
    op.create_table(
        "collection",
        sa.Column("id", ID, nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("schedule_id", ID, nullable=True),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("by_hand", sa.Unicode(length=200), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("noticed_due_on", sa.Date(), nullable=True),
        sa.Column("noticed_pence", sa.BigInteger(), nullable=True),
        sa.Column("notice_id", ID, nullable=True),
        sa.Column("code", sa.Unicode(length=20), nullable=True),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("again_of", ID, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("return_journal", ID, nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_code", sa.Unicode(length=4), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("pence >= 0", name="ck_collection_not_negative"),
        sa.ForeignKeyConstraint(["run_id"], ["debit_run.id"], name="fk_collection_run_id_debit_run"),
        sa.ForeignKeyConstraint(["again_of"], ["collection.id"], name="fk_collection_again_of_collection"),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["debit_schedule.id"], name="fk_collection_schedule_id_debit_schedule"
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["debit_notice.id"], name="fk_collection_notice_id_debit_notice"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_collection_mandate_id_mandate"),
        sa.PrimaryKeyConstraint("id", name="pk_collection"),
    )
    op.create_index("ix_collection_again_of", "collection", ["again_of"])
    op.create_index("ix_collection_mandate_id_state", "collection", ["mandate_id", "state"])
    op.create_index("ix_collection_run_id", "collection", ["run_id"])
    op.create_index("ix_collection_schedule_id", "collection", ["schedule_id"])
    op.create_index("ix_collection_state_due_on", "collection", ["state", "due_on"])


def _bank_report_item_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("reason_code", sa.Unicode(length=4), nullable=False),
        sa.Column("raw_code", sa.Unicode(length=10), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("original_on", sa.Date(), nullable=True),
        sa.Column("pence", sa.BigInteger(), nullable=True),
        sa.Column("transaction_code", sa.Unicode(length=4), nullable=False),
        sa.Column("payer_name", sa.Unicode(length=70), nullable=False),
        sa.Column("last_two", sa.Unicode(length=2), nullable=False),
        sa.Column("fingerprint", sa.Unicode(length=64), nullable=False),
        sa.Column("new_last_two", sa.Unicode(length=2), nullable=False),
        sa.Column("new_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mandate_id", ID, nullable=True),
        sa.Column("collection_id", ID, nullable=True),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("effect", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.Unicode(length=400), nullable=False),
        sa.Column("journal", ID, nullable=True),
        sa.Column("back_journal", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _bank_report_item() -> None:
    op.create_table(
        "bank_report_item",
        *_bank_report_item_columns(),
        sa.ForeignKeyConstraint(["report_id"], ["bank_report.id"], name="fk_bank_report_item_report_id_bank_report"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name="fk_bank_report_item_collection_id_collection"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["debit_run.id"], name="fk_bank_report_item_run_id_debit_run"),
        sa.ForeignKeyConstraint(["case_id"], ["debit_case.id"], name="fk_bank_report_item_case_id_debit_case"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_bank_report_item_mandate_id_mandate"),
        sa.ForeignKeyConstraint(["decided_by"], ["officer.id"], name="fk_bank_report_item_decided_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_report_item"),
    )
    op.create_index("ix_bank_report_item_collection_id", "bank_report_item", ["collection_id"])
    op.create_index("ix_bank_report_item_mandate_id", "bank_report_item", ["mandate_id"])
    op.create_index("ix_bank_report_item_report_id", "bank_report_item", ["report_id"])
    op.create_index("ix_bank_report_item_run_id", "bank_report_item", ["run_id"])
    op.create_index("ix_bank_report_item_state", "bank_report_item", ["state"])
    op.create_index("uq_bank_report_item_report_id_place", "bank_report_item", ["report_id", "place"], unique=True)


def _collection_share() -> None:
    op.create_table(
        "collection_share",
        sa.Column("collection_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_collection_share_account_id_account"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name="fk_collection_share_collection_id_collection"
        ),
        sa.PrimaryKeyConstraint("collection_id", "account_id", name="pk_collection_share"),
    )
    op.create_index("ix_collection_share_account_id", "collection_share", ["account_id"])


def _debit_case_collection() -> None:
    op.create_table(
        "debit_case_collection",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("collection_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["debit_case.id"], name="fk_debit_case_collection_case_id_debit_case"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name="fk_debit_case_collection_collection_id_collection"
        ),
        sa.PrimaryKeyConstraint("case_id", "collection_id", name="pk_debit_case_collection"),
    )
    op.create_index("ix_debit_case_collection_collection_id", "debit_case_collection", ["collection_id"])


def _debit_run_left_out() -> None:
    op.create_table(
        "debit_run_left_out",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("collection_id", ID, nullable=True),
        sa.Column("instruction_id", ID, nullable=True),
        sa.Column("reason", sa.Unicode(length=30), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["debit_run.id"], name="fk_debit_run_left_out_run_id_debit_run"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_debit_run_left_out_mandate_id_mandate"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name="fk_debit_run_left_out_collection_id_collection"
        ),
        sa.ForeignKeyConstraint(
            ["instruction_id"], ["debit_instruction.id"], name="fk_debit_run_left_out_instruction_id_debit_instruction"
        ),
        sa.PrimaryKeyConstraint("run_id", "place", name="pk_debit_run_left_out"),
    )
    op.create_index("ix_debit_run_left_out_mandate_id", "debit_run_left_out", ["mandate_id"])


def _debit_run_line() -> None:
    op.create_table(
        "debit_run_line",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("bank_id", ID, nullable=False),
        sa.Column("instruction_id", ID, nullable=True),
        sa.Column("collection_id", ID, nullable=True),
        sa.Column("code", sa.Unicode(length=20), nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("own_scope", sa.Unicode(length=40), nullable=False),
        sa.Column("refused_words", sa.Unicode(length=200), nullable=True),
        sa.ForeignKeyConstraint(["bank_id"], ["mandate_bank.id"], name="fk_debit_run_line_bank_id_mandate_bank"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name="fk_debit_run_line_collection_id_collection"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["debit_run.id"], name="fk_debit_run_line_run_id_debit_run"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_debit_run_line_mandate_id_mandate"),
        sa.ForeignKeyConstraint(
            ["instruction_id"], ["debit_instruction.id"], name="fk_debit_run_line_instruction_id_debit_instruction"
        ),
        sa.PrimaryKeyConstraint("run_id", "place", name="pk_debit_run_line"),
    )
    op.create_index("ix_debit_run_line_collection_id", "debit_run_line", ["collection_id"])
    op.create_index("ix_debit_run_line_instruction_id", "debit_run_line", ["instruction_id"])
    op.create_index("ix_debit_run_line_mandate_id", "debit_run_line", ["mandate_id"])


def _mandate_step() -> None:
    op.create_table(
        "mandate_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("mandate_id", ID, nullable=False),
        sa.Column("event", sa.Unicode(length=20), nullable=False),
        sa.Column("from_state", sa.Unicode(length=20), nullable=True),
        sa.Column("to_state", sa.Unicode(length=20), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.Unicode(length=20), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("report_item_id", ID, nullable=True),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_item_id"], ["bank_report_item.id"], name="fk_mandate_step_report_item_id_bank_report_item"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["debit_run.id"], name="fk_mandate_step_run_id_debit_run"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_mandate_step_mandate_id_mandate"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_mandate_step_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_mandate_step"),
    )
    op.create_index("ix_mandate_step_mandate_id", "mandate_step", ["mandate_id"])


def _counters() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": "debit_run", "value": 0}, {"name": "debit_case", "value": 0}])
