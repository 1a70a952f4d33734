# ruff: noqa: S608  no value of a caller gets in: every part is written in this folder
"""Records by which money leaves: they come to count as approved only while their request is carried out, and stay as they are."""

from dataclasses import dataclass
from typing import Final

WORDS: Final = "is approved by another officer first"
STAYS: Final = "stays as it was approved"
STANDS: Final = "is never deleted"


@dataclass(frozen=True, slots=True)
class Record:
    """A table whose rows wait for another officer.

    Attributes:
        kinds: the requests that approve a row.
        approved: the states from there on.
        subject: the column that the requests are about.
        stays: what doesn't change any more once it is approved.
        gone: states of money that left at the provider: a row without a request begins there.
        leaves: states from which money is sent: a row without a request never comes there.
    """

    table: str
    kinds: str
    approved: str
    subject: str = "id"
    stays: tuple[str, ...] = ()
    gone: str = ""
    leaves: str = ""


RECORDS: Final = (
    Record(
        "refund",
        "('refund')",
        "('approved', 'sent')",
        stays=(
            "account_id",
            "pence",
            "method",
            "payee",
            "person_id",
            "payee_name",
            "payee_address",
            "bank_detail_id",
            "request_id",
        ),
    ),
    Record(
        "card_refund",
        "('card_refund')",
        "('approved', 'sending', 'submitted', 'success', 'failed')",
        "receipt_id",
        ("receipt_id", "pence", "request_id"),
        "('submitted', 'success')",
        "('approved', 'sending')",
    ),
    Record(
        "debit_run",
        "('direct_debit_run')",
        "('made', 'sent', 'matched', 'posted')",
        stays=("request_id", "document_sha256"),
    ),
    Record("supplier_run", "('supplier_run')", "('made', 'sent', 'paid')", stays=("request_id", "document_sha256")),
    Record("write_off_schedule", "('write_off', 'write_off_outside')", "('approved', 'posted')", stays=("request_id",)),
)


def _approval(each: Record, row: str) -> str:
    """A request that another officer approved and that still waits: once it is decided it approves nothing any more."""
    return f"""SELECT 1 FROM approval_sound s JOIN approval_request q ON q.id = s.request_id AND q.state = 'waiting'
    WHERE s.request_id = {row}.request_id AND s.kind IN {each.kinds}
    AND s.subject_id = {row}.{each.subject} AND s.approved_by = {row}.approved_by"""


def _found(each: Record, row: str) -> str:
    """A new row of what was given back at the provider, and is only written down here."""
    known = f"{row}.request_id IS NULL AND {row}.provider_id <> '' AND {row}.state IN {each.gone}"
    return known if each.gone else "1 = 0"


def _leaves(each: Record, row: str) -> str:
    """A row that nobody approved and that would be sent."""
    return f"{row}.request_id IS NULL AND {row}.state IN {each.leaves}" if each.leaves else "1 = 0"


def on_file(each: Record) -> tuple[str, ...]:
    """The triggers of a SQLite file; one row never takes the place of another."""
    stays = ("id", *each.stays)
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in stays)
    columns = ", ".join(dict.fromkeys(("state", *stays)))
    return (
        f"""CREATE TRIGGER {each.table}_by_two BEFORE UPDATE OF {columns} ON {each.table} BEGIN
SELECT RAISE(ABORT, '{each.table} {WORDS}') WHERE NEW.state IN {each.approved}
    AND (OLD.state NOT IN {each.approved} OR ({_leaves(each, "NEW")}))
    AND NOT EXISTS ({_approval(each, "NEW")});
SELECT RAISE(ABORT, '{each.table} {STAYS}') WHERE OLD.state IN {each.approved} AND ({changed});
END""",
        f"""CREATE TRIGGER {each.table}_made_by_two BEFORE INSERT ON {each.table} BEGIN
SELECT RAISE(ABORT, '{each.table} {STAYS}') WHERE EXISTS (SELECT 1 FROM {each.table} WHERE id = NEW.id);
SELECT RAISE(ABORT, '{each.table} {WORDS}') WHERE NEW.state IN {each.approved} AND NOT ({_found(each, "NEW")})
    AND NOT EXISTS ({_approval(each, "NEW")});
END""",
        f"CREATE TRIGGER {each.table}_no_delete BEFORE DELETE ON {each.table} BEGIN SELECT RAISE(ABORT, '{each.table} {STANDS}'); END",
    )


def on_server(each: Record) -> str:
    """The trigger of SQL Server."""
    now, was = (", ".join(f"{row}.{name}" for name in each.stays) for row in "id")
    return f"""CREATE TRIGGER {each.table}_by_two ON {each.table} AFTER INSERT, UPDATE AS
BEGIN
SET NOCOUNT ON;
IF EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON d.id = i.id WHERE i.state IN {each.approved}
    AND ((d.id IS NULL AND NOT ({_found(each, "i")})) OR d.state NOT IN {each.approved}
        OR (d.id IS NOT NULL AND {_leaves(each, "i")}))
    AND NOT EXISTS ({_approval(each, "i")})) THROW 50002, '{each.table} {WORDS}', 1;
IF EXISTS (SELECT 1 FROM inserted i JOIN deleted d ON d.id = i.id WHERE d.state IN {each.approved}
    AND EXISTS (SELECT {now} EXCEPT SELECT {was})) THROW 50002, '{each.table} {STAYS}', 1;
END"""
