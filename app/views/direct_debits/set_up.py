"""The sheet that sets a mandate up: whose it is, the script of the call, the bank account, and when it is collected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.models.values import Frequency, MandateWay
from app.services.core.effects import Effect
from app.services.direct_debits.mandates.dto import WAYS, NewMandate, Payer, SetUpForm
from app.services.direct_debits.mandates.rules import SCRIPT
from app.services.direct_debits.schedules.dto import BY_MONTH, FREQUENCIES, WEEKDAYS, Terms, day_words
from app.services.direct_debits.setting_up import LOOK, SetUp, Start
from app.views.common.bank_fields import BankFields
from app.views.common.enter import is_enter
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find, Picked, account_picker
from app.views.common.fields_ticks import TicksField
from app.views.common.theme import scaled

_GIVEN: Final = (MandateWay.TELEPHONE, MandateWay.PAPER, MandateWay.ONLINE)
_NAME, _FORM, _NOTE, _ADDRESS, _REFERENCE = 70, 40, 400, 400, 18
_ELSE: Final = Payer(0, "Somebody else")
_ON_PAPER: Final = ("form_number", "converts", "evidence", "received_on")
_FEW: Final = 84
_CLOSE: Final = 6
"""Pixels between its rows, of which there are many."""
_SAY: Final = "What to say stands here at each tick. Enter ticks it and goes on to the next."


class ScriptTick(TickField):
    """A line of the script: Space ticks it or not, Enter ticks it and goes on to the next.

    Signals:
        reached(bool): the officer is on it, or left it.
    """

    reached = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The officer is on it."""
        super().focusInEvent(event)
        self.reached.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """They went on."""
        super().focusOutEvent(event)
        self.reached.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter: said, and on."""
        if is_enter(event):
            self.setChecked(True)
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class SetUpSheet(EvidencedSheet):
    """A new mandate. What stands of the bank account in it is never kept as a draft.

    Args:
        start: what it begins with.
        find: looks for accounts.

    Attributes:
        bank: its fields of the bank account.

    Signals:
        account_chosen(account_id): another account is chosen, and its form is wanted.
    """

    account_chosen = Signal(int)

    def __init__(self, parent: QWidget, start: Start, find: Find) -> None:
        super().__init__(parent, "Set up a Direct Debit", save="Set it up", width=1120)
        self._key = f"mandate:{uuid4().hex}"
        self._start = start
        self.form_data: SetUpForm | None = None
        self._left: dict[str, Any] = {}
        self._warned: frozenset[str] = frozenset()
        self._account = account_picker(find)
        self._way = ChoiceField([(WAYS[way], way) for way in _GIVEN])
        self._who = ChoiceField([(_ELSE.name, _ELSE)])
        self._name = LineField(_NAME)
        self._frequency = ChoiceField([(words.capitalize(), frequency) for frequency, words in FREQUENCIES.items()])
        self._day = ChoiceField()
        self._beside = TicksField(height=_FEW)
        self._despite = TickField("I have looked at the warnings: &keep it all the same")
        self._arrange()
        self._join()
        self.fields.fill({"given_on": start.today, "starts_on": start.today, "confirm": True})
        if start.form is not None:
            self._account.set_value(Picked(start.form.account_id, start.form.account))
            self.show_account(start.form)
            self.begin_at(self._way)
        self._follow_frequency()
        self._follow_way()

    # Its fields

    def _arrange(self) -> None:
        fields = self.fields
        fields.setVerticalSpacing(scaled(_CLOSE))

        def today() -> date:
            return self._start.today

        fields.add("account_id", "&Account", self._account)
        self._standing = fields.add_words(self._account)
        fields.add("way", "&Given", self._way)
        fields.add("person_id", "&Payer", self._who)
        fields.add("payer_name", "&Name on the bank account", self._name)
        fields.add("payer_address", "Addre&ss", AreaField(_ADDRESS, height=64), "Where letters go, postcode last")
        fields.add("given_on", "G&iven on", DateField(today, required=True))
        fields.add("received_on", "&Received on", DateField(today), "Left empty: today")
        self._arrange_script()
        self.bank = BankFields(fields, "Sort &code", "Account n&umber")
        self._arrange_days(today)
        fields.add("beside", "Pays a&lso", self._beside, "Other accounts of the same people")
        fields.add("reference", "Reference", LineField(_REFERENCE), "As the bank shows it; left empty it is made")
        fields.add("form_number", "F&orm filed at", LineField(_FORM), "Or attach the signed form below")
        fields.add("converts", "", TickField("The bank has it on paper already: conver&t it (0S)"))
        fields.add("note", "Note", AreaField(_NOTE, height=52))
        fields.add("confirm", "", TickField("&Write the confirmation with the Guarantee"))
        fields.add("despite", "", self._despite)
        self.add_evidence("Signed form")
        for name in ("despite", "beside"):
            self.show_row(name, shown=False)

    def _arrange_script(self) -> None:
        """The ticks, and under them what is said at the one that the officer is on; at the last the whole Guarantee."""
        spoken = {name: f"Say: “{says}”" for name, _, says in SCRIPT}
        spoken["guarantee_read"] = "\n".join((spoken["guarantee_read"], *self._start.guarantee))
        ticks = {name: ScriptTick(title) for name, title, _ in SCRIPT}
        for name, title, _ in SCRIPT:
            self.fields.add(name, title, ticks[name])
        self._say = self.fields.add_words(ticks[SCRIPT[-1][0]])
        self._say.setText(_SAY)
        for name, tick in ticks.items():
            tick.reached.connect(partial(self._read_out, spoken[name]))

    def _read_out(self, words: str, reached: bool) -> None:
        self._say.setText(words if reached else _SAY)

    def _arrange_days(self, today: Any) -> None:
        fields = self.fields
        fields.add_beside(("frequency", "Collecte&d", self._frequency), ("day", "On", self._day))
        fields.add("starts_on", "Not befor&e", DateField(today, required=True))

    def _join(self) -> None:
        self._account.changed.connect(self._follow_account)
        self._way.changed.connect(self._follow_way)
        self._who.changed.connect(self._follow_payer)
        self._frequency.changed.connect(self._follow_frequency)
        self.effects.told.connect(self._show_warned)

    # What it is told

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what a draft holds; where its account is still to be asked for, once more when its people are there."""
        self._left = dict(typed)
        super().retype(typed)
        if self.form_data is not None and self.form_data.account_id == self._account.value():
            self._left = {}

    def show_account(self, form: SetUpForm) -> None:
        """Offer the people and the other accounts of the account that is chosen."""
        self.form_data = form
        self._who.offer([*((each.name, each) for each in form.payers), (_ELSE.name, _ELSE)])
        self._who.set_value(form.payers[0] if form.payers else _ELSE)
        self._follow_payer()
        self._beside.offer_names([_named(each.reference, each.kind, each.name) for each in form.beside])
        self.show_row("beside", shown=bool(form.beside))
        self._standing.setText(form.refused or " ".join(form.standing))
        reference: Any = self.fields.field("reference")
        reference.setPlaceholderText(form.reference)
        left, self._left = self._left, {}
        super().retype({name: value for name, value in left.items() if name != "account_id"})
        self.typed_changed.emit()

    def accounts(self) -> tuple[int, ...]:
        """The accounts that it would pay."""
        values, form = self.fields.values(), self.form_data
        if form is None or values["account_id"] is None:
            return ()
        ticked = set(values["beside"])
        others = [each.account_id for each in form.beside if _named(each.reference, each.kind, each.name) in ticked]
        return (values["account_id"], *others)

    def command(self) -> SetUp | None:
        """What is asked for; None while the account, the bank account or a day is missing."""
        values = self.fields.values()
        needed = ("account_id", "sort_code", "account_number", "given_on", "starts_on", "day")
        if any(values[name] is None for name in needed):
            return None
        return SetUp(self._mandate(values), Terms(values["frequency"], values["day"], values["starts_on"]))

    def _mandate(self, values: Mapping[str, Any]) -> NewMandate:
        way: MandateWay = values["way"]
        paper = way is MandateWay.PAPER
        payer: Payer = values["person_id"]
        return NewMandate(
            entry_key=self._key,
            account_id=values["account_id"],
            way=way,
            payer_name=values["payer_name"],
            sort_code=values["sort_code"],
            account_number=values["account_number"],
            given_on=values["given_on"],
            received_on=values["received_on"] if paper else None,
            person_id=payer.person_id or None,
            payer_address="" if payer.person_id else values["payer_address"],
            beside=self.accounts()[1:],
            reference=values["reference"],
            bank_name=values["bank_name"],
            branch=values["branch"],
            form_number=values["form_number"] if paper else "",
            converts=values["converts"] and paper,
            holder_confirmed=values["holder_confirmed"] and not paper,
            sole_authority=values["sole_authority"] and not paper,
            identity_checked=values["identity_checked"] and not paper,
            guarantee_read=values["guarantee_read"] and not paper,
            note=values["note"],
            confirm=values["confirm"],
            despite=values["despite"],
        )

    # What follows from what

    def _follow_account(self) -> None:
        chosen = self._account.value()
        if chosen is not None and (self.form_data is None or self.form_data.account_id != chosen):
            self.account_chosen.emit(chosen)

    def _follow_way(self) -> None:
        paper = self._way.value() is MandateWay.PAPER
        for name, _, _ in SCRIPT:
            self.show_row(name, shown=not paper)
        self._say.setVisible(not paper)
        for name in _ON_PAPER:
            self.show_row(name, shown=paper)

    def _follow_payer(self) -> None:
        payer: Payer = self._who.value()
        self._name.set_value("" if payer == _ELSE else payer.name)
        self.show_row("payer_address", shown=payer == _ELSE)

    def _follow_frequency(self) -> None:
        frequency: Frequency = self._frequency.value()
        days = self._start.days if frequency in BY_MONTH else tuple(range(len(WEEKDAYS)))
        self._day.offer([(day_words(frequency, day).capitalize(), day) for day in days])

    def _show_warned(self, effects: tuple[Effect, ...]) -> None:
        """What is to be looked at first is ticked before it is kept; a tick is for the warnings that stood there."""
        warned = frozenset(each.text for each in effects if each.group == LOOK)
        if warned != self._warned:
            self._warned = warned
            self._despite.set_value(False)
            self.show_row("despite", shown=bool(warned))


def _named(reference: str, kind: str, name: str) -> str:
    return "  ".join(each for each in (reference, kind, name) if each)
