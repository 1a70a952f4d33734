"""A new run of payments: what is due by a day, how and when it is paid, what is left out, and the file as it would be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal

from app.models.values import PaidBy
from app.services.purchase_orders.payments.dto import AskRun, LateRow, RunForm, RunPreview, RunQuestion
from app.views.common import formats
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.parts import Card, label
from app.views.common.rooms import Pane, Panes
from app.views.common.run_asking import RunAsking
from app.views.common.tabbed_card import TabbedCard
from app.views.purchase_orders.payment_parts import FilePart, LeftOutPart, OwedPart, PaymentsPart
from app.views.purchase_orders.payment_tables import Owed

_NUMBERS: Final = 4_000


class PaymentAsking(RunAsking):
    """A new run.

    Signals:
        looked_for(RunQuestion, str, str): show what it would pay; the numbers of the only invoices, and the layout.
        invoice_opened(int): an invoice that is left out, or paid.
    """

    looked_for = Signal(object, str, str)
    invoice_opened = Signal(int)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("New payment run", "supplier-run", "suppliers", "Declared &suppliers")
        self._late: tuple[LateRow, ...] = ()
        self._added: set[int] = set()
        self.preview: RunPreview | None = None
        self._about = label("", "muted", wrap=True)
        self._filling = False
        self._by = ChoiceField([("A Bacs file", PaidBy.BACS), ("The finance system", PaidBy.FINANCE)])
        self._due, self._pay = DateField(today, required=True), DateField(today, required=True)
        self._only = LineField(_NUMBERS, placeholder="Such as IN00012, IN00015")
        self._profile = ChoiceField([("Payments, as shipped", "")])
        self._fields()
        self._tables()
        self._arrange()

    # What is asked

    @property
    def question(self) -> RunQuestion | None:
        """What is looked for; None while a day is missing."""
        values = self.form.values()
        if values["due_to_on"] is None or values["pay_on"] is None:
            return None
        late = tuple(sorted(self._added))
        return RunQuestion(values["due_to_on"], values["pay_on"], PaidBy(values["by"]), late_ids=late)

    def command(self) -> AskRun | None:
        """What is asked for; None before it was looked at, or where something isn't declared."""
        values = self.declared.values()
        if self.preview is None or values["declared_count"] is None or values["declared_total"] is None:
            return None
        return AskRun(
            self.preview.question,
            values["declared_count"],
            values["declared_total"],
            self.key,
            values["note"],
            str(self.form.values()["profile"] or ""),
        )

    # What is shown

    def begin(self, form: RunForm, numbers: str = "") -> None:
        """Begin a run: nothing is declared yet; `numbers` of the only invoices, if it is of some."""
        self.begin_anew()
        self._added.clear()
        self._profile.offer([(title, key) for key, title in form.profiles])
        self._about.setText("" if form.may_bacs else f"By Bacs: {form.why_not}")
        self._about.setVisible(not form.may_bacs)
        self._filling = True
        self.form.fill({"by": form.by, "due_to_on": form.due_to_on, "pay_on": form.pay_on, "invoices": numbers})
        self._filling = False
        self.say_nothing("")
        self._look()
        self._due.setFocus(Qt.FocusReason.TabFocusReason)  # what is typed takes the place of what stands there

    def show_late(self, rows: Sequence[LateRow]) -> None:
        """Show what is owed for paying late, of which each may be added."""
        self._late = tuple(rows)
        self._added &= {row.invoice_id for row in rows}
        self._show_owed()

    def show_preview(self, found: RunPreview) -> None:
        """Show what the run would pay."""
        self.preview = found
        self.payments.show_payments(found.payments)
        self._left_out.show_rows(found.left_out)
        self.file.show_file(found.file, found.no_file)
        for at, count in enumerate((len(found.payments), len(found.left_out), len(found.file))):
            self.parts.count_part(at, count)
        self.come_to.setText(_come_to(found))
        if found.no_file:
            self.messages.warn(found.no_file)
        else:
            self.messages.clear()

    def say_nothing(self, words: str) -> None:
        """There is nothing to show: say why."""
        self.preview = None
        self.payments.show_payments(())
        self._left_out.show_rows(())
        self.file.show_file(())
        for at in range(3):
            self.parts.count_part(at, 0)
        self.come_to.setText(words)

    # The pieces

    def _fields(self) -> None:
        """What is asked about."""
        self.form.add("due_to_on", "&Due by", self._due, "What is to be paid by this day")
        self.form.add("pay_on", "&Paid on", self._pay, "Suppliers have the money")
        self.form.add("by", "Paid &by", self._by)
        self.form.add("profile", "&Layout", self._profile)
        self.form.add("invoices", "&Only these", self._only, "Empty: all that is due. Early ones are said")
        for changed in (self._due.dateChanged, self._pay.dateChanged, self._by.changed, self._profile.changed):
            changed.connect(lambda *_: self._look())
        self._only.editingFinished.connect(self._look)
        self._by.changed.connect(lambda *_: self._follow())
        self._follow()

    def _tables(self) -> None:
        self.parts = TabbedCard("What the run pays")
        self.payments = PaymentsPart(made=False)
        self._left_out = LeftOutPart("Left out of the new run")
        self.file = FilePart("The file of the new run")
        self._owed = OwedPart()
        for title, part in (
            ("Suppliers", self.payments),
            ("Left out", self._left_out),
            ("The file", self.file),
            ("Owed for paying late", self._owed),
        ):
            self.parts.add_part(title, part)
        self._owed.swapped.connect(self._swap)
        self.payments.invoice_opened.connect(self.invoice_opened)
        self._left_out.invoice_opened.connect(self.invoice_opened)

    def _arrange(self) -> None:
        asked = Card()
        asked.column.addWidget(label("What is paid", "heading"))
        asked.column.addLayout(self.form)
        asked.column.addWidget(self._about)
        asked.column.addWidget(label("What you declare", "heading"))
        asked.column.addWidget(self.come_to)
        asked.column.addLayout(self.declared)
        asked.column.addStretch(1)
        self.arrange(Panes(Pane(asked, 330, 400, 420), Pane(self.parts, 480, 960, 520)))

    # What the officer does

    def _follow(self) -> None:
        """A Bacs file has no layout."""
        self.form.setRowVisible(self.form.labels["profile"], self._by.value() is PaidBy.FINANCE)

    def _look(self) -> None:
        if self._filling:
            return
        question = self.question
        if question is None:
            self.say_nothing("Give both days.")
            return
        values = self.form.values()
        self.looked_for.emit(question, str(values["invoices"]), str(values["profile"] or ""))

    def _swap(self, owed: Owed) -> None:
        """Add what is owed to the run, or take it out."""
        self._added ^= {owed.row.invoice_id}
        self._show_owed()
        self._look()

    def _show_owed(self) -> None:
        self._owed.show_rows(tuple(Owed(row, row.invoice_id in self._added) for row in self._late))
        self.parts.count_part(3, len(self._late))


def _come_to(found: RunPreview) -> str:
    left = f" {formats.count(len(found.left_out), 'is', 'are')} left out: look at why." if found.left_out else ""
    if not found.payments:
        return f"Nothing is paid.{left}"
    look = sum(bool(each.remarks) for each in found.payments)
    said = f" {look:,} to look at." if look else ""
    return f"{formats.count(found.count, 'supplier')}, {found.total} in all.{said}{left}"
