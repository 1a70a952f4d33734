"""What reports, and what they do, are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.models.values import ReportKind, ReturnEffect

EFFECTS: Final[Mapping[ReturnEffect, str]] = {
    ReturnEffect.ACCEPT: "Accept",
    ReturnEffect.REJECT: "Instruction returned",
    ReturnEffect.SUSPEND: "Suspend",
    ReturnEffect.AMEND: "New details",
    ReturnEffect.TRANSFER: "Transfer to the new bank",
    ReturnEffect.CANCEL: "Cancel",
    ReturnEffect.EXPIRE: "Expired",
    ReturnEffect.REINSTATE: "Reinstate",
    ReturnEffect.DEATH: "Stop: payer has died",
    ReturnEffect.REVERSE: "Reverse the payment",
    ReturnEffect.CLAIM: "Open a claim",
    ReturnEffect.CORRECT: "Correct the details",
    ReturnEffect.MATCH: "Match the run",
    ReturnEffect.NONE: "Look at it",
}
"""The effects as officers read them."""
REPORTS: Final[Mapping[ReportKind, str]] = {
    ReportKind.ADDACS: "ADDACS: changes by payers' banks",
    ReportKind.AUDDIS_RETURNED: "AUDDIS: returned instructions",
    ReportKind.AUDDIS_ACCEPTED: "AUDDIS: file accepted",
    ReportKind.AUDDIS_REJECTED: "AUDDIS: file rejected",
    ReportKind.ARUDD: "ARUDD: unpaid Direct Debits",
    ReportKind.AWACS: "AWACS: corrected details",
    ReportKind.DDICA: "DDICA: indemnity claims",
    ReportKind.ARUCS: "ARUCS: returned credits",
    ReportKind.INPUT: "Input report",
    ReportKind.WITHDRAWAL: "Withdrawal report",
}
"""The reports as officers read them."""
