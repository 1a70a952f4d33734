"""The card of one supplier: what is known of it, what stands in the way, this year's figures, contracts, holds and bank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.models.values import CisStatus, SupplierState
from app.services.purchase_orders.budgets.rules import spelt_year
from app.services.purchase_orders.suppliers.bank.dto import BankRow
from app.services.purchase_orders.suppliers.contracts_dto import ContractRow
from app.services.purchase_orders.suppliers.dto import CIS, SCOPES, BlockRow, SupplierDetail
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.documents import DocumentsPanel
from app.views.common.flow import FlowLayout
from app.views.common.notes import NotesPart
from app.views.common.parts import Card, Figure, action_button, column, label, pill, restyle, row
from app.views.common.post_desk import PostPart
from app.views.common.presence import PresencePill
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.purchase_orders.supplier_table import BANKS, BLOCKS, CONTRACTS

CHOOSE: Final = "Choose a supplier to see what is known of it. Enter changes it."
CONTRACTS_AT, BANKS_AT, BLOCKS_AT, POST_AT, PAPERS_AT, NOTES_AT = range(6)


def facts_words(found: SupplierDetail) -> str:
    """What is known of a supplier, in a few lines."""
    known = found.fields
    called = "  ".join(each for each in (known.contact, known.phone, known.email) if each)
    numbers = [
        f"VAT {known.vat_number}" if known.vat_number else "Not registered for VAT",
        f"company {known.company_number}" if known.company_number else "",
        f"{known.finance_reference} in the finance system" if known.finance_reference else "",
    ]
    lines = [
        f"Trading as {known.trading_as}" if known.trading_as else "",
        ", ".join(known.address.splitlines()),
        called,
        f"Remittances to {known.remittance_email}" if known.remittance_email else "",
        ", ".join(each for each in numbers if each),
        f"{found.row.category}; {known.terms_days} days of credit",
        _cis_words(found),
        "A person: the name isn't published" if known.individual else "",
        known.note,
        f"Closed: {found.closed_why}" if found.closed_why else "",
    ]
    return "\n".join(line for line in lines if line)


def _cis_words(found: SupplierDetail) -> str:
    known = found.fields
    if known.cis is CisStatus.OUTSIDE and not found.cis_before:
        return ""
    verified = f", verified {formats.day(known.cis_verified_on)}" if known.cis_verified_on else ""
    number = f" {known.cis_reference}" if known.cis_reference else ""
    return f"CIS: {CIS[known.cis].lower()}{number}{verified}{_cis_before(found)}"


def _cis_before(found: SupplierDetail) -> str:
    """What it was before, with the last day of each."""
    was = [f"{CIS[each.status].lower()} to {formats.day(each.to_on)}" for each in found.cis_before]
    return f"; before: {', '.join(was)}" if was else ""


def standing_words(found: SupplierDetail) -> str:
    """What an officer has to know before using it."""
    said = [
        f"Blocked for {SCOPES[each.scope].lower()}"
        + (f" until {formats.day(each.release_on)}" if each.release_on else "")
        + f": {each.reason}"
        for each in found.blocks
        if each.stands
    ]
    if found.row.bank_waits:
        until = f"until then it is paid on {found.row.bank}" if found.row.bank else "until then it isn't paid by Bacs"
        said.append(f"Bank details wait for a second officer; {until}.")
    if found.works and found.fields.cis is CisStatus.OUTSIDE:
        said.append("Its category is construction work: is it a subcontractor under CIS?")
    said += [each.waits for each in found.contracts if each.waits]
    said += [
        f"Contract {each.number} ends on {formats.day(each.ends_on)}." for each in found.contracts if each.ends_soon
    ]
    return "\n".join(said)


class SupplierCard(QWidget):
    """The card; what can be done is above what it is done to.

    Attributes:
        presence: who else has it open.
        post, papers, notes: its post, documents and notes, joined to the services by its controller.
    """

    def __init__(self, actions: Sequence[tuple[QAction, str, str]]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.presence = PresencePill()
        self.title = label(CHOOSE, "title", wrap=True)
        self.state = pill("")
        self.ordered, self.invoiced, self.paid = Figure("Ordered"), Figure("Invoiced"), Figure("Paid")
        self.standing = label("", "strong", wrap=True, tone="warning")
        self.facts = label("", wrap=True, selectable=True)
        self.contracts: ListModel[ContractRow] = ListModel(CONTRACTS)
        self.banks: ListModel[BankRow] = ListModel(BANKS, in_turn=True)
        self.blocks: ListModel[BlockRow] = ListModel(BLOCKS, in_turn=True)
        self.contract_table = DataTable("Contracts", self.contracts, stretch="title", empty="It has no contract.")
        self.bank_table = DataTable("Bank details", self.banks, stretch="called", empty="It has no bank details.")
        self.block_table = DataTable("Holds", self.blocks, stretch="reason", empty="It was never blocked.")
        self.post = PostPart("supplier")
        self.papers = DocumentsPanel()
        self.notes = NotesPart("supplier")
        self._arrange(actions)
        self.show_nothing()

    def _arrange(self, actions: Sequence[tuple[QAction, str, str]]) -> None:
        buttons = FlowLayout(right=True)
        for action, icon, role in actions:
            buttons.addWidget(action_button(action, role=role, icon=icon))
        card = Card(spacing=8)
        top = row(self.title, self.presence, self.state, spacing=10)
        top.setStretch(0, 1)
        card.column.addLayout(buttons)
        card.column.addLayout(top)
        self._figures = QWidget()
        self._figures.setObjectName("canvas")
        figures = FlowLayout(across=24)
        for each in (self.ordered, self.invoiced, self.paid):
            figures.addWidget(each)
        self._figures.setLayout(figures)
        for shown in (self._figures, self.standing, self.facts):
            card.column.addWidget(shown)
        self.parts = TabbedCard("Parts of the supplier")
        for title, part in (
            ("Contracts", self.contract_table),
            ("Bank", self.bank_table),
            ("Holds", self.block_table),
            ("Post", self.post),
            ("Documents", self.papers),
            ("Notes", self.notes),
        ):
            self.parts.add_part(title, part)
        self.parts.setMinimumHeight(scaled(200))
        column(self, card, self.parts, spacing=12).setStretch(1, 1)

    def show_nothing(self) -> None:
        """No supplier is chosen."""
        self.title.setText(CHOOSE)
        for each in (self.state, self._figures, self.standing, self.facts, self.parts):
            each.setVisible(False)

    def show_supplier(self, found: SupplierDetail) -> None:
        """Show a supplier."""
        self.title.setText(f"{found.row.number}  {found.row.name}")
        closed = found.row.state is SupplierState.CLOSED
        self.state.setText("Closed" if closed else "Blocked" if found.row.blocked else "In use")
        restyle(self.state, tone="" if closed else "bad" if found.row.blocked else "good")
        year = found.year
        for figure, name, amount in (
            (self.ordered, f"Ordered {spelt_year(year.year)}", year.ordered),
            (self.invoiced, "Invoiced", year.invoiced),
            (self.paid, "Paid", year.paid),
        ):
            figure.rename(name)
            figure.show_amount(amount, balance=False)
        self.standing.setText(standing_words(found))
        self.facts.setText(facts_words(found))
        self.contracts.show_rows(found.contracts)
        self.banks.show_rows(found.banks)
        self.blocks.show_rows(found.blocks)
        for at, count in (
            (CONTRACTS_AT, len(found.contracts)),
            (BANKS_AT, len(found.banks)),
            (BLOCKS_AT, sum(each.stands for each in found.blocks)),
        ):
            self.parts.count_part(at, count)
        for each in (self.state, self._figures, self.facts, self.parts):
            each.setVisible(True)
        self.standing.setVisible(bool(self.standing.text()))
