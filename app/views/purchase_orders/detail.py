"""The order that is chosen: what it is, how far it has come, its lines with what came of them, its codes and papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.models.values import ZERO, Money, OrderKind, OrderState
from app.services.purchase_orders.orders.dto import KINDS, STATES, Act, LineRow, OrderDetail, QuotationRow, StepRow
from app.services.purchase_orders.works.dto import WorksPart
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column, label, pill, restyle, scrolled
from app.views.common.record_card import RecordCard, say
from app.views.common.works import Part
from app.views.purchase_orders.card_tables import (
    HISTORY,
    LINES,
    PAPERS,
    QUOTATIONS,
    VERSIONS,
    WAIVERS,
    Difference,
    Paper,
    differences,
    papers_of,
)
from app.views.purchase_orders.code_bars import CodeBars, CodeUse
from app.views.purchase_orders.stages import StagesLine, stages
from app.views.purchase_orders.table import TONES, wanted_words, year_words

_SHUT: Final = "It is about a restricted record: only named officers may open it."
_REQUISITION: Final = frozenset({OrderState.DRAFT, OrderState.WAITING})
_NEXT: Final = (Act.ASK, Act.SEND, Act.AMEND, Act.COMPLETE)
"""Of these the card says why the officer can't do them, where somebody else or a later day can."""


class OrderCard(RecordCard):
    """The right side of the page.

    Args:
        buttons: what can be done with the order.
        parts: the tabs after its history; each is made when it is first opened.

    Signals:
        paper_opened(Paper): Enter on a receipt or an invoice.
        quotations_wanted: Enter on a quotation.
    """

    paper_opened = Signal(object)
    quotations_wanted = Signal()

    def __init__(self, buttons: Sequence[QWidget], parts: Sequence[Part] = ()) -> None:
        super().__init__("What is shown")
        self._state = pill("")
        self._kind = pill("")
        self._amount = label("", "strong")
        self._what = label("", "strong", wrap=True)
        self.stages = StagesLine()
        self._works = label("", wrap=True)
        self._about = label("", wrap=True)
        self._standing = label("", wrap=True)
        self._reason = label("", "muted", wrap=True)
        self._why_not = label("", wrap=True)
        self.lines: ListModel[LineRow] = ListModel(LINES, in_turn=True)
        self.quotations: ListModel[QuotationRow] = ListModel(QUOTATIONS, in_turn=True)
        self.versions: ListModel[Difference] = ListModel(VERSIONS, in_turn=True)
        self.papers: ListModel[Paper] = ListModel(PAPERS, in_turn=True)
        self.history: ListModel[StepRow] = ListModel(HISTORY, in_turn=True)
        self.codes = CodeBars()
        self._add_parts(parts)
        self.arrange((self._state, self._kind, self._amount), (self._what, self.stages, *self._said), buttons)
        self.clear()

    @property
    def _said(self) -> tuple[QLabel, ...]:
        return (self._works, self._about, self._standing, self._reason, self._why_not)

    def _add_parts(self, parts: Sequence[Part]) -> None:
        """The lines first, then the codes, quotations, papers, versions and history, then the rest."""
        self.lines_table = DataTable("Lines of the order", self.lines, stretch="description", empty="No line yet.")
        self.parts.add_part("Lines", self.lines_table)
        inside = QWidget()
        inside.setObjectName("canvas")
        made = column(inside, self.codes, None)
        made.setContentsMargins(14, 6, 14, 6)
        self._codes_at = self.parts.add_part("Codes", scrolled(inside))
        quoted = DataTable("Quotations", self.quotations, stretch="name", empty="No quotation is recorded.")
        quoted.opened.connect(lambda _row: self.quotations_wanted.emit())
        self._quoted_at = self.parts.add_part("Quotations", quoted)
        papers = DataTable("Receipts and invoices", self.papers, stretch="words", empty="Nothing came yet.")
        papers.opened.connect(self.paper_opened)
        self._papers_at = self.parts.add_part("Receipts, invoices", papers)
        versions = DataTable("Versions of the order", self.versions, stretch="words", empty="It isn't approved yet.")
        self.parts.add_part("Versions", versions)
        history = DataTable("History of the order", self.history, stretch="words", empty="Nothing yet.")
        self.parts.add_part("History", history)
        self.parts.add_drawers(parts)

    def clear(self) -> None:
        """Nothing is chosen."""
        self.title.say("No order is chosen")
        for each in (self._state, self._kind, self._amount, self._what, self.stages, *self._said):
            each.setVisible(False)
        say(self._about, "Choose one in the list to see how far it has come and what comes next.")
        self.parts.setVisible(False)

    def show_order(self, found: OrderDetail) -> None:
        """Show an order whole."""
        row = found.row
        self.title.say(f"{row.number}  {row.supplier}".strip())
        say(self._what, row.title)
        self._pills(found)
        self.stages.show_stages(() if row.shut else stages(found))
        if row.kind is not OrderKind.WORKS:
            say(self._works, "")
        say(self._about, _about(found))
        late = row.late_days > 0 and row.kind is not OrderKind.WORKS
        say(self._standing, _standing(found), "bad" if late else "")
        say(self._reason, _reason(found))
        why_not = _SHUT if row.shut else next((found.why_not[act] for act in _NEXT if act in found.why_not), "")
        say(self._why_not, why_not, "" if row.shut else "warning")
        self.lines.show_rows(found.lines)
        self.codes.show_codes(uses(found))
        self.quotations.show_rows(found.quotations)
        self.versions.show_rows(differences(found.versions))
        self.papers.show_rows(papers_of(found))
        self.history.show_rows(found.steps)
        self.parts.count_part(self._quoted_at, len(found.quotations))
        self.parts.count_part(self._papers_at, len(found.receipts) + len(found.invoices))
        self.parts.setVisible(not row.shut)

    def show_works(self, found: WorksPart | None) -> None:
        """What an order of works has besides: where, which trade, how soon, and how it stands to its target."""
        say(self._works, _works(found) if found is not None else "", "bad" if found and found.row.late_days > 0 else "")

    def _pills(self, found: OrderDetail) -> None:
        row = found.row
        self._state.setText(STATES[row.state])
        restyle(self._state, tone=TONES[row.state].replace("muted", ""))
        self._state.setVisible(True)
        self._kind.setText(KINDS[row.kind])
        self._kind.setVisible(row.kind is not OrderKind.ORDINARY)
        say(self._amount, _comes_to(found))


def uses(found: OrderDetail) -> tuple[CodeUse, ...]:
    """What the order takes of each code, and what is left of it after: a requisition hasn't taken it yet."""
    takes: dict[int, Money] = {}
    rows = {}
    for line in found.lines:
        for each in line.codes:
            takes[each.budget_id] = takes.get(each.budget_id, ZERO) + each.amount
            rows[each.budget_id] = each
    before = found.row.state in _REQUISITION
    return tuple(
        CodeUse(each.code, each.name, takes[key], each.left - takes[key] if before else each.left)
        for key, each in rows.items()
    )


def _works(found: WorksPart) -> str:
    """The works of an order as sentences."""
    row = found.row
    lives = f", account {row.account}" if row.account else ""
    told = [f"{row.trade}, {row.priority.lower()}: {row.words[:1].lower()}{row.words[1:]}", f"{row.address}{lives}"]
    if found.access and row.completed_on is None:
        told.append(f"Access: {found.access}")
    if row.completed_on is not None:
        pictures = f", {formats.count(found.photographs, 'photograph')}" if found.photographs else ""
        told.append(f"{found.completion or 'Done'} ({found.completed_by}{pictures})")
    if row.recharge_id is not None:
        told.append("Recharged to the tenant")
    elif row.rechargeable:
        told.append("The tenant may have to pay for it")
    return f"{'. '.join(each.rstrip('.') for each in told if each)}."


def _about(found: OrderDetail) -> str:
    """What it is of, and where it goes."""
    row = found.row
    parts = [row.category, f"budgets of {year_words(row.year)}"]
    if found.contract:
        parts.append(f"contract {found.contract}")
    if found.from_number:
        parts.append(f"from {found.from_number}")
    if found.delivery_point:
        parts.append(f"to {found.delivery_point}")
    if row.finance_number:
        parts.append(f"{row.finance_number} in the finance system")
    return f"{', '.join(parts)}."


def _comes_to(found: OrderDetail) -> str:
    """What it comes to with VAT; of an agreement the most that may be called off it."""
    row = found.row
    if row.kind is OrderKind.AGREEMENT and found.most is not None:
        return f"Up to {found.most} before VAT"
    return f"{row.net} and {row.vat} VAT" if row.vat.pence else f"{row.net}, no VAT"


def _standing(found: OrderDetail) -> str:
    """What hasn't come, and by when it was wanted; of works their own line says that."""
    row = found.row
    if row.kind is OrderKind.AGREEMENT and found.most is not None:
        until = f", until {formats.day(found.until_on)}" if found.until_on else ""
        return f"{found.called_off} called off of {found.most}{until}."
    if row.kind is OrderKind.TEMPLATE:
        return f"A requisition is drafted on {formats.day(found.repeat_on)}." if found.repeat_on else ""
    if row.state is not OrderState.OPEN:
        return found.settled_why
    works = row.kind is OrderKind.WORKS
    late = f"{formats.count(row.late_days, 'day')} late: " if row.late_days > 0 and not works else ""
    left = f"{row.left} is still to come" if row.left.pence else ""
    owed = f"{row.to_invoice} came and isn't invoiced" if row.to_invoice.pence else ""
    wanted = f", wanted by {wanted_words(row).partition('  ')[0]}" if left and row.wanted_on and not works else ""
    said = "; ".join(each for each in (f"{late}{left}{wanted}" if left else "", owed) if each)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _reason(found: OrderDetail) -> str:
    """Why it is bought, by which band, and what was waived."""
    said = [each.rstrip(".") for each in (found.reason, _band(found)) if each]
    if found.waiver is not None:
        said.append(f"Fewer quotations: {WAIVERS[found.waiver].lower()}. {found.waiver_words}".rstrip(". "))
    if found.after_the_event:
        said.append(f"Ordered before it was approved: {found.after_the_event.rstrip('.')}")
    if found.suspicions:
        like = ", ".join(f"{each.number} ({each.net})" for each in found.suspicions)
        said.append(f"May be one order split: like {like}")
    return f"{'. '.join(said)}." if said else ""


def _band(found: OrderDetail) -> str:
    """The band, and of a draft what it still wants in quotations."""
    if found.band is None:
        return ""
    wanted, quoted = found.band.quotations, found.quotations
    if found.row.state is not OrderState.DRAFT or not wanted or found.waiver is not None:
        return found.band.title
    if len(quoted) < wanted:
        return f"{found.band.title}: {len(quoted)} of {formats.count(wanted, 'quotation')} recorded"
    chosen = any(each.chosen for each in quoted)
    return found.band.title if chosen else f"{found.band.title}: choose one of its quotations (Ctrl+Shift+C)"
