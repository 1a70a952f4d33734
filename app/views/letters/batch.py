"""Letters to many accounts: choose, check who is left out, look at samples, make them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.letters.dto import Channel, Concern, Preview, Rehearsal, TemplateRow
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.documents_view import DocumentView
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.parts import action_button, button, column, label, row, scrolled
from app.views.common.tabbed_card import TabbedCard
from app.views.common.template_blanks import TemplateBlanks, align
from app.views.common.theme import scaled
from app.views.letters.table import CONCERNS

LISTED: Final = "listed"
_CHANNELS: Final = {Channel.LETTER: "", Channel.EMAIL: "E-mail: ", Channel.TEXT: "Text: "}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is chosen: the template, which accounts (a key of the choices, or a list of references), and what was typed."""

    template: str
    accounts: str
    references: tuple[str, ...]
    answers: dict[str, str]
    title: str


class BatchSheet(Sheet):
    """The sheet. Making is offered once it has been checked as it stands.

    Signals:
        check_wanted(Wish), make_wanted(Wish)
        sample_wanted(account_id): show the letter of this account.
    """

    check_wanted = Signal(object)
    make_wanted = Signal(object)
    sample_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Write to many accounts",
            primary="Make the letters",
            note="Check first: it names every account that gets no letter, and why. Nothing is made until then.",
        )
        self._templates: tuple[TemplateRow, ...] = ()
        self.template = ChoiceField()
        self.accounts = ChoiceField()
        self.references = AreaField(60_000, height=72, placeholder="One payment reference a line")
        self.title = LineField(120, placeholder="The template's title, if left empty")
        self.blanks = TemplateBlanks(height=96)
        self._wanted: tuple[str, str] | None = None
        self.check = QAction("Chec&k", self)
        self.check.setShortcut(QKeySequence("Ctrl+R"))
        self.check.triggered.connect(self._check)
        self.addAction(self.check)
        self.left_buttons.addWidget(action_button(self.check, icon="clipboard-check-outline"))
        self.concerns: ListModel[Concern] = ListModel(CONCERNS)
        self.view = DocumentView()
        self._samples: tuple[int, ...] = ()
        self._at = 0
        self._arrange()
        self.blanks.changed.connect(self._stale)
        self.blanks.changed.connect(self.typed_changed)
        self.template.changed.connect(self._choose)
        self.accounts.changed.connect(self._stale)
        self.references.changed.connect(self._stale)
        self.confirmed.connect(lambda: self.make_wanted.emit(self.wish()))
        self.resize(scaled(1120), scaled(780))
        self.set_busy(busy=True)

    def offer(self, templates: Sequence[TemplateRow], accounts: Sequence[tuple[str, object]]) -> None:
        """Offer the templates in use, and the filters by which accounts are chosen."""
        self._templates = tuple(templates)
        self.template.offer([(f"{_CHANNELS[each.channel]}{each.title}", each.key) for each in templates])
        self.accounts.offer([*accounts, ("A list of references", LISTED)])
        self._come_back()
        self._choose()

    def typed(self) -> dict[str, Any]:
        """What is chosen and written, whichever template it was written for."""
        template, accounts = self._wanted or (self.template.value(), self.accounts.value())
        return {
            "template": template or "",
            "accounts": accounts or "",
            "references": self.references.typed(),
            "title": self.title.typed(),
            "answers": self.blanks.typed(),
        }

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what was chosen and written."""
        self.references.retype(typed.get("references", ""))
        self.title.retype(typed.get("title", ""))
        self.blanks.retype(typed.get("answers", {}))
        self._wanted = (str(typed.get("template", "")), str(typed.get("accounts", "")))
        self._come_back()
        self._choose()

    def written(self) -> list[str]:
        """The references, and what stands in the blanks."""
        return [str(self.references.typed()), *self.blanks.typed().values()]

    def wish(self) -> Wish:
        """What is chosen and typed."""
        return Wish(
            str(self.template.value() or ""),
            str(self.accounts.value() or ""),
            tuple(line.strip() for line in str(self.references.value()).splitlines() if line.strip()),
            self.blanks.answers(),
            str(self.title.value()),
        )

    def show_rehearsal(self, found: Rehearsal) -> None:
        """Show what would be made; now it may be."""
        self.concerns.show_rows(found.concerns)
        left = sum(each.stops for each in found.concerns)
        forms = ", ".join(f"{count:,} {formats.words(form).lower()}" for form, count in found.variants)
        words = f"{formats.count(found.count, 'letter')} ({forms})" if found.count else "No letter would be made"
        self._said.setText(f"{words}; {formats.count(left, 'account')} left out.")
        self.parts.count_part(0, len(found.concerns))
        self.set_busy(busy=not found.count)
        self.check.setEnabled(True)
        self._samples, self._at = found.samples, 0
        self._next.setEnabled(len(found.samples) > 1)
        if found.samples:
            self.sample_wanted.emit(found.samples[0])

    def show_sample(self, found: Preview) -> None:
        """Show the letter of one account."""
        place = f"Sample {self._at + 1} of {len(self._samples)}: {found.addressee}"
        if found.pdf or found.text:
            self.view.show_document(place, found.pdf or found.text)
        else:
            self.view.show_message(place, " ".join(str(each) for each in found.problems))

    def show_working(self, words: str) -> None:
        """The accounts are being looked at, or the letters made."""
        self._said.setText(words)
        self.set_busy(busy=True)
        self.check.setEnabled(False)

    def show_error(self, error: UserError) -> None:
        """Say what is wrong; it can be checked again."""
        super().show_error(error)
        self.set_busy(busy=True)
        self.check.setEnabled(True)
        self._said.setText("")

    def _arrange(self) -> None:
        form = self.form()
        self.body.removeItem(form)
        form.setParent(None)
        form.add("template", "&Letter", self.template)
        form.add("accounts", "&Accounts", self.accounts)
        form.add("references", "&References", self.references)
        form.add("title", "&Name", self.title)
        align(form)
        self._said = label("", "strong", wrap=True)
        left = QWidget()
        left.setObjectName("canvas")
        column(left, form, self.blanks, self._said, None, spacing=10)
        area = scrolled(left)
        area.setMinimumWidth(scaled(340))
        self.parts = TabbedCard("What the check found")
        table = DataTable(
            "Left out or to look at",
            self.concerns,
            stretch="what",
            empty="Check first: whoever gets no letter stands here.",
        )
        self.parts.add_part("Left out or to look at", table)
        samples = QWidget()
        self._next = button("Ne&xt sample", icon="chevron-right")
        self._next.clicked.connect(self._step)
        self._next.setEnabled(False)
        column(samples, row(None, self._next), self.view, spacing=4, margin=8).setStretch(1, 1)
        self.parts.add_part("Samples", samples)
        both = row(area, self.parts, spacing=16)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        self.body.addLayout(both, 1)

    def _come_back(self) -> None:
        """Choose what was begun with, once it is offered."""
        if self._wanted is not None and self._templates:
            (template, accounts), self._wanted = self._wanted, None
            self.template.set_value(template)
            self.accounts.set_value(accounts)

    def _choose(self) -> None:
        """Another template: ask for its blanks, keeping what was typed in those of the same name."""
        self.blanks.ask(next((each for each in self._templates if each.key == self.template.value()), None))
        self._stale()

    def _stale(self) -> None:
        """What was checked is not what stands here any more."""
        self.references.setEnabled(self.accounts.value() == LISTED)
        self.set_busy(busy=True)
        self.check.setEnabled(True)
        self._said.setText("")

    def _check(self) -> None:
        self.show_working("Looking at the accounts …")
        self.check_wanted.emit(self.wish())

    def _step(self) -> None:
        self._at = (self._at + 1) % len(self._samples)
        self.sample_wanted.emit(self._samples[self._at])
