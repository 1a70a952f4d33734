"""Refunds as they are sent for payment, listed, and put back when they return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import Money, PaymentFileState, RefundMethod, RefundState
from app.services.core.changes import Changes


class Profile(StrEnum):
    """The shape of the file for finance, and of a list of cheques; a Bacs file has its own."""

    XLSX = "xlsx"
    CSV = "csv"


class Shown(StrEnum):
    """The choices over the list of refunds that are paid."""

    TO_PAY = "to_pay"
    PAID = "paid"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class PaidFilter:
    """Which refunds are listed: a choice, and words that are all in the payee, the account or the number."""

    shown: Shown = Shown.TO_PAY
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewPayment:
    """Approved refunds of one way of paying that are to be sent together.

    Attributes:
        entry_key: the caller's own name for it: the same key never sends twice.
        method: by finance, by cheque or by a Bacs file; a card is paid back at the payment provider.
        pay_on: the day on which they are to be paid; of a Bacs file, its processing day.
        refund_ids: those that are sent; empty: all that can be.
    """

    entry_key: str
    method: RefundMethod
    pay_on: date
    profile: Profile = Profile.XLSX
    refund_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A refund that was not sent, and why; it stays to be paid."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A payment that was sent; `told` is a sentence for the message bar."""

    payment_id: int
    method: RefundMethod
    count: int
    total: Money
    left_out: tuple[LeftOut, ...]
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class PaymentFiles:
    """What a payment was sent as.

    Attributes:
        name, content: the file for finance or for Bacs, with bank details.
        sha256: of it; the request names it.
        request_name, request: the PDF that goes with it, without bank details.
    """

    payment_id: int
    name: str
    content: bytes
    sha256: str
    request_name: str
    request: bytes


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A refund that is to be paid, is paid or came back.

    Attributes:
        bank: the account that it goes to, masked; empty of a cheque.
        why_not: why it can't be sent by whoever looks, or empty.
        payment_id: what it went out with; of a Bacs file what it is called, its processing day and how far it has come.
    """

    refund_id: int
    number: int
    account_id: int
    reference: str
    payee_name: str
    amount: Money
    method: RefundMethod
    state: RefundState
    bank: str
    made_by: str
    approved_by: str
    why_not: str
    payment_id: int | None
    sent_on: date | None
    returned_on: date | None
    returned_why: str
    file: str = ""
    file_state: PaymentFileState | None = None
    file_on: date | None = None


@dataclass(frozen=True, slots=True)
class FileSettled:
    """A Bacs file that was sent, cancelled or refused; `numbers` are the refunds that are to be paid again."""

    payment_id: int
    state: PaymentFileState
    numbers: tuple[int, ...]
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class PaymentForm:
    """What the sheet that sends refunds begins with, by way of paying: how many can be sent, and what they come to.

    Attributes:
        bacs_on: the processing day of the next Bacs file; None where this office may not make one.
        signing: whether the PDF is signed by itself, or what to do, as sentences.
    """

    ready: Mapping[RefundMethod, tuple[int, Money]]
    today: date
    bacs_on: date | None
    signing: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A refund that came back: the bank sent it back, or its cheque was stopped; `why` in up to 200 characters."""

    refund_id: int
    returned_on: date
    why: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of refunds that came back; `told` is a sentence for the message bar.

    Attributes:
        numbers: of the refunds that are put back on their accounts.
        before: of those that were put back earlier.
        unknown: of each other credit of a report what it says, for somebody to look at.
    """

    numbers: tuple[int, ...]
    before: tuple[int, ...]
    unknown: tuple[str, ...]
    told: str
    changes: Changes
