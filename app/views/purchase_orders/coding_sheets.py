"""The sheets of coding: what was spent goes to another code, and a rule says what belongs where."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.purchase_orders.budgets.dto import CodeChoice
from app.services.purchase_orders.coding.dto import CodingRuleRow, NewTransfer, Suspect
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, Picker, among
from app.views.common.theme import scaled
from app.views.purchase_orders.line_fields import CodePicker

_WIDE: Final = 620
_REASON, _WORDS, _WHY = 400, 80, 200


class TransferSheet(Sheet):
    """What was spent is moved to another code, all of it or a part."""

    def __init__(self, parent: QWidget, shares: Sequence[Suspect], codes: Sequence[CodeChoice]) -> None:
        shown = shares[0]
        alone = f"{shown.description}, {shown.supplier}: {shown.amount} on {shown.code}. " if len(shares) == 1 else ""
        super().__init__(
            parent,
            f"Move {shown.invoice} to another code",
            primary="Ask for the transfer",
            note=f"{alone}It is posted when a second officer approves it; until then it stays where it is.",
        )
        self._key = f"transfer:{uuid.uuid4().hex}"
        self._share = ChoiceField([(f"{each.code}, {each.amount}: {each.description}", each) for each in shares])
        offered = [Picked(each.budget_id, each.code, f"{each.name}   {each.left} left") for each in codes]
        self.fields = fields = self.form()
        if len(shares) > 1:
            fields.add("share", "&From", self._share)
            self._share.changed.connect(lambda *_: fields.fill({"amount": abs(self._share.value().amount)}))
        fields.add("to_id", "&To the code", CodePicker(among(offered)))
        fields.add("amount", "&Amount", MoneyField())
        fields.add("reason", "&Reason", AreaField(_REASON, height=64), "Whoever approves it reads this")
        right = next((each for each in offered if each.id == shown.should_id), None)
        fields.fill({"to_id": right, "amount": abs(shown.amount), "reason": shown.why})
        first = "share" if len(shares) > 1 else "to_id" if right is None else "reason"
        self.begin_at(fields.field(first))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> NewTransfer | None:
        """What is asked for; None while a field can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        split_id = self._share.value().split_id
        return NewTransfer(self._key, split_id, values["to_id"] or 0, values["amount"], values["reason"])


class RuleSheet(Sheet):
    """What a rule is for, and the code that it says."""

    def __init__(
        self, parent: QWidget, shown: CodingRuleRow | None, find: Find, categories: Sequence[tuple[int, str]]
    ) -> None:
        super().__init__(
            parent,
            "Coding rule" if shown else "New coding rule",
            primary="Save",
            note="A line that fits all that is named belongs on the code. What is left empty fits everything.",
        )
        self._shown = shown
        known = [("Any", None), *((name, key) for key, name in categories)]
        if shown is not None and shown.category_id and shown.category_id not in {key for _, key in known}:
            known.append((f"{shown.category}, out of use", shown.category_id))
        self.fields = fields = self.form()
        fields.add("supplier_id", "&Supplier", Picker(find, "a supplier", "a name or number"))
        fields.add("category_id", "&Category", ChoiceField(known))
        fields.add("words", "&Words of the line", LineField(_WORDS, placeholder="Such as: boiler"))
        fields.add("cost_centre", "Cost cent&re", LineField(20, placeholder="Left empty: as it is"))
        fields.add("subjective", "S&ubjective code", LineField(20, placeholder="Left empty: as it is"))
        fields.add("reason", "Wh&y", LineField(_WHY))
        if shown is not None:
            fields.add("active", "Use", TickField("&In use"))
            named = Picked(shown.supplier_id, shown.supplier) if shown.supplier_id else None
            same = ("category_id", "words", "cost_centre", "subjective", "reason", "active")
            fields.fill({name: getattr(shown, name) for name in same} | {"supplier_id": named})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> CodingRuleRow:
        """What the fields say."""
        values, shown = self.fields.values(), self._shown
        return CodingRuleRow(
            shown.rule_id if shown else 0,
            shown.version if shown else 0,
            values["supplier_id"],
            "",
            values["category_id"],
            "",
            values["words"],
            values["cost_centre"],
            values["subjective"],
            values["reason"],
            bool(values.get("active", True)),
        )
