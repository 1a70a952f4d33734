"""The match as rows: each line with what was ordered, received and charged, figure by figure, and what differs in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.models.values import ZERO, MatchFault, Money
from app.services.purchase_orders.amounts import write_price, write_quantity
from app.services.purchase_orders.invoices.dto import CodeShare, Difference, Match, MatchLine
from app.views.common.columns import Column
from app.views.purchase_orders.invoice_table import FAULTS, VAT

_OF_QUANTITY: Final = frozenset({MatchFault.QUANTITY, MatchFault.NOT_RECEIVED, MatchFault.NOT_ORDERED})
_WHOLE: Final = "Whole invoice"
_AGREES: Final = "agrees"


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One figure of a line.

    Attributes:
        line: the line as it is named, where the row is its first.
        figure: Quantity, Price, Before VAT, VAT or Code.
        ordered, received, before, charged: the figure as each has it, as it is written.
        said: what differs, in words, or the codes.
        fault: the difference that the row shows; None: it agrees.
        of: the line itself; None: the row is about the whole invoice.
    """

    line: str
    figure: str
    ordered: str = ""
    received: str = ""
    before: str = ""
    charged: str = ""
    said: str = ""
    fault: Difference | None = None
    of: MatchLine | None = None

    @property
    def open(self) -> bool:
        """Whether it stands in the way."""
        return self.fault is not None and self.fault.open


def rows_of(match: Match, *, only_differences: bool = False) -> tuple[MatchRow, ...]:
    """Every figure of the match; or those that differ, with the totals.

    Faults of the whole invoice come first, the totals last.
    """
    whole = [
        _of_whole(each) for each in match.differences if each.line_place == 0 and each.fault is not MatchFault.TOTAL
    ]
    lines = [row for line in match.lines for row in _of_line(line, match.differences)]
    if only_differences:
        lines = [replace(row, line=_named(row.of)) for row in lines if row.fault is not None and row.of is not None]
    return (*whole, *lines, *_totals(match))


def first_open(rows: Sequence[MatchRow], after: int = -1) -> int | None:
    """The next row that stands in the way, round the end."""
    order = (*range(after + 1, len(rows)), *range(after + 1))
    return next((at for at in order if rows[at].open), None)


def _of_whole(each: Difference) -> MatchRow:
    return MatchRow(_WHOLE, FAULTS[each.fault], said=_said(each), fault=each)


def _of_line(line: MatchLine, differences: Sequence[Difference]) -> Iterator[MatchRow]:
    faults = [each for each in differences if line.place is not None and each.line_place == line.place]
    shown = [_quantity(line, faults), _price(line, faults)]
    if line.place is not None:
        shown += [_before_vat(line), _vat(line, faults)]
    shown.append(_code(line, faults))
    yield from shown
    told = [row.fault for row in shown]
    for each in faults:
        if each not in told:
            yield MatchRow("", FAULTS[each.fault], said=_said(each), fault=each, of=line)


def _quantity(line: MatchLine, faults: Sequence[Difference]) -> MatchRow:
    fault = _only(faults, _OF_QUANTITY)
    ordered, unit = line.order_line_id is not None, f" {line.unit}" if line.unit else ""
    return MatchRow(
        _named(line),
        "Quantity",
        f"{write_quantity(line.ordered)}{unit}" if ordered else "not ordered",
        write_quantity(line.received) if ordered else "",
        write_quantity(line.invoiced_before) if line.invoiced_before else "",
        f"{write_quantity(line.invoiced)}{unit}" if line.place is not None else "",
        _said(fault) if fault else _quantity_words(line),
        fault,
        line,
    )


def _price(line: MatchLine, faults: Sequence[Difference]) -> MatchRow:
    fault = _only(faults, frozenset({MatchFault.PRICE}))
    charged = line.place is not None
    named = charged and line.order_line_id is not None and line.order_description != line.description
    return MatchRow(
        f"Order: {line.order_description}" if named else "",
        "Price",
        f"£{write_price(line.order_price)}" if line.order_price is not None else "",
        charged=f"£{write_price(line.price)}" if line.price is not None and charged else "",
        said=_said(fault) if fault else "",
        fault=fault,
        of=line,
    )


def _before_vat(line: MatchLine) -> MatchRow:
    ordered = line.order_line_id is not None
    return MatchRow(
        "Labour, under CIS" if line.labour else "",
        "Before VAT",
        str(line.order_net) if ordered else "",
        charged=str(line.net),
        said=_more(line.difference) if ordered else "",
        of=line,
    )


def _vat(line: MatchLine, faults: Sequence[Difference]) -> MatchRow:
    fault = _only(faults, frozenset({MatchFault.VAT}))
    kept = "" if line.vat_recovered else ", not recovered"
    said = _said(fault) if fault else f"{VAT[line.vat_kind]}{kept}"
    return MatchRow("", "VAT", f"{line.vat_expected} due", charged=str(line.vat), said=said, fault=fault, of=line)


def _code(line: MatchLine, faults: Sequence[Difference]) -> MatchRow:
    fault = _only(faults, frozenset({MatchFault.CODE}))
    return MatchRow("", "Code", said=_said(fault) if fault else codes_in_words(line.codes), fault=fault, of=line)


def _totals(match: Match) -> Iterator[MatchRow]:
    total = next((each for each in match.differences if each.fault is MatchFault.TOTAL), None)
    ordered = sum((line.order_net for line in match.lines if line.place is not None), ZERO)
    due = sum((line.vat_expected for line in match.lines if line.place is not None), ZERO)
    yield MatchRow(
        "Total of the lines",
        "Before VAT",
        str(ordered),
        charged=str(match.net),
        said=f"The invoice says {match.invoice_net}" if match.net != match.invoice_net else "as on the invoice",
    )
    yield MatchRow(
        "",
        "VAT",
        f"{due} due",
        charged=str(match.vat),
        said=f"The invoice says {match.invoice_vat}" if match.vat != match.invoice_vat else "as on the invoice",
    )
    yield MatchRow(
        "",
        "Together",
        charged=str(match.net + match.vat),
        said=_said(total) if total else f"The invoice asks for {match.invoice_net + match.invoice_vat}",
        fault=total,
    )


def _only(faults: Sequence[Difference], of: frozenset[MatchFault]) -> Difference | None:
    """The fault of a figure; where there are several, the first that stands in the way."""
    found = [each for each in faults if each.fault in of]
    return next((each for each in found if each.open), found[0] if found else None)


def _said(each: Difference) -> str:
    if each.open:
        return each.words
    return f"{each.words} Accepted by {each.accepted_by}: {each.accepted_why}"


def _named(line: MatchLine) -> str:
    if line.place is None:
        return f"Order line {line.order_place}: {line.order_description}"
    return f"{line.place}  {line.description}"


def _quantity_words(line: MatchLine) -> str:
    if line.place is None:
        left = line.ordered - line.invoiced_before
        return (
            f"not charged by this invoice; {write_quantity(left)} left to be charged" if left > 0 else "charged before"
        )
    return _AGREES if line.order_line_id is not None else ""


def _more(difference: Money) -> str:
    if not difference.pence:
        return ""
    return f"{difference} more than at the order's price" if difference.pence > 0 else f"{-difference} less"


def codes_in_words(codes: Sequence[CodeShare]) -> str:
    """The codes of a line: one by its name, several with their amounts."""
    if len(codes) == 1:
        return f"{codes[0].code}  {codes[0].name}"
    return ", ".join(f"{each.code} {each.amount}" for each in codes) or "no code yet"


def _tone(row: MatchRow) -> str:
    if row.fault is None:
        return "good" if row.said == _AGREES else "muted"
    return "bad" if row.fault.open else "warning"


def _brief(row: MatchRow) -> tuple[str, ...]:
    """The end of what a fault says is what differs: `2 more than came`."""
    return (row.fault.words.rpartition(": ")[2].rstrip("."),) if row.fault is not None else ()


_SAID: Final[Column[MatchRow]] = Column(
    "said", "Difference", lambda row: row.said, 260, floor=180, tone=_tone, shorter=_brief
)
MATCH: tuple[Column[MatchRow], ...] = (
    Column(
        "line",
        "Line",
        lambda row: row.line,
        190,
        floor=150,
        tone=lambda row: "" if row.figure == "Quantity" else "muted",
    ),
    Column("figure", "", lambda row: row.figure, 92, firm=True, tone=lambda _row: "muted"),
    Column("ordered", "Ordered", lambda row: row.ordered, 96, right=True, firm=True),
    Column("received", "Received", lambda row: row.received, 76, right=True, firm=True),
    Column("before", "Charged before", lambda row: row.before or None, 108, right=True, firm=True),
    Column(
        "charged",
        "This invoice",
        lambda row: row.charged,
        96,
        right=True,
        firm=True,
        tone=lambda row: "bad" if row.open else "",
    ),
    _SAID,
)
"""Order, receipt and invoice side by side."""
DIFFERENCES: tuple[Column[MatchRow], ...] = (
    Column("line", "Line", lambda row: row.line, 150, floor=90),
    Column("figure", "", lambda row: row.figure, 92, firm=True, tone=lambda _row: "muted"),
    _SAID,
)
"""What differs alone, for the card."""
