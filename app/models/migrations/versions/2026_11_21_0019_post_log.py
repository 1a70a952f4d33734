"""The post: what arrives, its categories with how long they are kept, rules, history, messages and valuables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")

CATEGORIES = (
    ("general", "General enquiry", "", False, 24),
    ("payment", "Payment or balance query", "", False, 24),
    ("direct_debit", "Direct Debit", "", False, 84),
    ("change", "Change of circumstances", "", False, 72),
    ("benefit", "Housing Benefit or DWP query", "", True, 72),
    ("refund", "Refund request", "", False, 84),
    ("notice", "Notice to end a tenancy", "ending", True, 84),
    ("death", "Death of a tenant", "death", True, 84),
    ("breathing_space", "Breathing space or insolvency", "breathing_space", True, 84),
    ("court", "Court papers", "", True, 84),
    ("right_to_buy", "Right to Buy application", "", False, 144),
    ("disrepair", "Disrepair claim", "", True, 84),
    ("complaint_1", "Complaint, stage 1", "", True, 72),
    ("complaint_2", "Complaint, stage 2", "", True, 72),
    ("ombudsman", "Ombudsman", "", True, 72),
    ("foi", "Freedom of information request", "", True, 36),
    ("subject_access", "Subject access request", "", True, 36),
    ("invoice", "Supplier invoice", "invoice", False, 84),
    ("returned", "Returned letter", "address", False, 24),
    ("other", "Something else", "", False, 12),
)

ACKNOWLEDGED = {
    "death": "post_death",
    "complaint_1": "post_complaint",
    "complaint_2": "post_complaint",
    "foi": "post_information",
    "subject_access": "post_information",
    "invoice": "",
    "returned": "",
}
"""What acknowledges a category, where it isn't the usual letter; empty where nothing does."""


def upgrade() -> None:
    _post_category()
    _post_rule()
    _post_item()
    _post_event()
    _post_extension()
    _post_link()
    _post_message()
    _post_pause()
    _post_valuable()
    _post_reference()
    _post_mailbox()
    _post_left()
    op.bulk_insert(
        sa.table(
            "post_category",
            *(sa.column(each) for each in ("key", "name", "position", "acknowledgement", "work", "high")),
            *(sa.column(each) for each in ("retention_months", "retired")),
        ),
        [
            {
                "key": key,
                "name": name,
                "position": position,
                "acknowledgement": ACKNOWLEDGED.get(key, "post_acknowledgement"),
                "work": work,
                "high": high,
                "retention_months": months,
                "retired": False,
            }
            for position, (key, name, work, high, months) in enumerate(CATEGORIES, start=1)
        ],
    )


def _post_category() -> None:
    op.create_table(
        "post_category",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("name", sa.Unicode(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("acknowledgement", sa.Unicode(length=60), nullable=False),
        sa.Column("work", sa.Unicode(length=40), nullable=False),
        sa.Column("high", sa.Boolean(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_post_category_officer_id_officer"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_post_category_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_post_category"),
        sa.UniqueConstraint("key", name="uq_post_category_key"),
        sa.UniqueConstraint("name", name="uq_post_category_name"),
    )


def _post_rule() -> None:
    op.create_table(
        "post_rule",
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", sa.Unicode(length=20), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("category_id", ID, nullable=True),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("officer_id IS NULL OR team_id IS NULL", name="ck_post_rule_one_holder"),
        sa.ForeignKeyConstraint(["category_id"], ["post_category.id"], name="fk_post_rule_category_id_post_category"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_post_rule_officer_id_officer"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_post_rule_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_post_rule"),
    )


def _post_item_state() -> tuple[sa.Column[Any], ...]:
    """How far an item has come, and by when it has to."""
    return (
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("escalated_at", MOMENT, nullable=True),
        sa.Column("duplicate_of", ID, nullable=True),
        sa.Column("outcome", sa.Unicode(length=400), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("logged_at", MOMENT, nullable=False),
        sa.Column("logged_by", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=64), nullable=True),
        sa.Column("content_deleted_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _post_item() -> None:
    op.create_table(
        "post_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Unicode(length=20), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sender", sa.Unicode(length=200), nullable=False),
        sa.Column("sender_address", sa.Unicode(length=600), nullable=False),
        sa.Column("subject_line", sa.Unicode(length=200), nullable=False),
        sa.Column("text", LONG, nullable=False),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("format", sa.Unicode(length=20), nullable=False),
        sa.Column("language", sa.Unicode(length=40), nullable=False),
        sa.Column("guessed", sa.Unicode(length=400), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("team_id", ID, nullable=True),
        *_post_item_state(),
        sa.CheckConstraint("officer_id IS NULL OR team_id IS NULL", name="ck_post_item_one_holder"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_post_item_account_id_account"),
        sa.ForeignKeyConstraint(["category_id"], ["post_category.id"], name="fk_post_item_category_id_post_category"),
        sa.ForeignKeyConstraint(["duplicate_of"], ["post_item.id"], name="fk_post_item_duplicate_of_post_item"),
        sa.ForeignKeyConstraint(["logged_by"], ["officer.id"], name="fk_post_item_logged_by_officer"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_post_item_officer_id_officer"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_post_item_person_id_person"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_post_item_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_post_item"),
    )
    _post_item_indexes()


def _post_item_indexes() -> None:
    op.create_index("ix_post_item_account_id", "post_item", ["account_id"])
    op.create_index("ix_post_item_category_id", "post_item", ["category_id"])
    op.create_index("ix_post_item_officer_id_state", "post_item", ["officer_id", "state"])
    op.create_index("ix_post_item_person_id", "post_item", ["person_id"])
    op.create_index("ix_post_item_received_at", "post_item", ["received_at"])
    op.create_index("ix_post_item_received_on", "post_item", ["received_on"])
    op.create_index("ix_post_item_state_acknowledge_by", "post_item", ["state", "acknowledge_by"])
    op.create_index("ix_post_item_state_reply_by", "post_item", ["state", "reply_by"])
    op.create_index("ix_post_item_team_id_state", "post_item", ["team_id", "state"])
    keyed = sa.text("entry_key IS NOT NULL")
    op.create_index(
        "uq_post_item_entry_key", "post_item", ["entry_key"], unique=True, sqlite_where=keyed, mssql_where=keyed
    )
    op.create_index("uq_post_item_year_number", "post_item", ["year", "number"], unique=True)


def _post_event() -> None:
    op.create_table(
        "post_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("step", sa.Unicode(length=20), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("to_officer_id", ID, nullable=True),
        sa.Column("to_team_id", ID, nullable=True),
        sa.Column("outgoing_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["post_item.id"], name="fk_post_event_item_id_post_item"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_post_event_officer_id_officer"),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name="fk_post_event_outgoing_id_outgoing"),
        sa.ForeignKeyConstraint(["to_officer_id"], ["officer.id"], name="fk_post_event_to_officer_id_officer"),
        sa.ForeignKeyConstraint(["to_team_id"], ["team.id"], name="fk_post_event_to_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_post_event"),
    )
    op.create_index("ix_post_event_item_id", "post_event", ["item_id"])
    op.create_index("ix_post_event_outgoing_id", "post_event", ["outgoing_id"])


def _post_extension() -> None:
    op.create_table(
        "post_extension",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["post_item.id"], name="fk_post_extension_item_id_post_item"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_post_extension_made_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_post_extension"),
    )
    op.create_index("ix_post_extension_item_id", "post_extension", ["item_id"])


def _post_link() -> None:
    op.create_table(
        "post_link",
        sa.Column("item_id", ID, nullable=False),
        sa.Column("subject", sa.Unicode(length=20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["post_item.id"], name="fk_post_link_item_id_post_item"),
        sa.PrimaryKeyConstraint("item_id", "subject", "subject_id", name="pk_post_link"),
    )
    op.create_index("ix_post_link_subject_subject_id", "post_link", ["subject", "subject_id"])


def _post_message() -> None:
    op.create_table(
        "post_message",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=64), nullable=False),
        sa.Column("message_id", sa.Unicode(length=400), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("sender", sa.Unicode(length=254), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("html", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_post_message_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["post_item.id"], name="fk_post_message_item_id_post_item"),
        sa.PrimaryKeyConstraint("id", name="pk_post_message"),
        sa.UniqueConstraint("key", name="uq_post_message_key"),
    )
    op.create_index("ix_post_message_document_sha256", "post_message", ["document_sha256"])
    op.create_index("ix_post_message_item_id", "post_message", ["item_id"])


def _post_pause() -> None:
    op.create_table(
        "post_pause",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_post_pause_ends_after_start"),
        sa.ForeignKeyConstraint(["item_id"], ["post_item.id"], name="fk_post_pause_item_id_post_item"),
        sa.PrimaryKeyConstraint("id", name="pk_post_pause"),
    )
    op.create_index("ix_post_pause_item_id", "post_pause", ["item_id"])


def _post_valuable() -> None:
    op.create_table(
        "post_valuable",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=True),
        sa.Column("details", sa.Unicode(length=200), nullable=False),
        sa.Column("opened_by", ID, nullable=False),
        sa.Column("witness_id", ID, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("handed_to", sa.Unicode(length=200), nullable=False),
        sa.Column("handed_at", MOMENT, nullable=True),
        sa.Column("handed_by", ID, nullable=True),
        sa.Column("paid_in", sa.Unicode(length=60), nullable=False),
        sa.Column("paid_in_on", sa.Date(), nullable=True),
        sa.Column("paid_in_pence", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("opened_by <> witness_id", name="ck_post_valuable_two_officers"),
        sa.ForeignKeyConstraint(["handed_by"], ["officer.id"], name="fk_post_valuable_handed_by_officer"),
        sa.ForeignKeyConstraint(["item_id"], ["post_item.id"], name="fk_post_valuable_item_id_post_item"),
        sa.ForeignKeyConstraint(["opened_by"], ["officer.id"], name="fk_post_valuable_opened_by_officer"),
        sa.ForeignKeyConstraint(["witness_id"], ["officer.id"], name="fk_post_valuable_witness_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_post_valuable"),
        sa.UniqueConstraint("receipt", name="uq_post_valuable_receipt"),
    )
    op.create_index("ix_post_valuable_item_id", "post_valuable", ["item_id"])


def _post_reference() -> None:
    op.create_table(
        "post_reference",
        sa.Column("message_id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=64), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["post_message.id"], name="fk_post_reference_message_id_post_message"),
        sa.PrimaryKeyConstraint("message_id", "key", name="pk_post_reference"),
    )
    op.create_index("ix_post_reference_key", "post_reference", ["key"])


def _post_mailbox() -> None:
    op.create_table(
        "post_mailbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=80), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("address", sa.Unicode(length=254), nullable=False),
        sa.Column("host", sa.Unicode(length=254), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.Unicode(length=20), nullable=False),
        sa.Column("user", sa.Unicode(length=254), nullable=False),
        sa.Column("folder", sa.Unicode(length=200), nullable=False),
        sa.Column("sign_in", sa.Unicode(length=20), nullable=False),
        sa.Column("tenant", sa.Unicode(length=80), nullable=False),
        sa.Column("client_id", sa.Unicode(length=80), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("every_minutes", sa.Integer(), nullable=False),
        sa.Column("validity", ID, nullable=True),
        sa.Column("next_uid", ID, nullable=False),
        sa.Column("unmarked", LONG, nullable=False),
        sa.Column("delta", LONG, nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=True),
        sa.Column("error", sa.Unicode(length=400), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_post_mailbox"),
        sa.UniqueConstraint("name", name="uq_post_mailbox_name"),
    )


def _post_left() -> None:
    op.create_table(
        "post_left",
        sa.Column("id", ID, nullable=False),
        sa.Column("mailbox_id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=64), nullable=False),
        sa.Column("place", sa.Unicode(length=600), nullable=False),
        sa.Column("why", sa.Unicode(length=20), nullable=False),
        sa.Column("message", sa.Unicode(length=400), nullable=False),
        sa.Column("hint", sa.Unicode(length=400), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["mailbox_id"], ["post_mailbox.id"], name="fk_post_left_mailbox_id_post_mailbox"),
        sa.ForeignKeyConstraint(["settled_by"], ["officer.id"], name="fk_post_left_settled_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_post_left"),
    )
    op.create_index("ix_post_left_settled_at", "post_left", ["settled_at"])
    op.create_index("uq_post_left_mailbox_id_key", "post_left", ["mailbox_id", "key"], unique=True)
