"""The states and steps of mandates, as officers read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.models.values import BacsCode, InstructionState, MandateEvent, MandateState, MandateWay, ToldBy
from app.services.direct_debits.mandates.dto.shown import MandateView

STATES: Final[Mapping[MandateState, str]] = {
    MandateState.NEW: "New, to be lodged",
    MandateState.LODGED: "Lodged",
    MandateState.LIVE: "Live",
    MandateState.AMENDED: "Amended, to be lodged",
    MandateState.SUSPENDED: "Suspended",
    MandateState.CANCELLED: "Cancelled",
    MandateState.DORMANT: "Dormant",
    MandateState.EXPIRED: "Expired",
}
"""The states as officers read them."""
WAYS: Final[Mapping[MandateWay, str]] = {
    MandateWay.PAPER: "Signed form",
    MandateWay.TELEPHONE: "By telephone",
    MandateWay.ONLINE: "Online",
    MandateWay.LOADED: "Loaded",
}
EVENTS: Final[Mapping[MandateEvent, str]] = {
    MandateEvent.SET_UP: "Set up",
    MandateEvent.LODGED: "Lodged with the bank",
    MandateEvent.ACCEPTED: "The bank's days are over",
    MandateEvent.REJECTED: "The bank returned it",
    MandateEvent.CHANGED: "Changed",
    MandateEvent.AMENDED: "Other bank details",
    MandateEvent.TRANSFERRED: "Moved to another bank",
    MandateEvent.SUSPENDED: "Suspended",
    MandateEvent.RESUMED: "Goes on",
    MandateEvent.CANCELLED: "Cancelled",
    MandateEvent.REINSTATED: "Stands again",
    MandateEvent.DORMANT: "Dormant",
    MandateEvent.EXPIRED: "Expired",
    MandateEvent.COLLECTED: "First collected",
    MandateEvent.RETURNED: "A collection came back",
    MandateEvent.CLAIMED: "Claimed under the Guarantee",
}
SENT_AS: Final[Mapping[BacsCode, str]] = {
    BacsCode.NEW: "New instruction (0N)",
    BacsCode.CANCEL: "Cancellation (0C)",
    BacsCode.CONVERT: "Conversion from paper (0S)",
}
INSTRUCTIONS: Final[Mapping[InstructionState, str]] = {
    InstructionState.WAITING: "Waits for a lodgement run",
    InstructionState.IN_RUN: "In a lodgement run",
    InstructionState.SENT: "Sent: the bank may return it",
    InstructionState.ACCEPTED: "Stands",
    InstructionState.RETURNED: "Returned by the bank",
    InstructionState.WITHDRAWN: "Not needed any more, never sent",
}
VIEWS: Final[Mapping[MandateView, str]] = {
    MandateView.LIVE: "Live",
    MandateView.TO_LODGE: "Awaiting lodgement",
    MandateView.SUSPENDED: "Left suspended",
    MandateView.DORMANT_SOON: "Dormant soon",
    MandateView.UNCONFIRMED: "Not confirmed",
    MandateView.NO_SCHEDULE: "Without a schedule",
}
"""The lists that officers work through, in their order; `listing.in_view` says what each has, wherever it is counted."""
TOLD_BY: Final[Mapping[ToldBy, str]] = {
    ToldBy.OFFICER: "us",
    ToldBy.PAYER: "the payer",
    ToldBy.BANK: "the bank",
    ToldBy.SYSTEM: "Rentbook",
}
