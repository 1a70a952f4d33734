"""What the gate looks at, as it was read: of one refund, its account, its payee and all that belongs with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import AccountKind, Money, NameCheck, Payee, RefundMethod
from app.services.adjustments.refunds.dto import Cause
from app.services.bacs.dto import BankDetails


@dataclass(frozen=True, slots=True)
class Debt:
    """A linked or former account that owes; `protected`: why its debt may not be pursued now, or empty."""

    account_id: int
    kind: AccountKind
    reference: str
    where: str
    owed: Money
    former: bool
    protected: str = ""


@dataclass(frozen=True, slots=True)
class Lately:
    """What came by one way of paying that may still come back, and the last day on which some came."""

    amount: Money
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The refund as it is asked for.

    Attributes:
        evidence: how many documents are with it.
    """

    amount: Money
    method: RefundMethod
    payee: Payee
    payee_name: str
    evidence: int


@dataclass(frozen=True, slots=True)
class Rights:
    """In what right somebody is paid.

    Attributes:
        tenants: how many hold the tenancy.
        holds: the person chosen holds it.
        died: the person chosen has died.
        acts: who acts for the person chosen, each with the relation.
    """

    tenants: int
    holds: bool
    died: bool
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the checks look at.

    Attributes:
        credit, kept, promised: as `Gate` has them.
        shares: what of the credit came from where.
        card: what came by card in the days in which it goes back to its card.
        hold: why refunds of the account are stopped, or empty.
        claimed_back: the claim under the Direct Debit Guarantee that is open, as a sentence, or empty.
        claims: Housing Benefit claims that go on or ended lately, a sentence each.
        undecided: claims that wait for a decision, and payments that differ from the awards, a sentence each.
        discretionary: a discretionary payment is or was awarded.
        bank: where it is paid to.
        bank_is_theirs: it was kept for the payee, or for the account.
        same: earlier refunds that it looks like, a sentence each.
        awaited: of a written-on credit, what isn't posted yet that brings it back, or empty.
        not_back: of a written-on credit, why nothing brings it back, or empty.
    """

    asked: Asked
    rights: Rights
    credit: Money
    kept: Money
    promised: Money
    shares: dict[Cause, Money]
    cheques: Lately
    collections: Lately
    card: Lately
    debts: tuple[Debt, ...]
    hold: str
    claims: tuple[str, ...]
    undecided: tuple[str, ...]
    discretionary: bool
    bank: BankDetails | None
    bank_is_theirs: bool
    same: tuple[str, ...]
    awaited: str = ""
    not_back: str = ""
    claimed_back: str = ""

    @property
    def name_check(self) -> NameCheck:
        """How the name on the bank account was proved."""
        return self.bank.name_check if self.bank else NameCheck.NONE
