"""The audit in plain words: fields and values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from app.models.values import Money
from app.services.admin.audit.kinds import KINDS

_LABELS: Final[Mapping[str, str]] = {
    "acknowledge_by": "Acknowledge by",
    "address_1": "Address, first line",
    "address_2": "Address, second line",
    "allows_negative": "May be negative",
    "apportion": "How a part week is charged",
    "closed_at": "Closed",
    "cover_id": "Cover",
    "do_not_contact": "Don't contact",
    "dob": "Date of birth",
    "document_sha256": "Document",
    "duplicate_of": "Copy of",
    "fingerprint": "Keyed hash of the numbers",
    "first_week_on": "First Monday",
    "format_need": "Format of letters",
    "free_week": "Charged in a rent-free week",
    "from_id": "Given by",
    "from_on": "From",
    "guessed": "Not checked",
    "hb_eligible": "Covered by Housing Benefit",
    "held": "Held",
    "high": "High priority",
    "html": "In HTML",
    "home_id": "Home that it goes with",
    "if_closed": "When the office is closed",
    "item_id": "Post item",
    "last_two": "Account number ends in",
    "leader_id": "Leader",
    "load_id": "Came in with",
    "near": "Near the home",
    "number": "Number",
    "officer_id": "Officer",
    "opened_by": "Opened by",
    "outgoing_id": "Letter or message",
    "owner_id": "Owner",
    "paid_in": "Paid in",
    "receipt": "Receipt number",
    "ref": "Reference",
    "reply_by": "Reply by",
    "retention_months": "Months it is kept",
    "sender_address": "Answer goes to",
    "sha256": "Contents",
    "serial": "Serial number",
    "subject": "About",
    "to_id": "Given to",
    "to_officer_id": "To officer",
    "to_on": "To",
    "to_team_id": "To team",
    "uprn": "UPRN",
    "vat": "VAT",
    "week_on": "Week",
    "with_id": "Goes with the ending",
    "verdict": "Modulus check",
    "witness_id": "Second officer",
}
HIDDEN: Final = frozenset(
    {
        "id",
        "version",
        "ref_key",
        "reference_key",
        "name_key",
        "address_key",
        "request_key",
        "idempotency_key",
        "digest",
        "payload",
        "place",
        "restricted_id",
        "dealt",
        "entry_key",
        "key",
    }
)
"""Columns that say nothing to an officer."""

DID: Final = {
    "insert": "added",
    "update": "changed",
    "delete": "removed",
    "export": "exported",
    "reveal": "revealed",
    "begun": "began",
    "asked": "asked",
}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_LONGEST: Final = 300


def kind_of(table: str) -> str:
    """A kind of record in plain words."""
    return KINDS.get(table) or _spoken(table)


def label_of(column: str) -> str:
    """A field in plain words: `payment_reference` is `Payment reference`, `amount_pence` is `Amount`."""
    if column in _LABELS:
        return _LABELS[column]
    return _spoken(re.sub(r"_(pence|id|on|at)$", "", column))


def value_in_words(column: str, value: object, *, word: bool) -> str:
    """A value of the audit as an officer reads it; `word` says that it is one of a fixed list."""
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and column.endswith("_pence"):
        return str(Money(value))
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    text = str(value)
    if _DAY.fullmatch(text):
        return day_in_words(date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        local = datetime.fromisoformat(text).astimezone()
        return f"{day_in_words(local.date())} {local:%H:%M}"
    if column.endswith("sha256"):
        return f"file {text[:8]}"
    if word:
        return _spoken(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... ({len(text):,} characters)"


def day_in_words(value: date) -> str:
    """A day as it is written: `5 Apr 2027`."""
    return f"{value.day} {value:%b %Y}"


def bulk_in_words(table: str, facts: Mapping[str, object]) -> str:
    """A set-based change explained: `1,200 rows of Charge came in with load 3`."""
    rows = facts.get("rows")
    count = f"{rows:,} records" if isinstance(rows, int) else "Records"
    if "load" in facts:
        return f"{count} came in with load {facts['load']}; the file is kept with it"
    if "part_of" in facts:
        return f"{count} were made with the {facts['part_of']}"
    if "run_id" in facts:
        return f"{count} were made by statement run {facts['run_id']}"
    told = ", ".join(f"{label_of(key).lower()} {value}" for key, value in facts.items() if key != "rows")
    return f"{count}: {told}" if told else f"{count} of the kind {kind_of(table).lower()}"


def _spoken(text: str) -> str:
    shown = text.replace("_", " ").strip()
    return shown[:1].upper() + shown[1:]
