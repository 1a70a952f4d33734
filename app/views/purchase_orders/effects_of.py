"""What a requisition comes to, as the panel beside its sheet says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.services.core.effects import Effect
from app.services.purchase_orders.orders.dto import BandOf, Checked, Rate
from app.views.common import formats
from app.views.purchase_orders.line_fields import SHORT_VAT

_TOTALS: Final = "What it comes to"
_LOOK: Final = "Look at this"
_BANDS: Final = "Standing orders"
_CODES: Final = "What is left of each code"
_APPROVAL: Final = "Who can approve it"
_FEW: Final = 6


def effects(found: Checked) -> tuple[Effect, ...]:
    """The totals, what to look at, the band with its quotations, the codes, and who can approve."""
    return tuple(_told(found))


def _told(found: Checked) -> Iterator[Effect]:
    yield Effect(_TOTALS, f"{found.net + found.vat} in all", after=f"{found.net} and {found.vat} VAT")
    for rate in found.rates:
        yield Effect(_TOTALS, f"{_rate(rate)} on {rate.net}", after=str(rate.vat))
    for words in (*found.stops, *found.warnings):
        yield Effect(_LOOK, words, warns=True)
    if found.suspicions:
        like = "; ".join(
            f"{each.number} {each.title}, {each.net} on {formats.day(each.on)}" for each in found.suspicions
        )
        yield Effect(_LOOK, f"May be one order split: with {like}, {found.together} together.", warns=True)
    if found.band is not None:
        yield from _band(found.band, found)
    for code in found.codes:
        name = f"{code.code} {code.name}, {code.takes} of it"
        after = f"{-code.after} over" if code.after.pence < 0 else str(code.after)
        yield Effect(_CODES, name, before=str(code.left), after=after, warns=code.after.pence < 0)
    yield Effect(_APPROVAL, _approvers(found.approvers) or found.nobody, warns=not found.approvers)


def _band(band: BandOf, found: Checked) -> Iterator[Effect]:
    yield Effect(_BANDS, band.title, after=f"{band.counted} counts")
    for words in band.reasons:
        yield Effect(_BANDS, words)
    if band.quotations and not found.wanting:
        written = " in writing" if band.written else ""
        said = f"{found.quotations} of {formats.count(band.quotations, 'quotation')}{written} recorded"
        yield Effect(_BANDS, said)
    for words in found.wanting:
        yield Effect(_BANDS, words, warns=True)


def _rate(rate: Rate) -> str:
    percent = f"{rate.percent.normalize():f}%" if rate.percent else "no VAT"
    return f"{SHORT_VAT[rate.kind]}, {percent}"


def _approvers(names: tuple[str, ...]) -> str:
    first = ", ".join(names[:_FEW])
    return f"{first} and {len(names) - _FEW} more" if len(names) > _FEW else first
