"""Other income: what it is, its reference, how much, and how it is paid. Nobody is asked who they are."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import PayerKind
from app.services.core.errors import UserError
from app.services.reception_payments.receipts.dto.asked import TakeIncome
from app.services.reception_payments.receipts.dto.forms import TakeForm
from app.services.reception_payments.receipts.dto.new import NewReceipt, NewShare
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import label, row
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.take_how import HowFields

_WORDS, _NAME, _WIDE = 120, 120, 600
_ABOUT: Final = "What the council takes besides rent. It goes to a ledger code of its own, and to no account."


class IncomeSheet(Sheet):
    """A payment of other income.

    Args:
        form: what it begins with; it has some income.
    """

    def __init__(self, parent: QWidget, form: TakeForm) -> None:
        super().__init__(parent, "Other income", primary="Take it", note=_ABOUT)
        self.key = uuid4().hex
        self._form_of = form
        self._streams = {each.stream_id: each for each in form.streams}
        fields = self.fields = self.form()
        self.stream = ChoiceField([(each.name, each.stream_id) for each in form.streams])
        self.amount = MoneyField(required=True)
        fields.add("stream_id", "&Income", self.stream)
        fields.add("words", "&Reference", LineField(_WORDS))
        fields.add("pence", "&Amount", self.amount)
        self.how = HowFields(fields, form.desks)
        fields.add("payer_name", "Payer's na&me", LineField(_NAME))
        self._change = label("", "strong")
        self.body.addLayout(row(None, self._change))
        self.setMinimumWidth(scaled(_WIDE))
        self._guard = CardGuard(self, self.messages.warn, form.pay_cards)
        self.stream.changed.connect(self._follow)
        self.amount.changed.connect(self._follow)
        self.how.tendered.changed.connect(self._follow)
        self._follow()

    def command(self) -> TakeIncome:
        """What is asked for.

        Raises:
            UserError: there is no amount, or it can't be read.
        """
        amount = self.amount.value()
        if amount is None:
            raise UserError(self.amount.problem(), field="pence")
        taken_by = self.how.taken_by
        if taken_by is None:
            raise UserError("This desk takes nothing.", "Choose another desk.", "desk_id")
        values = self.fields.values()
        share = NewShare(amount.pence, stream_id=values["stream_id"], words=values["words"])
        return TakeIncome(
            NewReceipt(
                entry_key=self.key,
                desk_id=values["desk_id"],
                taken_by=taken_by,
                shares=(share,),
                taken_on=self._form_of.today,
                payer=PayerKind.THIRD_PARTY,
                payer_name=values["payer_name"],
                tendered_pence=self.how.handed(),
                cheque=self.how.cheque(),
                slip=self.how.slip(),
            )
        )

    def _follow(self) -> None:
        stream = self._streams.get(self.stream.value())
        words = self.fields.field("words")
        if isinstance(words, LineField):
            words.setPlaceholderText(stream.note if stream else "")
        self._change.setText(self.how.change_words(self.amount.value()) if self.amount.value() else "")
