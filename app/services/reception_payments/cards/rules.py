"""How far a card payment is, in words an officer can tell the caller. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from app.models.values import CardRefundState, CardState, DisputeState

OPEN: Final = frozenset({CardState.ASKED, CardState.CREATED, CardState.STARTED, CardState.SUBMITTED})
"""Something may come of it still."""
LEAST_PENCE: Final = 30
MOST_PENCE: Final = 10_000_000
"""Of one payment, in pence (GOV.UK Pay, create a payment: Stripe takes 30p or more, nobody more than £100,000)."""
TIMES_OUT: Final = timedelta(minutes=90)
"""After that the provider gives a payment up by itself (GOV.UK Pay, P0020)."""
LOST_AFTER: Final = timedelta(minutes=10)
"""A payment whose answer was lost is looked for so long: the search lags behind by seconds. Nobody has its page, so that it can't succeed."""
WAITS: Final = (1.0, 2.0, 4.0)
"""Seconds before a call that the provider refused for being too quick, and that did nothing, is made again (P0900)."""
_KEY: Final = re.compile(r"api_(?:live|test)_[A-Za-z0-9]{10,}")
_FIRST_WAITS: Final = timedelta(seconds=10)
_WAIT: Final = timedelta(seconds=30)
_LATE_WAIT: Final = timedelta(minutes=5)
_REFUND_WAIT: Final = timedelta(minutes=30)
_UNDER_WAY: Final = timedelta(minutes=5)

STATES: Final[Mapping[CardState, str]] = {
    CardState.ASKED: "Asked",
    CardState.CREATED: "Ready for the card",
    CardState.STARTED: "Card being typed",
    CardState.SUBMITTED: "To be confirmed",
    CardState.SUCCESS: "Paid",
    CardState.FAILED: "Declined",
    CardState.CANCELLED: "Cancelled",
    CardState.ERROR: "Failed",
    CardState.TIMED_OUT: "Timed out",
    CardState.LOST: "Never arrived",
}
"""How far it is, as lists show it."""
REFUND_STATES: Final[Mapping[CardRefundState, str]] = {
    CardRefundState.WAITING: "Waits for approval",
    CardRefundState.APPROVED: "Approved",
    CardRefundState.SENDING: "Being sent",
    CardRefundState.SUBMITTED: "On its way",
    CardRefundState.SUCCESS: "Given back",
    CardRefundState.FAILED: "Failed",
    CardRefundState.REFUSED: "Refused",
    CardRefundState.WITHDRAWN: "Withdrawn",
}
_RECORDING: Final[Mapping[str, str]] = {
    "officer": "Pause the recording of the call before the card is read out, and start it again afterwards.",
    "itself": "Look that the recording of the call has paused before the card is read out.",
}
_SAID: Final[Mapping[CardState, str]] = {
    CardState.ASKED: "The provider hasn't answered yet. Nothing has been taken from the card.",
    CardState.CREATED: "Type the card on the page in your browser. Nothing has been taken yet.",
    CardState.STARTED: "The card is being typed on the provider's page. Nothing has been taken yet.",
    CardState.SUBMITTED: "The bank has agreed. Press Confirm on the provider's page: until then nothing is taken.",
    CardState.SUCCESS: "The payment went through.",
    CardState.FAILED: "The payment was declined. Nothing was taken. Ask for another card, or to ring their bank.",
    CardState.CANCELLED: "The payment was cancelled. Nothing was taken.",
    CardState.ERROR: "The provider had a fault. Nothing was taken. Take the payment again, or another way.",
    CardState.TIMED_OUT: "Nobody finished it within 90 minutes. Nothing was taken.",
    CardState.LOST: "The provider never heard of it. Nothing was taken. Take the payment again.",
}
_AT_TERMINAL: Final = "Type the card at the terminal, then the reference of its slip here. Nothing is posted yet."
_CODES: Final[Mapping[str, str]] = {
    "P0010": "The bank declined the card, or what was typed doesn't fit it. Nothing was taken. "
    "Ask for another card, or to ring their bank.",
    "P0020": "Nobody finished it within 90 minutes. Nothing was taken.",
    "P0030": "It was cancelled on the provider's page. Nothing was taken.",
    "P0040": "The office cancelled it. Nothing was taken.",
    "P0050": "The provider's bank had a fault. Nothing was taken. Take the payment again, or another way.",
}
"""Why a payment failed (GOV.UK Pay, errors caused by payment statuses)."""
_THEIRS: Final[Mapping[str, CardState]] = {
    "created": CardState.CREATED,
    "started": CardState.STARTED,
    "submitted": CardState.SUBMITTED,
    "capturable": CardState.SUBMITTED,
    "success": CardState.SUCCESS,
    "failed": CardState.FAILED,
    "cancelled": CardState.CANCELLED,
    "error": CardState.ERROR,
}
_THEIR_REFUNDS: Final[Mapping[str, CardRefundState]] = {
    "submitted": CardRefundState.SUBMITTED,
    "success": CardRefundState.SUCCESS,
    "error": CardRefundState.FAILED,
}


def state_of(status: str, code: str) -> CardState | None:
    """The state of a payment from the provider's status and code; None for a status that isn't known."""
    found = _THEIRS.get(status)
    if found is CardState.FAILED and code == "P0020":
        return CardState.TIMED_OUT
    return CardState.CANCELLED if found is CardState.FAILED and code in {"P0030", "P0040"} else found


def refund_state_of(status: str) -> CardRefundState | None:
    """The state of a refund from the provider's status; None for one that isn't known."""
    return _THEIR_REFUNDS.get(status)


def dispute_state_of(status: str) -> DisputeState | None:
    """The state of a dispute from the provider's status, whose words are ours; None for one that isn't known."""
    return DisputeState(status) if status in set(DisputeState) else None


def said(state: CardState, code: str = "", words: str = "", *, terminal: bool = False) -> str:
    """What the officer reads of a payment, and may tell the caller: what its code means, what was noted, or its state.

    `terminal`: it is taken at the terminal in the office, which nobody asks.
    """
    if state is CardState.SUCCESS:
        return _SAID[state]
    if terminal and state is CardState.ASKED:
        return _AT_TERMINAL
    return _CODES.get(code) or words or _SAID[state]


def next_look(state: CardState, asked_at: datetime, now: datetime) -> datetime | None:
    """When the provider is asked again, in UTC; None once it is over. Less often the longer it takes."""
    if state not in OPEN:
        return None
    age = now - asked_at
    wait = _FIRST_WAITS if age < timedelta(minutes=10) else _WAIT if age < TIMES_OUT else _LATE_WAIT
    return now + wait


def next_refund_look(now: datetime) -> datetime:
    """When the provider is asked again about a refund on its way."""
    return now + _REFUND_WAIT


def is_lost(asked_at: datetime, now: datetime) -> bool:
    """Whether a payment that the provider doesn't know has been looked for long enough."""
    return now - asked_at >= LOST_AFTER


def is_settled(sent_at: datetime | None, now: datetime) -> bool:
    """Whether a call whose answer was lost can't be on its way still, so that what the provider says counts."""
    return sent_at is not None and now - sent_at >= _UNDER_WAY


def reminder(paused: str, *, terminal: bool) -> str:
    """What an officer is reminded of while a card is read out, by the office's policy on recording."""
    never = "Never write the card down, nor type it anywhere but " + ("the terminal." if terminal else "that page.")
    return f"{_RECORDING.get(paused, '')} {never}".strip()


def looks_like_key(key: str) -> bool:
    """Whether the text is a key of GOV.UK Pay: `api_live_` or `api_test_` and a secret."""
    return _KEY.fullmatch(key.strip()) is not None


def safe_url(url: str) -> bool:
    """Whether a key may be sent to an address: over https, or to this computer itself."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "127.0.0.1")
    )


def next_look_after_silence(now: datetime) -> datetime:
    """When a refund whose answer was lost is looked for again."""
    return now + _WAIT
