"""The dialogs of the Approvals page: approving several, and those that could not be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.values import Money
from app.services.approvals.dto import Decided, Refusal, RequestRow
from app.views.approvals.table import REFUSALS, REQUESTS
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.parts import Figure, row
from app.views.common.theme import scaled

_SHOWN = ("summary", "total", "asked_by")


def sum_of(rows: Sequence[RequestRow]) -> Money | None:
    """What some requests come to, if they are about money."""
    amounts = [each.total.pence for each in rows if each.total is not None]
    return Money(sum(amounts)) if amounts else None


class ManySheet(Sheet):
    """Several requests of a kind, with their count and total, before they are approved together.

    Signals:
        given(str): approve them, with this note for the trail.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget, rows: Sequence[RequestRow]) -> None:
        count = formats.count(len(rows), "request")
        super().__init__(
            parent,
            f"Approve {count}",
            primary=f"Approve {len(rows):,}",
            note="Each is carried out whole or not at all; any that can't be is left waiting and listed.",
        )
        figures = row(spacing=28)
        shown = Figure("Requests")
        shown.show_text(f"{len(rows):,}")
        figures.addWidget(shown)
        total = sum_of(rows)
        if total is not None:
            amount = Figure("Total")
            amount.show_amount(total, balance=False)
            figures.addWidget(amount)
        figures.addStretch(1)
        self.body.addLayout(figures)
        model: ListModel[RequestRow] = ListModel([column for column in REQUESTS if column.key in _SHOWN])
        model.show_rows(rows)
        table = DataTable("Requests to approve", model, stretch="summary")
        table.hide_empty_columns()
        self.body.addWidget(table, 1)
        self.note = QLineEdit()
        self.form().add("reason", "&Note for the trail", self.note)
        self.confirmed.connect(lambda: self.given.emit(self.note.text().strip()))
        self.resize(scaled(640), scaled(480))


class RefusedSheet(Sheet):
    """The requests of several that could not be approved, and why."""

    def __init__(self, parent: QWidget, decided: Decided) -> None:
        count = formats.count(len(decided.refused), "request")
        done = f"{formats.count(len(decided.done), 'request')} approved." if decided.done else "None was approved."
        super().__init__(parent, f"{count} not approved", close="Close", note=f"{done} These wait as they did.")
        model: ListModel[Refusal] = ListModel(REFUSALS)
        model.show_rows(decided.refused)
        table = DataTable("Requests not approved", model, stretch="message")
        table.setWordWrap(True)
        self.body.addWidget(table, 1)
        self.resize(scaled(760), scaled(380))
