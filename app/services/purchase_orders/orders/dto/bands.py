"""Bands of standing orders, what a requisition would come to, and orders that look split under a band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.models.values import Money, PurchaseVat


@dataclass(frozen=True, slots=True)
class Band:
    """A band as policy has it; `to` is None of the last, which has no end."""

    number: int
    to: Money | None
    quotations: int
    written: bool
    tender: bool


@dataclass(frozen=True, slots=True)
class BandOf:
    """The band of an amount.

    Attributes:
        counted: the amount that is held against the bands, and against limits.
        title: such as "Band 2, £5,000.01 to £25,000.00".
        quotations: how many it wants; none of a call-off or under a contract.
        reasons: why it is this band and wants so many, a sentence each.
    """

    number: int
    title: str
    counted: Money
    quotations: int
    written: bool
    tender: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An order of the same supplier, like this one, so near that both may be one order split."""

    order_id: int
    number: str
    title: str
    on: date
    net: Money


@dataclass(frozen=True, slots=True)
class Rate:
    """The net amount and the VAT of the lines at one rate."""

    kind: PurchaseVat
    percent: Decimal
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class CodeLeft:
    """A code with what the requisition takes of it, and what is left of it before and after."""

    budget_id: int
    code: str
    name: str
    takes: Money
    left: Money
    after: Money


@dataclass(frozen=True, slots=True)
class Checked:
    """What a requisition comes to before it is saved or asked for.

    Attributes:
        nets, costs: by line.
        band: None without lines.
        quotations: how many are recorded (given or refused).
        wanting: what standing orders want before it may be asked for, a sentence each; nothing: it may.
        warnings: what whoever saves should know, a sentence each.
        approvers: the officers who can approve it, by name.
        nobody: where there are none, why, and what to do; a sentence.
        stops: why it can't be asked for at all, such as a blocked supplier, a sentence each.
    """

    net: Money
    vat: Money
    rates: tuple[Rate, ...]
    nets: tuple[Money, ...]
    costs: tuple[Money, ...]
    band: BandOf | None
    quotations: int
    wanting: tuple[str, ...]
    codes: tuple[CodeLeft, ...]
    suspicions: tuple[Suspicion, ...]
    together: Money
    warnings: tuple[str, ...]
    stops: tuple[str, ...]
    approvers: tuple[str, ...]
    nobody: str = ""


@dataclass(frozen=True, slots=True)
class AmendPreview:
    """What an amendment would do: `needs_approval` and why, as a sentence; its changes line by line in words.

    `wanting` is what standing orders want before it may be asked for, a sentence each.
    """

    before: Money
    after: Money
    needs_approval: bool
    why: str
    changes: tuple[str, ...]
    codes: tuple[CodeLeft, ...]
    wanting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RolledCode:
    """What of the open orders moves to the next year on one code; `to_id` is None where that year has no such code."""

    from_id: int
    to_id: int | None
    code: str
    name: str
    orders: int
    amount: Money


@dataclass(frozen=True, slots=True)
class RollPreview:
    """Open orders rolled from a financial year into the next: what moves, and the codes that are missing there.

    Attributes:
        stay: what came and isn't invoiced, which stays with the old year's accruals.
        over: the new year's codes that it would put over their budgets, a sentence each; `stops`: policy refuses that.
        early: why it can't be done yet, in words; nothing once the new year has begun.
    """

    year: int
    orders: int
    amount: Money
    stay: Money
    codes: tuple[RolledCode, ...]
    missing: tuple[RolledCode, ...]
    over: tuple[str, ...] = ()
    stops: bool = False
    early: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a sheet offers: `note` says what is special about it, such as that it is blocked."""

    id: int
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrderForm:
    """What the sheet of a requisition begins with; `codes` of the year with what is left."""

    today: date
    year: int
    years: tuple[int, ...]
    categories: tuple[Choice, ...]
    delivery_points: tuple[Choice, ...]
    codes: tuple[CodeLeft, ...]
