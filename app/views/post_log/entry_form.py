"""The fields of the entry screen: Enter goes on, what Rentbook fills in is known from what the officer chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent

from app.models.values import FormatNeed, PostChannel
from app.services.post_log.dto import (
    CHANNELS,
    LONGEST_ADDRESS,
    LONGEST_REFERENCE,
    LONGEST_SENDER,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Guess,
    NewItem,
)
from app.services.post_log.logging.dto import Offered, Proposed
from app.services.post_log.rules import received_at
from app.services.workbench.rules.typed_dates import Toward
from app.views.common import formats
from app.views.common.enter import is_enter
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find, Picked
from app.views.common.fields_time import TimeField
from app.views.common.forms import Form
from app.views.common.parts import label
from app.views.post_log.choices import PRIORITIES
from app.views.post_log.entry_fields import AccountField, picked

_USUAL: Final = "general"
_SPOKEN: Final = frozenset({PostChannel.TELEPHONE, PostChannel.VISIT})
"""Each has a time of its own, so none is carried over."""
_OF_THE_ITEM: Final = ("sender", "subject_line", "account_id", "reference", "sender_address", "language", "text")
_CHOSEN_ANEW: Final = ("holder", "priority", "format")
_TELLING: Final = ("sender", "subject_line", "text", "reference")
_WHERE: Final = "E-mail address, telephone number or lines of an address"
_BY_RULES: Final = "By the rules and the category"


@dataclass(slots=True)
class _Filled:
    """What Rentbook put into a field: whether the officer has chosen something else there, or looked at it and gone on."""

    own: bool = False
    seen: bool = False


class EntryForm(Form):
    """The lines of one item.

    Signals:
        last_entered: Enter on Category: the item is to be logged.
        typed_by_hand: the officer has typed something, not Rentbook.

    Attributes:
        guess: the account that Rentbook filled in.
        carried: the account that another tab handed over, by its id.
    """

    last_entered = Signal()
    typed_by_hand = Signal()

    def __init__(self, find: Find, today: Callable[[], date]) -> None:
        super().__init__()
        self.guess: Guess | None = None
        self.carried: int | None = None
        self._account, self._category = _Filled(), _Filled()
        self._filling = False
        self._usual: int | None = None
        self.keep = TickField("&Keep category and who gets it")
        self.picker = AccountField(find)
        self.category = ChoiceField()
        self.holder = ChoiceField([(_BY_RULES, None)])
        self._add_fields(today)
        for field in self.fields():
            field.installEventFilter(self)
        self.changed.connect(self._follow)
        self.picker.changed.connect(self._own_account)
        self.category.changed.connect(self._own_category)

    def offer(self, offered: Offered) -> None:
        """Offer categories and holders; nothing that was chosen is changed by it."""
        self._filling = True
        self._usual = next((each.category_id for each in offered.categories if each.key == _USUAL), None)
        self.category.offer([(each.name, each.category_id) for each in offered.categories])
        if not self._category.own:
            self.category.set_value(self._usual)
        self.holder.offer([(_BY_RULES, None), *((name, each) for each, name in offered.holders)])
        self._filling = False

    def new_item(self, today: date, now: datetime) -> NewItem:
        """What is to be logged."""
        values = self.values()
        day = values["received_on"] or today
        return NewItem(
            values["channel"],
            values["subject_line"],
            values["sender"],
            values["sender_address"],
            values["text"],
            received_at=received_at(day, values["received_time"], today, now),
            received_on=day,
            category_id=values["category_id"],
            account_id=values["account_id"],
            person_id=self.guess.person_id if self.guess and self.guess.account_id == values["account_id"] else None,
            reference=values["reference"],
            priority=values["priority"],
            format=values["format"],
            language=values["language"] or None,
            guessed=self._guessed(),
            holder=values["holder"],
        )

    def is_blank(self) -> bool:
        """Whether nothing of an item is typed yet."""
        typed = self.typed()
        return not any(str(typed[name]).strip() for name in _TELLING)

    def written(self) -> list[str]:
        """What a draft is kept of: nothing that Rentbook filled in, nor another tab."""
        typed = self.typed()
        own = self._account.own and (self.carried is None or self.picker.value() != self.carried)
        return [str(typed[name]) for name in _OF_THE_ITEM if name != "account_id" or own]

    def carry_over(self, account: Picked) -> None:
        """Begin with an account that another tab hands over."""
        self.carried = account.id
        self.picker.set_value(account)

    def unresolved(self) -> str:
        """What is typed for an account of which none is chosen."""
        return "" if self.picker.picked else self.picker.text().strip()

    def begin_next(self) -> None:
        """The item is logged: empty its fields, and keep what it has in common with the next."""
        self._filling = True
        kept = bool(self.keep.value())
        self.guess = self.carried = None
        self._account, self._category = _Filled(), _Filled(own=kept and self._category.own, seen=kept)
        emptied: dict[str, Any] = dict.fromkeys(_OF_THE_ITEM, "") | dict.fromkeys(_CHOSEN_ANEW)
        emptied["account_id"] = None
        if kept:
            del emptied["holder"]
        else:
            emptied["category_id"] = self._usual
        if self.values()["channel"] in _SPOKEN:
            emptied["received_time"] = ""
        self.fill(emptied)
        self._filling = False

    def show_proposed(self, found: Proposed) -> None:
        """Fill in what was left open."""
        self._filling = True
        if not self._account.own:
            self.guess = found.account
            wanted = found.account.account_id if found.account else None
            if self.picker.value() != wanted:
                self._account.seen = False
                self.picker.set_value(picked(found.account) if found.account else None)
        if not self._category.own:
            proposed = found.category_id or self._usual
            self._category.seen = self._category.seen and self.category.value() == proposed
            self.category.set_value(proposed)
        self._filling = False

    def _guessed(self) -> frozenset[str]:
        """The fields that Rentbook filled in and the officer did not look at."""
        account = self.guess is not None and self.picker.value() == self.guess.account_id
        open_account = account and not (self._account.own or self._account.seen)
        open_category = not (self._category.own or self._category.seen)
        named = (("account_id", open_account), ("category_id", open_category))
        return frozenset(name for name, is_open in named if is_open)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter goes on from a list to choose from, too; from Category it logs."""
        if isinstance(watched, ChoiceField) and is_enter(event):
            self._go_on(watched)
            return True
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._look_away(watched, event.reason())
        return super().eventFilter(watched, event)

    def _go_on(self, field: ChoiceField) -> None:
        if field is self.category:
            self._category.seen = True
            self.last_entered.emit()
        else:
            field.focusNextChild()

    def _look_away(self, field: QObject, reason: Qt.FocusReason) -> None:
        if reason in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            return
        if field is self.picker and self.picker.picked:
            self._account.seen = True
        elif field is self.category:
            self._category.seen = True

    def _follow(self) -> None:
        if not self._filling:
            self.typed_by_hand.emit()

    def _add_fields(self, today: Callable[[], date]) -> None:
        add = self.add
        add("channel", "Ho&w it arrived", ChoiceField([(words, each) for each, words in CHANNELS.items()]))
        add("received_on", "&Received", DateField(today, Toward.PAST, required=True))
        add("received_time", "A&t", TimeField())
        add("keep", "Keep", self.keep)
        add("sender", "&From", LineField(LONGEST_SENDER, placeholder="Empty: whoever has the account"))
        add("subject_line", "A&bout", LineField(LONGEST_SUBJECT, placeholder="In a few words"))
        add("account_id", "A&ccount", self.picker)
        add("category_id", "Cate&gory", self.category)
        self.addRow(label("Enter on Category logs it; Tab goes on to what is rarer.", "muted", wrap=True))
        add("holder", "G&iven to", self.holder)
        add("reference", "T&heir reference", LineField(LONGEST_REFERENCE, placeholder="Such as an invoice number"))
        add("sender_address", "Answer t&o", AreaField(LONGEST_ADDRESS, height=56, placeholder=_WHERE))
        priorities: list[tuple[str, object]] = [(words, each) for each, words in PRIORITIES.items()]
        add("priority", "&Priority", ChoiceField([("As its category", None), *priorities]))
        needs: list[tuple[str, object]] = [(formats.words(need), need) for need in FormatNeed]
        add("format", "For&mat", ChoiceField([("As the tenants need it", None), *needs]))
        add("language", "Lang&uage", LineField(40, placeholder="As the tenants need it"))
        add("text", "What it sa&ys", AreaField(LONGEST_TEXT, height=84))
        self.fill({"received_on": today()})

    def _own_account(self) -> None:
        if not self._filling:
            self._account.own = True

    def _own_category(self) -> None:
        if not self._filling:
            self._category.own = True
