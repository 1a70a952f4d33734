"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONG_TEXT = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _charge_run()
    _counter()
    _document()
    _landlord()
    _officer()
    _period()
    _policy_value()
    _rent_group()
    _rent_year()
    _setting()
    _transaction_code()
    _audit_entry()
    _document_link()
    _journal()
    _load_batch()
    _officer_limit()
    _officer_role()
    _period_action()
    _rent_free_week()
    _statement_run()
    _load_line()
    _person()
    _property()
    _tenancy()
    _account()
    _tenant()
    _account_search()
    _arrangement()
    _charge()
    _entry()
    _flag()
    _hold()
    _note()
    _posting_rule()
    _snapshot()
    _statement_item()


def _charge_run() -> None:
    op.create_table(
        "charge_run",
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("journal", ID, nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total_pence", sa.BigInteger(), nullable=False),
        sa.Column("exceptions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week_on", name=op.f("pk_charge_run")),
    )


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.Unicode(length=20), nullable=False),
        sa.Column("value", ID, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("media_type", sa.Unicode(length=100), nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document")),
    )


def _landlord() -> None:
    op.create_table(
        "landlord",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("office", sa.Unicode(length=120), nullable=False),
        sa.Column("address", sa.Unicode(length=400), nullable=False),
        sa.Column("phone", sa.Unicode(length=40), nullable=False),
        sa.Column("email", sa.Unicode(length=254), nullable=False),
        sa.Column("website", sa.Unicode(length=200), nullable=False),
        sa.Column("how_to_pay", LONG_TEXT, nullable=False),
        sa.Column("reference_scheme", sa.Unicode(length=20), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_landlord")),
    )


def _officer() -> None:
    op.create_table(
        "officer",
        sa.Column("id", ID, nullable=False),
        sa.Column("username", sa.Unicode(length=80), nullable=False),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("username", name=op.f("uq_officer_username")),
    )


def _period() -> None:
    op.create_table(
        "period",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Unicode(length=10), nullable=False),
        sa.Column("snapshot_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_period_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("ends_on", name=op.f("uq_period_ends_on")),
        sa.UniqueConstraint("name", name=op.f("uq_period_name")),
        sa.UniqueConstraint("starts_on", name=op.f("uq_period_starts_on")),
    )


def _policy_value() -> None:
    op.create_table(
        "policy_value",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=80), nullable=False),
        sa.Column("scope", sa.Unicode(length=80), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("value", sa.Unicode(length=200), nullable=False),
        sa.Column("unit", sa.Unicode(length=20), nullable=False),
        sa.Column("source", sa.Unicode(length=400), nullable=False),
        sa.Column("verified_by", sa.Unicode(length=120), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_value")),
    )
    op.create_index(
        "uq_policy_value_key_scope_effective_from", "policy_value", ["key", "scope", "effective_from"], unique=True
    )


def _rent_group() -> None:
    op.create_table(
        "rent_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=20), nullable=False),
        sa.Column("name", sa.Unicode(length=80), nullable=False),
        sa.Column("fund", sa.Unicode(length=10), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rent_group")),
        sa.UniqueConstraint("code", name=op.f("uq_rent_group_code")),
    )


def _rent_year() -> None:
    op.create_table(
        "rent_year",
        sa.Column("first_week_on", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("name", sa.Unicode(length=20), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("first_week_on", name=op.f("pk_rent_year")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.Unicode(length=80), nullable=False),
        sa.Column("value", LONG_TEXT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _transaction_code() -> None:
    op.create_table(
        "transaction_code",
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("name", sa.Unicode(length=60), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("explain_group", sa.Unicode(length=20), nullable=False),
        sa.Column("control", sa.Unicode(length=40), nullable=False),
        sa.Column("apportion", sa.Boolean(), nullable=False),
        sa.Column("free_week", sa.Boolean(), nullable=False),
        sa.Column("vat", sa.Boolean(), nullable=False),
        sa.Column("charged_in_void", sa.Boolean(), nullable=False),
        sa.Column("hb_eligible", sa.Boolean(), nullable=False),
        sa.Column("allows_negative", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_transaction_code")),
    )


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("action", sa.Unicode(length=10), nullable=False),
        sa.Column("table_name", sa.Unicode(length=40), nullable=False),
        sa.Column("row_key", sa.Unicode(length=120), nullable=False),
        sa.Column("before", LONG_TEXT, nullable=False),
        sa.Column("after", LONG_TEXT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_audit_entry_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_table_name_row_key", "audit_entry", ["table_name", "row_key"], unique=False)


def _document_link() -> None:
    op.create_table(
        "document_link",
        sa.Column("id", ID, nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("subject", sa.Unicode(length=20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=200), nullable=False),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_document_link_officer_id_officer")),
        sa.ForeignKeyConstraint(["sha256"], ["document.sha256"], name=op.f("fk_document_link_sha256_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_link")),
    )
    op.create_index(op.f("ix_document_link_sha256"), "document_link", ["sha256"], unique=False)
    op.create_index("ix_document_link_subject_subject_id", "document_link", ["subject", "subject_id"], unique=False)


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("accounting_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("posted_by", ID, nullable=False),
        sa.Column("authorised_by", ID, nullable=True),
        sa.Column("source", sa.Unicode(length=200), nullable=False),
        sa.Column("narrative", sa.Unicode(length=200), nullable=False),
        sa.Column("idempotency_key", sa.Unicode(length=120), nullable=False),
        sa.Column("declared_count", sa.Integer(), nullable=False),
        sa.Column("declared_pence", sa.BigInteger(), nullable=False),
        sa.Column("actual_count", sa.Integer(), nullable=False),
        sa.Column("actual_pence", sa.BigInteger(), nullable=False),
        sa.Column("reverses", ID, nullable=True),
        sa.Column("digest", sa.Unicode(length=64), nullable=False),
        sa.ForeignKeyConstraint(["authorised_by"], ["officer.id"], name=op.f("fk_journal_authorised_by_officer")),
        sa.ForeignKeyConstraint(["posted_by"], ["officer.id"], name=op.f("fk_journal_posted_by_officer")),
        sa.ForeignKeyConstraint(["reverses"], ["journal.number"], name=op.f("fk_journal_reverses_journal")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_journal_idempotency_key")),
    )
    op.create_index(op.f("ix_journal_accounting_on"), "journal", ["accounting_on"], unique=False)
    op.create_index(
        "uq_journal_reverses",
        "journal",
        ["reverses"],
        unique=True,
        sqlite_where=sa.text("reverses IS NOT NULL"),
        mssql_where=sa.text("reverses IS NOT NULL"),
    )


def _load_batch() -> None:
    op.create_table(
        "load_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("file_sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("summary", LONG_TEXT, nullable=False),
        sa.Column("signed_by", ID, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_load_batch_officer_id_officer")),
        sa.ForeignKeyConstraint(["signed_by"], ["officer.id"], name=op.f("fk_load_batch_signed_by_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load_batch")),
    )
    op.create_index(op.f("ix_load_batch_file_sha256"), "load_batch", ["file_sha256"], unique=False)


def _officer_limit() -> None:
    op.create_table(
        "officer_limit",
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("action", sa.Unicode(length=40), nullable=False),
        sa.Column("limit_pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_officer_limit_officer_id_officer")),
        sa.PrimaryKeyConstraint("officer_id", "action", name=op.f("pk_officer_limit")),
    )


def _officer_role() -> None:
    op.create_table(
        "officer_role",
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("role", sa.Unicode(length=40), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_officer_role_officer_id_officer")),
        sa.PrimaryKeyConstraint("officer_id", "role", name=op.f("pk_officer_role")),
    )


def _period_action() -> None:
    op.create_table(
        "period_action",
        sa.Column("id", ID, nullable=False),
        sa.Column("period_id", ID, nullable=False),
        sa.Column("to_state", sa.Unicode(length=10), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("requested_by", ID, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("authorised_by", ID, nullable=True),
        sa.Column("authorised_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["authorised_by"], ["officer.id"], name=op.f("fk_period_action_authorised_by_officer")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_period_action_period_id_period")),
        sa.ForeignKeyConstraint(["requested_by"], ["officer.id"], name=op.f("fk_period_action_requested_by_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_action")),
    )
    op.create_index(op.f("ix_period_action_period_id"), "period_action", ["period_id"], unique=False)


def _rent_free_week() -> None:
    op.create_table(
        "rent_free_week",
        sa.Column("rent_group_id", ID, nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rent_group_id"], ["rent_group.id"], name=op.f("fk_rent_free_week_rent_group_id_rent_group")
        ),
        sa.PrimaryKeyConstraint("rent_group_id", "week_on", name=op.f("pk_rent_free_week")),
    )


def _statement_run() -> None:
    op.create_table(
        "statement_run",
        sa.Column("id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("request", LONG_TEXT, nullable=False),
        sa.Column("request_key", sa.Unicode(length=64), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_statement_run_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_run")),
    )
    op.create_index(op.f("ix_statement_run_request_key"), "statement_run", ["request_key"], unique=False)


def _load_line() -> None:
    op.create_table(
        "load_line",
        sa.Column("fingerprint", sa.Unicode(length=32), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Unicode(length=20), nullable=False),
        sa.Column("load_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_load_line_load_id_load_batch")),
        sa.PrimaryKeyConstraint("fingerprint", "occurrence", name=op.f("pk_load_line")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_load_line_load_id", "load_line", ["load_id"], unique=False)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("ref", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=20), nullable=False),
        sa.Column("first_name", sa.Unicode(length=80), nullable=False),
        sa.Column("last_name", sa.Unicode(length=80), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("email", sa.Unicode(length=254), nullable=False),
        sa.Column("mobile", sa.Unicode(length=30), nullable=False),
        sa.Column("phone", sa.Unicode(length=30), nullable=False),
        sa.Column("language", sa.Unicode(length=40), nullable=False),
        sa.Column("format_need", sa.Unicode(length=20), nullable=False),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("contact_note", LONG_TEXT, nullable=False),
        sa.Column("load_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_person_load_id_load_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("ref", name=op.f("uq_person_ref")),
    )


def _property() -> None:
    op.create_table(
        "property",
        sa.Column("id", ID, nullable=False),
        sa.Column("ref", sa.Unicode(length=40), nullable=False),
        sa.Column("uprn", sa.Unicode(length=12), nullable=True),
        sa.Column("type", sa.Unicode(length=20), nullable=False),
        sa.Column("address_1", sa.Unicode(length=120), nullable=False),
        sa.Column("address_2", sa.Unicode(length=120), nullable=False),
        sa.Column("town", sa.Unicode(length=80), nullable=False),
        sa.Column("postcode", sa.Unicode(length=10), nullable=False),
        sa.Column("bedrooms", sa.Integer(), nullable=True),
        sa.Column("area", sa.Unicode(length=60), nullable=False),
        sa.Column("rent_group_id", ID, nullable=False),
        sa.Column("linked_tenancy_id", ID, nullable=True),
        sa.Column("near_dwelling", sa.Boolean(), nullable=False),
        sa.Column("load_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["linked_tenancy_id"], ["tenancy.id"], name=op.f("fk_property_linked_tenancy_id_tenancy"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_property_load_id_load_batch")),
        sa.ForeignKeyConstraint(
            ["rent_group_id"], ["rent_group.id"], name=op.f("fk_property_rent_group_id_rent_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_property")),
        sa.UniqueConstraint("ref", name=op.f("uq_property_ref")),
    )
    op.create_index("ix_property_area", "property", ["area"], unique=False)
    op.create_index(op.f("ix_property_linked_tenancy_id"), "property", ["linked_tenancy_id"], unique=False)
    op.create_index(op.f("ix_property_rent_group_id"), "property", ["rent_group_id"], unique=False)


def _tenancy() -> None:
    op.create_table(
        "tenancy",
        sa.Column("id", ID, nullable=False),
        sa.Column("ref", sa.Unicode(length=40), nullable=False),
        sa.Column("ref_key", sa.Unicode(length=40), nullable=False),
        sa.Column("property_id", ID, nullable=False),
        sa.Column("tenure", sa.Unicode(length=20), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("payment_method", sa.Unicode(length=20), nullable=False),
        sa.Column("load_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("end_on IS NULL OR end_on >= start_on", name=op.f("ck_tenancy_ends_after_start")),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_tenancy_load_id_load_batch")),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_tenancy_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenancy")),
        sa.UniqueConstraint("ref", name=op.f("uq_tenancy_ref")),
    )
    op.create_index("ix_tenancy_property_id_start_on", "tenancy", ["property_id", "start_on"], unique=False)
    op.create_index(op.f("ix_tenancy_ref_key"), "tenancy", ["ref_key"], unique=False)
    if op.get_bind().dialect.name != "sqlite":
        op.create_foreign_key(
            op.f("fk_property_linked_tenancy_id_tenancy"), "property", "tenancy", ["linked_tenancy_id"], ["id"]
        )


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("tenancy_id", ID, nullable=True),
        sa.Column("rent_group_id", ID, nullable=True),
        sa.Column("fund", sa.Unicode(length=10), nullable=False),
        sa.Column("payment_reference", sa.Unicode(length=40), nullable=True),
        sa.Column("reference_key", sa.Unicode(length=40), nullable=True),
        sa.Column("name", sa.Unicode(length=200), nullable=False),
        sa.Column("control_key", sa.Unicode(length=40), nullable=True),
        sa.Column("ledger_code", sa.Unicode(length=40), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("balance_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["rent_group_id"], ["rent_group.id"], name=op.f("fk_account_rent_group_id_rent_group")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_account_tenancy_id_tenancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_rent_group_id"), "account", ["rent_group_id"], unique=False)
    op.create_index(op.f("ix_account_tenancy_id"), "account", ["tenancy_id"], unique=False)
    op.create_index(
        "uq_account_reference_key",
        "account",
        ["reference_key"],
        unique=True,
        sqlite_where=sa.text("reference_key IS NOT NULL"),
        mssql_where=sa.text("reference_key IS NOT NULL"),
    )


def _tenant() -> None:
    op.create_table(
        "tenant",
        sa.Column("tenancy_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tenant_person_id_person")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_tenant_tenancy_id_tenancy")),
        sa.PrimaryKeyConstraint("tenancy_id", "person_id", name=op.f("pk_tenant")),
    )
    op.create_index(op.f("ix_tenant_person_id"), "tenant", ["person_id"], unique=False)


def _account_search() -> None:
    op.create_table(
        "account_search",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("text", sa.Unicode(length=700), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_search_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_search")),
    )
    op.create_index("ix_account_search_text", "account_search", ["text"])


def _arrangement() -> None:
    op.create_table(
        "arrangement",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("frequency", sa.Unicode(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("load_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_arrangement_account_id_account")),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_arrangement_load_id_load_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement")),
    )
    op.create_index(op.f("ix_arrangement_account_id"), "arrangement", ["account_id"], unique=False)


def _charge() -> None:
    op.create_table(
        "charge",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("load_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_charge_ends_after_start")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_charge_account_id_account")),
        sa.ForeignKeyConstraint(["code"], ["transaction_code.code"], name=op.f("fk_charge_code_transaction_code")),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_charge_load_id_load_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
    )
    op.create_index("uq_charge_account_id_code_from_on", "charge", ["account_id", "code", "from_on"], unique=True)


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("journal", ID, autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("rent_week", sa.Date(), nullable=True),
        sa.Column("narrative", sa.Unicode(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_entry_account_id_account")),
        sa.PrimaryKeyConstraint("journal", "line", name=op.f("pk_entry")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_account_id_effective_on", "entry", ["account_id", "effective_on"], unique=False)
    op.create_index(
        "ix_entry_effective_on_account_id_pence", "entry", ["effective_on", "account_id", "pence"], unique=False
    )


def _flag() -> None:
    op.create_table(
        "flag",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("flag", sa.Unicode(length=60), nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("load_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_flag_account_id_account")),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_flag_load_id_load_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    op.create_index(op.f("ix_flag_account_id"), "flag", ["account_id"], unique=False)


def _hold() -> None:
    op.create_table(
        "hold",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("placed_by", ID, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_hold_account_id_account")),
        sa.ForeignKeyConstraint(["placed_by"], ["officer.id"], name=op.f("fk_hold_placed_by_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_account_id"), "hold", ["account_id"], unique=False)


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("text", LONG_TEXT, nullable=False),
        sa.Column("load_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_note_account_id_account")),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_note_load_id_load_batch")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_note_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_account_id"), "note", ["account_id"], unique=False)


def _posting_rule() -> None:
    op.create_table(
        "posting_rule",
        sa.Column("control", sa.Unicode(length=40), nullable=False),
        sa.Column("fund", sa.Unicode(length=10), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_posting_rule_account_id_account")),
        sa.PrimaryKeyConstraint("control", "fund", name=op.f("pk_posting_rule")),
    )


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("period_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("known_pence", sa.BigInteger(), nullable=False),
        sa.Column("reported_pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_snapshot_account_id_account")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_snapshot_period_id_period")),
        sa.PrimaryKeyConstraint("period_id", "account_id", name=op.f("pk_snapshot")),
        sqlite_with_rowid=False,
    )


def _statement_item() -> None:
    op.create_table(
        "statement_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("group_name", sa.Unicode(length=80), nullable=False),
        sa.Column("variant", sa.Unicode(length=20), nullable=False),
        sa.Column("exception", sa.Unicode(length=200), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("first_page", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("brought_forward_pence", sa.BigInteger(), nullable=True),
        sa.Column("carried_forward_pence", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_statement_item_account_id_account")),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name=op.f("fk_statement_item_document_sha256_document")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["statement_run.id"], name=op.f("fk_statement_item_run_id_statement_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_item")),
    )
    op.create_index(op.f("ix_statement_item_account_id"), "statement_item", ["account_id"], unique=False)
    op.create_index(op.f("ix_statement_item_document_sha256"), "statement_item", ["document_sha256"], unique=False)
    op.create_index("uq_statement_item_run_id_account_id", "statement_item", ["run_id", "account_id"], unique=True)
