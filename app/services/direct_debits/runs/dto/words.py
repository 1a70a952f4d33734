"""The words of runs: what is sent, how far a run has come, and why something is left out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.models.values import BacsCode, DebitRunKind, DebitRunState, LeftOut

CODES: Final[Mapping[BacsCode, str]] = MappingProxyType(
    {
        BacsCode.CANCEL: "Cancelled instruction",
        BacsCode.NEW: "New instruction",
        BacsCode.CONVERT: "Instruction converted from paper",
        BacsCode.FIRST: "First collection",
        BacsCode.REGULAR: "Regular collection",
        BacsCode.AGAIN: "Presented again",
        BacsCode.FINAL: "Final collection",
    }
)
"""What is sent, in the order in which a file has it."""
KINDS: Final[Mapping[DebitRunKind, str]] = MappingProxyType(
    {DebitRunKind.LODGEMENT: "Lodgement", DebitRunKind.COLLECTION: "Collection"}
)
STATES: Final[Mapping[DebitRunState, str]] = MappingProxyType(
    {
        DebitRunState.WAITING: "Waits for approval",
        DebitRunState.MADE: "File made, to be sent",
        DebitRunState.SENT: "Sent, to be matched",
        DebitRunState.MATCHED: "Matched, to be posted",
        DebitRunState.POSTED: "Posted",
        DebitRunState.WITHDRAWN: "Withdrawn",
        DebitRunState.CANCELLED: "Cancelled",
        DebitRunState.REFUSED: "Refused by Bacs",
    }
)
REASONS: Final[Mapping[LeftOut, tuple[str, str]]] = MappingProxyType(
    {
        LeftOut.DECEASED: ("Payer or tenant died", "End the Direct Debit, and look at the tenancy."),
        LeftOut.TENANCY_ENDED: ("Tenancy ended", "Cancel the Direct Debit, or make an arrangement on the account."),
        LeftOut.CLAIM_OPEN: ("Claim open", "Close the case first; nothing is collected while the payer claims."),
        LeftOut.OTHER_MANDATE: (
            "Another mandate collects too",
            "Cancel one of the two, or change one of them and tick that both collect.",
        ),
        LeftOut.BREATHING_SPACE: ("Arrears may not be collected", "Recalculate: the current rent alone goes on."),
        LeftOut.SUSPENDED: ("Suspended", "Look at why, then resume it or cancel it."),
        LeftOut.NOT_LODGED: ("Not lodged yet", "Lodge it first, then move the collection to a later day."),
        LeftOut.NO_NOTICE: ("No notice given", "Give notice, then move the collection to a later day."),
        LeftOut.NOTICE_TOO_SHORT: ("Notice too short", "Move the collection to the first day that the notice allows."),
        LeftOut.CHANGED_SINCE_NOTICE: ("Changed since the notice", "Give notice of what it is now."),
        LeftOut.NOTHING_DUE: ("Nothing due", "Skip it, or recalculate."),
        LeftOut.ABOVE_LIMIT: ("Above the limit", "Change the amount; the council's bank sets the limit."),
        LeftOut.BAD_REFERENCE: ("Reference not for Bacs", "Set the mandate up anew with a reference that Bacs takes."),
        LeftOut.BAD_DETAILS: ("Bank details can't be used", "Ask the payer for them, and amend the mandate."),
        LeftOut.PAST_MONTH: (
            "Too late to present again",
            "Add it as a collection of its own, with notice, or recalculate.",
        ),
        LeftOut.BAD_SHARES: ("Not split over the accounts", "Recalculate the schedule."),
    }
)
"""Why something is left out, in the order in which reasons are listed: a heading, and what to do."""
