"""Arrangements, flags and notes as the columns of their tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from app.models.values import Subject


def arrangement(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the sheet Arrangements."""
    return {
        "amount_pence": row["amount"],
        "frequency": row["frequency"],
        "starts_on": row["start_date"],
        "ends_on": row["end_date"],
        "note": row["note"] or "",
    }


def flag(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A row of the sheet Flags; one without a first day holds from today."""
    return {
        "flag": row["flag"],
        "note": row["note"] or "",
        "from_on": row["from_date"] or min(today, row["to_date"] or today),
        "to_on": row["to_date"],
    }


def note(row: Mapping[str, Any], officer: int) -> dict[str, Any]:
    """A row of the sheet Notes, written at noon of its day."""
    at = datetime.combine(row["date"], time(12), UTC)
    return {"subject": Subject.ACCOUNT, "text": row["text"], "written_at": at, "officer_id": officer}
