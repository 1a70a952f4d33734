"""What the reason codes of each report mean (bacs.md 2.2). Officers read these words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.models.values import ReportKind

_ADDACS: Final = {
    "0": "Instruction cancelled by the bank: refer to the payer",
    "1": "Instruction cancelled by the payer",
    "2": "The payer has died",
    "3": "Account transferred to another bank or building society",
    "B": "Account closed",
    "C": "Account transferred to another branch of the same bank",
    "D": "Advance notice disputed",
    "E": "Instruction amended: a new account at the same branch",
    "R": "Instruction reinstated",
}
_AUDDIS: Final = {
    "1": "Instruction cancelled by the payer",
    "2": "The payer has died",
    "3": "Account transferred to another bank or building society",
    "5": "No such account, or one of the wrong type",
    "6": "No such instruction to cancel",
    "7": "The amount was not zero",
    "B": "Account closed",
    "C": "Account transferred to another branch of the same bank",
    "F": "An account of this type takes no Direct Debits",
    "G": "The bank takes no Direct Debits on this account",
    "H": "The instruction has expired",
    "I": "The reference is used already",
    "K": "Instruction cancelled by the paying bank",
    "L": "The payer's account details are wrong",
    "M": "The transaction code doesn't go with our status as a service user",
    "N": "Not allowed at the payer's branch",
    "O": "The reference is not a valid one",
    "P": "The payer's name is missing",
    "Q": "Our own name is missing",
}
_ARUDD: Final = {
    "0": "Refer to payer",
    "1": "Instruction cancelled",
    "2": "The payer has died",
    "3": "Account transferred",
    "4": "Advance notice disputed",
    "5": "No such account, or one of the wrong type",
    "6": "No instruction",
    "7": "The amount differs from the notice",
    "8": "Not yet due, or under 2 working days since the instruction was lodged",
    "9": "Presented too late",
    "A": "Service user differs",
    "B": "Account closed",
}
_ARUCS: Final = {
    "0": "Invalid details",
    "2": "The payee has died",
    "3": "The account was transferred to another bank",
    "5": "There is no such account",
    "B": "The account is closed",
    "C": "Asked back by us",
}
_DDICA: Final = {
    "1": "The amount or date differs from the advance notice",
    "2": "No advance notice was received, or the amount is disputed",
    "3": "The instruction had been cancelled by the paying bank",
    "4": "The payer had cancelled it with us",
    "5": "No instruction is held, or the payer disputes having given it",
    "6": "The signature is not the payer's, or not as the account needs it",
    "7": "Claimed at our own request",
    "8": "The payer doesn't know our name",
}
REASONS: Final[Mapping[ReportKind, Mapping[str, str]]] = {
    ReportKind.ADDACS: _ADDACS,
    ReportKind.AUDDIS_RETURNED: _AUDDIS,
    ReportKind.AUDDIS_REJECTED: _AUDDIS,
    ReportKind.ARUDD: _ARUDD,
    ReportKind.ARUCS: _ARUCS,
    ReportKind.DDICA: _DDICA,
}


def reason(kind: ReportKind, code: str, told: str = "") -> str:
    """What a code means in a report; as the bank says it (`told`) where the code isn't known."""
    if kind is ReportKind.AWACS:
        return told or "The account details were wrong: the bank has put them right"
    known = REASONS.get(kind, {}).get(code)
    return known or told or (f"A reason that isn't known here ({code})" if code else "No reason is given")
