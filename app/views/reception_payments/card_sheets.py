"""The sheets beside card payments: money back to the card, the terminal's slip, a day, a difference, and the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.values import CardProvider, Money
from app.services.reception_payments.cards.dto.asked import CardSettings
from app.services.reception_payments.cards.dto.days import DifferenceRow
from app.services.reception_payments.cards.dto.refunds import CardRefundRow, NewCardRefund, RefundForm
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard

_WIDE: Final = 560
_WHY, _SLIP, _KEY, _URL = 200, 40, 200, 200
_PROVIDERS: Final = (
    ("Nobody yet", None),
    ("GOV.UK Pay", CardProvider.GOVUK_PAY),
    ("The terminal in the office", CardProvider.TERMINAL),
)
_ABOUT: Final = (
    "GOV.UK Pay: switch payments by telephone on for the service there, make a live key under API keys, and enter it here. The card "
    "is typed on its page, never in Rentbook. The terminal: the officer types the card there, and the reference of its slip here."
)


class CardRefundSheet(Sheet):
    """Money of a receipt back to the card that paid it; a second officer approves it."""

    def __init__(self, parent: QWidget, found: RefundForm) -> None:
        card = f"the card ending {found.last_four}" if found.last_four else "the card that paid"
        note = f"Receipt {found.receipt} of {formats.day(found.paid_on)}. It goes to {card} and to no other, once a second officer approves."
        super().__init__(parent, "Back to the card", primary="Ask for approval", note=note)
        self._found = found
        self._key = f"card_refund:{uuid4().hex}"
        self.fields = self.form()
        for share in found.shares:
            paid = f"{share.paid} was paid, {share.left} is left"
            self.fields.add(_name(share.place), f"Of {share.words}", MoneyField(), paid)
            if share.left:
                self.fields.fill({_name(share.place): share.left})
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Such as: paid twice, wrong amount"))
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> NewCardRefund | None:
        """What is asked; None where an amount can't be read, which its field says."""
        if not self.fields.check():
            return None
        typed = self.fields.values()
        amounts = ((share.place, typed[_name(share.place)]) for share in self._found.shares)
        shares = tuple((place, amount.pence) for place, amount in amounts if isinstance(amount, Money) and amount)
        return NewCardRefund(self._key, self._found.receipt_id, shares, str(typed["why"]))


class SlipSheet(Sheet):
    """The terminal gave the money back: the reference on its slip."""

    def __init__(self, parent: QWidget, row: CardRefundRow) -> None:
        note = f"Give {row.amount} back at the terminal, with the card that paid receipt {row.receipt}; then type the reference of its slip."
        super().__init__(parent, "Given back at the terminal", primary="It is given back", note=note)
        self.fields = self.form()
        self.fields.add("slip", "&Reference on the slip", LineField(_SLIP))
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> str:
        """The reference."""
        return str(self.fields.values()["slip"])


class ReadDaySheet(Sheet):
    """Which day is held against the provider."""

    def __init__(self, parent: QWidget, today: Callable[[], date], proposed: date) -> None:
        note = "Everything that the provider has of the day is read and held against what is posted here. It may be read again."
        super().__init__(parent, "Read a day from the provider", primary="Read it", note=note)
        self.fields = self.form()
        self.fields.add("day", "&Day", DateField(today, required=True))
        self.fields.fill({"day": proposed})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> date | None:
        """The day; None where it can't be read."""
        found = self.fields.values()["day"] if self.fields.check() else None
        return found if isinstance(found, date) else None


class ExplainSheet(Sheet):
    """What a difference is, where nothing is to be posted."""

    def __init__(self, parent: QWidget, row: DifferenceRow) -> None:
        super().__init__(parent, "Explain a difference", primary="Explain it", note=row.words)
        self.fields = self.form()
        self.fields.add("why", "&What it is", LineField(_WHY, placeholder="Such as: a test payment, taken back there"))
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> str:
        """The explanation."""
        return str(self.fields.values()["why"])


class PostTheirsSheet(Sheet):
    """What the provider has alone is posted here: at which desk."""

    def __init__(self, parent: QWidget, row: DifferenceRow, desks: Sequence[tuple[str, int]]) -> None:
        then = (
            "It is debited where its payment was posted."
            if row.refund
            else f"It goes to the account with the reference '{row.reference}'; where none has it, to suspense."
        )
        super().__init__(parent, "Post it here", primary="Post it", note=f"{row.words} {then}")
        self.fields = self.form()
        self.fields.add("desk", "&Desk", ChoiceField(desks), "Whose receipts it is numbered among")
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> int | None:
        """The desk."""
        found = self.fields.values()["desk"]
        return found if isinstance(found, int) else None


class CardSettingsSheet(Sheet):
    """How the office takes cards by telephone. The key that is kept is never shown."""

    def __init__(self, parent: QWidget, found: CardSettings) -> None:
        super().__init__(parent, "Cards by telephone", primary="Save", note=_ABOUT)
        self.fields = self.form()
        self.key = LineField(_KEY, placeholder="api_live_ and what follows")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        kept = "A key is kept; left empty, it stays." if found.has_key else "No key is kept yet."
        self.forget = TickField("Take the kept key a&way")
        self.forget.setEnabled(found.has_key)
        self.fields.add("provider", "&Taken by", ChoiceField(_PROVIDERS))
        self.fields.add("key", "&Key of GOV.UK Pay", self.key, kept)
        self.fields.add("forget", "", self.forget)
        self.fields.add("return_url", "&Page when done", LineField(_URL), "What the officer's browser shows at the end")
        self.fields.fill({"provider": found.provider, "return_url": found.return_url})
        self.setMinimumWidth(scaled(_WIDE + 60))

    def command(self) -> tuple[CardSettings, str | None]:
        """What is entered, and the key: None leaves the one that is kept."""
        typed = self.fields.values()
        key = "" if typed["forget"] else str(typed["key"]) or None
        return CardSettings(typed["provider"], str(typed["return_url"])), key


def _name(place: int) -> str:
    return f"share_{place}"
