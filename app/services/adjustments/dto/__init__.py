"""Adjustments as they are asked for, shown and posted."""

from __future__ import annotations

from app.services.adjustments.dto.asked import NewAdjustment, NewKind, NewLine, NewReason
from app.services.adjustments.dto.forms import EntryForm, Face, FixForm
from app.services.adjustments.dto.shown import (
    AdjustmentDetail,
    Alike,
    Effect,
    KindRow,
    LineRow,
    PendingRow,
    Preview,
    ReasonRow,
    Saved,
)

__all__ = [
    "AdjustmentDetail",
    "Alike",
    "Effect",
    "EntryForm",
    "Face",
    "FixForm",
    "KindRow",
    "LineRow",
    "NewAdjustment",
    "NewKind",
    "NewLine",
    "NewReason",
    "PendingRow",
    "Preview",
    "ReasonRow",
    "Saved",
]
