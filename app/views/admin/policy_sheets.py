"""The sheets by which a policy value is added, corrected, withdrawn and verified."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.admin.policy import rules
from app.services.admin.policy.dto import Action, NewValue, PolicyRow
from app.services.core.policy_values import Key, ValueType
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField

_LETTERS = 56
_SECOND = "A second officer approves it on the page Approvals; until then nothing changes."


class PolicySheet(Sheet):
    """Asks for a value from a day on, or for another one for a day to come.

    Signals:
        change_wanted(NewValue)
    """

    change_wanted = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        chosen: PolicyRow,
        action: Action,
        *,
        today: Callable[[], date],
        earliest: date,
        codes: Mapping[str, tuple[str, ...]],
    ) -> None:
        title = f"{'Correct' if action is Action.CORRECT else 'New value'}: {chosen.key.title}"
        super().__init__(parent, title, primary="Ask for approval", note=f"{chosen.key.used_by} {_SECOND}")
        self._chosen, self._action = chosen, action
        self.scope = ChoiceField([(rules.scope_in_words(scope), scope) for scope in rules.scopes_of(chosen.key, codes)])
        self.scope.set_value(chosen.scope)
        self.value = _value_field(chosen.key)
        self.starts_on = DateField(today, required=True)
        self.source = LineField(400)
        self.reason = AreaField(1_000, height=64)
        form = self.form()
        if chosen.key.scopes and action is Action.ADD:
            form.add("scope", "&Applies to", self.scope)
        form.add("value", "&Value", self.value, _hint(chosen.key))
        form.add("effective_from", "&From", self.starts_on, _from_hint(chosen.key, earliest))
        form.add("source", "&Source", self.source, "The decision, minute or regulation that it comes from")
        form.add("reason", "&Reason", self.reason, "For the officer who approves it")
        if action is Action.CORRECT:
            self.value.set_value(chosen.value)
            self.starts_on.set_value(chosen.effective_from)
            self.source.set_value(chosen.source)
        self.confirmed.connect(self._ask)
        self.body.addStretch(1)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)

    def _ask(self) -> None:
        if self._form is None or not self._form.check():
            return
        self.set_busy(busy=True)
        self.change_wanted.emit(
            NewValue(
                self._action,
                self._chosen.key.key,
                str(self.scope.value() or "") if self._action is Action.ADD else self._chosen.scope,
                str(self.value.value() or ""),
                self.starts_on.value(),
                str(self.source.value()),
                str(self.reason.value()),
                self._chosen.row_id if self._action is Action.CORRECT else None,
            )
        )


class WithdrawSheet(Sheet):
    """Asks why a value to come is withdrawn.

    Signals:
        change_wanted(NewValue)
    """

    change_wanted = Signal(object)

    def __init__(self, parent: QWidget, chosen: PolicyRow) -> None:
        note = f"{chosen.words} from {rules.day_in_words(chosen.effective_from)} doesn't come into force. {_SECOND}"
        super().__init__(parent, f"Withdraw: {chosen.key.title}", primary="Ask for approval", note=note)
        self._chosen = chosen
        self.reason = AreaField(1_000, height=64)
        self.form().add("reason", "&Reason", self.reason, "For the officer who approves it")
        self.confirmed.connect(self._ask)
        self.body.addStretch(1)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)

    def _ask(self) -> None:
        self.set_busy(busy=True)
        chosen = self._chosen
        self.change_wanted.emit(
            NewValue(
                Action.WITHDRAW,
                chosen.key.key,
                chosen.scope,
                chosen.value,
                chosen.effective_from,
                "",
                str(self.reason.value()),
                chosen.row_id,
            )
        )


class VerifySheet(Sheet):
    """Asks where a value was looked up.

    Signals:
        verified(source)
    """

    verified = Signal(str)

    def __init__(self, parent: QWidget, chosen: PolicyRow) -> None:
        note = f"{chosen.words}, {chosen.scope_words.lower()}. You say that this is right for your landlord; the value stays as it is."
        super().__init__(parent, f"Verify: {chosen.key.title}", primary="Mark as verified", note=note)
        self.source = LineField(400)
        self.source.set_value(chosen.source)
        self.form().add("source", "&Source", self.source, "Where you looked it up")
        self.confirmed.connect(self._tell)
        self.body.addStretch(1)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)

    def _tell(self) -> None:
        self.set_busy(busy=True)
        self.verified.emit(str(self.source.value()))


def _value_field(key: Key) -> LineField | ChoiceField:
    if key.type is ValueType.WORD and key.choices:
        return ChoiceField([(words[:1].upper() + words[1:], value) for value, words in key.choices.items()])
    return LineField(200)


def _hint(key: Key) -> str:
    units = {
        ValueType.POUNDS: "In pounds",
        ValueType.PERCENT: "In per cent",
        ValueType.WORD: "",
        ValueType.DATE: "A date",
    }
    return ". ".join(part for part in (units.get(key.type, f"In {key.unit}"), rules.limits_in_words(key)) if part)


def _from_hint(key: Key, earliest: date) -> str:
    if key.begins:
        return f"{rules.begins_in_words(key)}, also of a year that has gone"
    if earliest == date.min:
        return "Nothing has been posted yet: any day"
    return f"{rules.day_in_words(earliest)} or later: what was posted stays as it was"
