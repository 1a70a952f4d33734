"""The sheets that give advance notice: letters and e-mails for all that need it, and what was said on the telephone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.values import Subject
from app.services.direct_debits.notices.dto import GiveNotice, Late, NoticeRehearsal, NotTold, ToldByPhone
from app.services.direct_debits.schedules.dto import CollectionRow
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, TickField
from app.views.common.parts import Figure, label, row
from app.views.common.short_names import shorter_names
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled

_WIDE, _HIGH = 880, 560
_WORDS: Final = 400
_SCRIPT: Final = "Say the amount, the day, the reference and our name, and note whom you spoke to."
NOT_TOLD: tuple[Column[NotTold], ...] = (
    Column("payer", "Payer", lambda each: each.payer, 160, floor=110, shorter=lambda each: shorter_names(each.payer)),
    Column("reference", "Mandate", lambda each: each.reference, 130, firm=True),
    Column("why", "Why no letter can go", lambda each: each.why, 280, floor=160),
)
LATE: tuple[Column[Late], ...] = (
    Column("payer", "Payer", lambda each: each.payer, 160, floor=110, shorter=lambda each: shorter_names(each.payer)),
    Column("reference", "Mandate", lambda each: each.reference, 130, firm=True),
    Column("due_on", "Planned", lambda each: each.due_on, 100, holds=Holds.DATE),
    money_column("amount", "Amount", lambda each: each.amount, 90, total=True),
    Column("could_go_on", "Could go on", lambda each: each.could_go_on, 100, holds=Holds.DATE),
)


class NoticeSheet(Sheet):
    """Advance notice in bulk: first what it would do.

    Args:
        chosen: the mandates that are meant; none means all that need it.

    Signals:
        asked: rehearse it by what is ticked now.
    """

    asked = Signal()
    keeps_itself = True

    def __init__(self, parent: QWidget, chosen: tuple[int, ...] = ()) -> None:
        note = "Each payer gets one letter or e-mail with every day and amount. It waits with the letters to be printed or sent."
        super().__init__(parent, "Give advance notice", primary="Give notice", note=note)
        self._chosen = chosen
        self._for_whom = label(_for_whom(len(chosen)), "strong", wrap=True)
        self._letters, self._emails = Figure("Letters"), Figure("E-mails")
        self._collections, self._total = Figure("Collections told"), Figure("They come to")
        self._email = TickField("By &e-mail where the payer asked for it")
        self._email.set_value(True)
        self._email.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._move = TickField("&Move what it is too late for to the first free day that it could go on")
        self._move.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._move.setVisible(False)
        self._said = label("", wrap=True)
        self.not_told: ListModel[NotTold] = ListModel(NOT_TOLD)
        self.late: ListModel[Late] = ListModel(LATE)
        self.parts = TabbedCard("What is left out")
        empty = "Every payer can be written to."
        self._stopped_at = self.parts.add_part(
            "Become tasks", DataTable("Payers who can't be written to", self.not_told, stretch="why", empty=empty)
        )
        in_time = "Notice is in time for all of them."
        self._late_at = self.parts.add_part(
            "Too late", DataTable("Collections that it is too late for", self.late, stretch="payer", empty=in_time)
        )
        self.body.addWidget(self._for_whom)
        self.body.addLayout(row(self._letters, self._emails, self._collections, self._total, None, spacing=24))
        self.body.addWidget(self._email)
        self.body.addWidget(self._move)
        self.body.addWidget(self._said)
        self.body.addWidget(self.parts, 1)
        self._email.changed.connect(self.asked)
        self.begin_at(self._email)
        self._found: NoticeRehearsal | None = None
        self._move.changed.connect(self._allow)
        self.show_nothing("Looking who must be told …")
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def command(self) -> GiveNotice:
        """Whom to tell, and how."""
        return GiveNotice(self._chosen or None, self._email.value(), self._move.value())

    def show_nothing(self, words: str) -> None:
        """Show a sentence instead; nothing can be given yet."""
        self._said.setText(words)
        self.set_busy(busy=True)

    def _allow(self) -> None:
        """Something can be given, or moved and then given."""
        self.set_busy(busy=self._found is None or not _any(self._found, moves=self._move.value()))

    def show_rehearsal(self, found: NoticeRehearsal) -> None:
        """Show what giving notice would do."""
        for shown, value in (
            (self._letters, f"{found.letters:,}"),
            (self._emails, f"{found.emails:,}"),
            (self._collections, f"{found.collections:,}"),
            (self._total, str(found.total)),
        ):
            shown.show_text(value)
        self.not_told.show_rows(found.not_told)
        self.late.show_rows(found.late)
        self.parts.count_part(self._stopped_at, len(found.not_told))
        self.parts.count_part(self._late_at, len(found.late))
        self._move.setVisible(bool(found.late))
        if found.late and not found.not_told:
            self.parts.open_part(self._late_at)
        self._said.setText(said(found))
        self._found = found
        self._allow()


def _for_whom(chosen: int) -> str:
    if not chosen:
        return "For every payer who needs notice."
    return (
        f"For the {formats.count(chosen, 'payer')} that are chosen, and nobody else."
        if chosen > 1
        else "For one payer."
    )


def _any(found: NoticeRehearsal, *, moves: bool) -> bool:
    return bool(found.letters or found.emails or found.not_told or (moves and found.late))


def said(found: NoticeRehearsal) -> str:
    """What is promised, and what becomes of what is left out."""
    if not (found.letters or found.emails or found.not_told or found.late):
        return "Every payer has been told of what is to come."
    days = f"{found.days.notice} working days of notice, and {found.days.post} for a letter to arrive."
    late = formats.count(len(found.late), "collection")
    blocked = f" {late} can't be told in time: a run leaves them out until they are moved, or the payer agrees on the telephone."
    return days + (blocked if found.late else "")


class TellSheet(Sheet):
    """Notice that was given on the telephone."""

    def __init__(self, parent: QWidget, mandate_id: int, reference: str, untold: tuple[CollectionRow, ...]) -> None:
        super().__init__(parent, f"Told on the telephone: {reference}", primary="Keep it", note=_SCRIPT)
        self.about = (Subject.MANDATE, mandate_id)
        self._mandate_id = mandate_id
        every: list[tuple[str, object]] = [(_all_words(untold), ())]
        each = [(f"{formats.weekday(one.due_on)}: {one.amount}", (one.collection_id,)) for one in untold]
        fields = self.fields = self.form()
        fields.add("collections", "&Told of", ChoiceField([*every, *each] if len(untold) > 1 else each))
        fields.add(
            "words", "&Who and what", AreaField(_WORDS, height=72), "Such as: rang the payer, told all four amounts"
        )
        agreed = "The payer &agreed to be told later than we promise, or asked for it"
        fields.add("agreed", "", TickField(agreed))
        self.begin_at(fields.field("words"))
        self.resize(scaled(620), self.height())

    def command(self) -> ToldByPhone | None:
        """What is to be kept."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return ToldByPhone(self._mandate_id, values["words"], values["collections"], values["agreed"])


def _all_words(untold: tuple[CollectionRow, ...]) -> str:
    return f"All {len(untold)} that need it, from {formats.weekday(untold[0].due_on)}" if untold else "All"
