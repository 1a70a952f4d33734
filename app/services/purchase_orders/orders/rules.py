"""Standing orders as pure rules: the band of an amount, what it wants, likeness of orders, and when an amendment needs approval."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.models.values import Money, OrderState
from app.models.values.money import divide_half_up
from app.services.core.folding import fold
from app.services.purchase_orders.orders.dto import Band, BandOf
from app.services.purchase_orders.suppliers.rules import name_key

LIVE: Final = (OrderState.WAITING, OrderState.OPEN, OrderState.CLOSED)
"""The states in which an order was asked for and not refused."""
_WORD: Final = re.compile(r"[a-z]{3,}")
_NUMBER: Final = re.compile(r"(?:PO|RQ)?[\s./#-]*0*(\d{1,9})", re.IGNORECASE)
_LIKE: Final = 2
"""Lines are alike if at least one in so many of the words of the shorter one is in the other."""


@dataclass(frozen=True, slots=True)
class StandingOrders:
    """The bands of a day; the statutory threshold (pence, with VAT) is that of goods and services, or of works."""

    bands: tuple[Band, ...]
    with_vat: bool
    threshold_pence: int
    works: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as far as standing orders look at it; `net` in pence, None where none was given.

    Attributes:
        supplier_id: None of somebody who isn't in the register.
        why: why it is chosen, where it isn't the lowest.
    """

    name: str
    net: int | None
    written: bool
    kept: bool
    explained: bool
    chosen: bool
    supplier_id: int | None = None
    why: str = ""


def band_of(orders: StandingOrders, net: int, vat: int, exempt: str = "") -> BandOf:
    """The band of an amount in pence, and what it wants.

    Bands are held against the amount without VAT unless policy says with it; the statutory threshold always with it
    (Procurement Act 2023, Schedule 1: thresholds are inclusive of VAT).

    Args:
        orders: the bands of the day.
        net: before VAT.
        vat: on top of it.
        exempt: why no quotations are wanted, as a sentence, such as a call-off from an agreement; empty: they are.
    """
    counted = net + vat if orders.with_vat else net
    at = next((each for each in orders.bands if each.to is None or counted <= each.to.pence), orders.bands[-1])
    below = max((each.to.pence for each in orders.bands if each.to and each.number < at.number), default=None)
    title = _title(at, below)
    how = "with VAT" if orders.with_vat else "before VAT"
    reasons = [f"{Money(counted)} {how} lies in band {at.number}."]
    quotations, written, tender = at.quotations, at.written, at.tender
    if net + vat >= orders.threshold_pence:
        what = "works" if orders.works else "goods and services"
        reasons.append(
            f"With VAT it is {Money(net + vat)}, which reaches the statutory threshold of {Money(orders.threshold_pence)} "
            f"for {what}: it needs a tender whatever the bands say."
        )
        tender = True
    if exempt:
        reasons.append(exempt)
        quotations, written, tender = 0, False, False
    elif tender:
        reasons.append("A tender is run outside Rentbook: its reference is recorded and its report attached.")
    elif quotations <= 1 and not written:
        reasons.append("One price is enough: that of the lines.")
        quotations = 0
    else:
        reasons.append(f"It wants {quotations} {_noun(quotations)}{', in writing and attached' if written else ''}.")
    return BandOf(at.number, title, Money(counted), quotations, written, tender, tuple(reasons))


def wanting(
    band: BandOf, quoted: Sequence[Quoted], *, waived: bool, papers: int, supplier_id: int | None = None
) -> tuple[str, ...]:
    """What standing orders want before an order may be asked for, a sentence each; nothing where all is there.

    Several prices of one supplier are one quotation. A waiver is of quotations: a tender isn't waived by it.

    Args:
        band: the band of the order.
        quoted: what was recorded.
        waived: whether fewer quotations are taken, with a reason.
        papers: how many documents stand with the order.
        supplier_id: whom the order is for.
    """
    if not band.quotations and not band.tender:
        return ()
    told = list(_choice(quoted, supplier_id))
    given = [each for each in quoted if each.net is not None]
    if not waived:
        recorded = _asked([each for each in quoted if each.net is not None or each.explained])
        if recorded < band.quotations:
            is_ = "is" if recorded == 1 else "are"
            told.append(
                f"Band {band.number} wants {band.quotations} {_noun(band.quotations)}; {recorded} {is_} recorded. "
                "Record the others, or give the reason for fewer."
            )
        if band.written:
            told += [
                f"The quotation of {each.name} is to be in writing and attached."
                for each in given
                if not (each.written and each.kept)
            ]
    if band.tender and not (papers or any(each.kept for each in given)):
        told.append("Attach the report of the tender.")
    return tuple(told)


def _choice(quoted: Sequence[Quoted], supplier_id: int | None) -> Iterator[str]:
    """What is wrong with the choice among quotations."""
    chosen = next((each for each in quoted if each.chosen and each.net is not None), None)
    if chosen is None or chosen.net is None:
        if any(each.net is not None for each in quoted):
            yield "Choose the quotation that the order is for."
        return
    if chosen.supplier_id != supplier_id:
        yield f"The quotation of {chosen.name} is chosen, and the order is for another supplier: choose again."
    lowest = not_lowest(quoted, chosen.net)
    if lowest is not None and not chosen.why:
        yield (
            f"{chosen.name} is chosen at {Money(chosen.net)}, and {Money(lowest)} was quoted: choose again and say why."
        )


def _asked(quoted: Sequence[Quoted]) -> int:
    """How many different suppliers quotations are of; one who is in the register is known by that, others by name."""
    known = {each.supplier_id: name_key(each.name) for each in quoted if each.supplier_id is not None}
    others = {name_key(each.name) for each in quoted if each.supplier_id is None}
    return len(known) + len(others - set(known.values()))


def not_lowest(quoted: Iterable[Quoted], chosen: int) -> int | None:
    """The lowest price in pence, if what is chosen isn't it."""
    lowest = min((each.net for each in quoted if each.net is not None), default=chosen)
    return lowest if lowest < chosen else None


def alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two orders have a line that is much the same: half the words of the shorter, numbers left out."""
    theirs = [_words(each) for each in other]
    return any(_same(mine, each) for mine in map(_words, one) for each in theirs)


def allowed_rise(approved: int, percent: Decimal, pounds: Money) -> int:
    """How many pence an amendment may raise an order above what was last approved: the less of the two counts."""
    numerator, denominator = percent.as_integer_ratio()
    return min(divide_half_up(approved * numerator, 100 * denominator), pounds.pence)


def needs_approval(approved: int, after: int, allowed: int) -> bool:
    """Whether an order is to be approved again: two small rises since it last was are one, and what lowers it never is."""
    return after - approved > allowed


def differs(was: int, now: int, percent: Decimal) -> bool:
    """Whether a figure lies more than so many percent above or below what it was."""
    return abs(now - was) * 100 > percent * was


def part(pence: int, quantity: int, whole: int) -> int:
    """The share of a line's amount that a part of its quantity has, in pence."""
    return divide_half_up(pence * max(0, quantity), whole)


def number_key(text: str) -> int | None:
    """The number in what somebody wrote for an order's: `PO00012`, `po 12`, `PO-00012`, `12`; None if it is none."""
    match = _NUMBER.fullmatch(text.strip())
    return int(match[1]) if match else None


def _title(at: Band, below: int | None) -> str:
    if at.to is None:
        return f"Band {at.number}, above {Money(below)}" if below is not None else f"Band {at.number}"
    return f"Band {at.number}, up to {at.to}" if below is None else f"Band {at.number}, {Money(below + 1)} to {at.to}"


def _noun(count: int) -> str:
    return "quotation" if count == 1 else "quotations"


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return bool(shorter) and len(one & other) * _LIKE >= shorter
