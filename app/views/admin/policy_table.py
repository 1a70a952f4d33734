"""The columns of policy values."""

from __future__ import annotations

from app.services.admin.policy.dto import PolicyRow, Standing
from app.views.common import formats
from app.views.common.columns import Column


def mark_of(row: PolicyRow) -> tuple[str, str]:
    """What has to be said about a value, and its tone."""
    if row.to_verify:
        return "Verify", "warning"
    return ("Verified", "good") if row.verified_by else ("", "")


def _mark(row: PolicyRow) -> str:
    if row.waits is not None:
        return f"Request {row.waits} waits"
    return mark_of(row)[0] if row.standing is Standing.NOW else formats.words(row.standing)


def _tone(row: PolicyRow) -> str:
    if row.standing is Standing.PAST:
        return "muted"
    return "warning" if row.waits is not None or row.to_verify else ""


POLICY: tuple[Column[PolicyRow], ...] = (
    Column("title", "Policy", lambda row: row.key.title, 190),
    Column("scope", "Applies to", lambda row: row.scope_words, 104),
    Column("value", "Value", lambda row: row.words, 124, right=True),
    Column("from", "From", lambda row: row.effective_from, 96, least=520),
    Column("mark", "Mark", _mark, 92, tone=_tone),
)
