"""Refunds as they are asked for, changed and cleared at the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Money, Payee, RefundMethod, RefundState
from app.services.bacs.dto import NewBankDetails
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class NewRefund:
    """A refund that is asked for.

    Attributes:
        entry_key: the caller's own name for it: the same key never makes two.
        person_id: the tenant who is paid, or whose agent or executor is; None of somebody else.
        payee_name: as the cheque or the bank has it (at most 200 characters).
        payee_address: of a cheque, where it goes; lines parted by line breaks.
        cause: a `Cause` value; empty takes what the ledger shows.
        asked_on: the day the tenant asked, or it was offered.
        evidence: ids of document links, each linked to the refund.
    """

    entry_key: str
    account_id: int
    amount: Money
    method: RefundMethod
    payee: Payee
    payee_name: str
    reason: str
    asked_on: date
    person_id: int | None = None
    payee_address: str = ""
    bank_detail_id: int | None = None
    cause: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedRefund:
    """A refund in the gate as it is to be from now on; `version` is of the refund as it was read."""

    refund_id: int
    version: int
    amount: Money
    method: RefundMethod
    payee: Payee
    payee_name: str
    reason: str
    person_id: int | None = None
    payee_address: str = ""
    bank_detail_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A stop that an officer passes, and why (at most 400 characters)."""

    refund_id: int
    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Offset:
    """A debt that the credit pays by a transfer; `entry_key` is the caller's own name for it."""

    refund_id: int
    check: str
    entry_key: str


@dataclass(frozen=True, slots=True, repr=False)
class NewBank:
    """Bank details for a refund in the gate; `reason`: why others take the place of those that are known."""

    refund_id: int
    details: NewBankDetails
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a refund; `told` is a sentence for the message bar."""

    refund_id: int
    number: int
    state: RefundState
    request_id: int | None
    told: str
    changes: Changes
