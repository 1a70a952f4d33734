"""The words of refunds: what makes a credit, and each choice as officers read it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.models.values import Payee, RefundMethod, RefundState


class Cause(StrEnum):
    """What made a credit."""

    OVERPAID = "overpaid"
    HOUSING_BENEFIT = "housing_benefit"
    UNIVERSAL_CREDIT = "universal_credit"
    CARD_MISTAKE = "card_mistake"
    ENDED = "ended"
    CHARGE_CHANGE = "charge_change"


CAUSES: Mapping[str, str] = {
    Cause.OVERPAID: "Paid too much",
    Cause.HOUSING_BENEFIT: "Housing Benefit",
    Cause.UNIVERSAL_CREDIT: "Universal Credit",
    Cause.CARD_MISTAKE: "Card payment",
    Cause.ENDED: "Tenancy ended",
    Cause.CHARGE_CHANGE: "Charge changed",
}
"""Each cause as officers read it."""
METHODS: Mapping[RefundMethod, str] = {
    RefundMethod.FINANCE: "Payment by finance",
    RefundMethod.BACS: "Bacs file of this office",
    RefundMethod.CHEQUE: "Cheque",
    RefundMethod.CARD: "Back to the card that paid",
}
"""Each way of paying as officers read it."""
PAYEES: Mapping[Payee, str] = {
    Payee.TENANT: "The tenant",
    Payee.JOINT_TENANT: "One of the joint tenants",
    Payee.AGENT: "Somebody who acts for the tenant",
    Payee.EXECUTOR: "The executor of a tenant who died",
    Payee.OTHER: "Somebody else",
}
"""Each payee as officers read it."""
STATES: Mapping[RefundState, str] = {
    RefundState.DRAFT: "In the gate",
    RefundState.WAITING: "To approve",
    RefundState.APPROVED: "To pay",
    RefundState.SENT: "Paid",
    RefundState.RETURNED: "Returned",
    RefundState.REFUSED: "Refused",
    RefundState.WITHDRAWN: "Withdrawn",
}
"""Each state as officers read it."""
OPEN = (RefundState.DRAFT, RefundState.WAITING, RefundState.APPROVED)
"""Refunds that are on their way: what they ask for is not free for another."""
