"""The receipt that is chosen: what was taken and how, by whom, where it went, and whether it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.services.reception_payments.callers.dto import QUESTIONS, Ask
from app.services.reception_payments.receipts.dto.shown import STATES, ReceiptAct, ReceiptDetail, ShareRow
from app.services.reception_payments.receipts.rules import METHODS
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import label, pill, restyle
from app.views.common.record_card import RecordCard, say
from app.views.common.works import Part
from app.views.reception_payments.table import SHARES, TONES, moment_words, payer_words

_SHUT: Final = "It is of a restricted record: only named officers may open it."


class ReceiptCard(RecordCard):
    """The right side of the page.

    Args:
        buttons: what can be done with the receipt.
        parts: the tabs after where it went; each is made when it is first opened.

    Signals:
        account_opened(account_id): Enter on an account that it went to.
    """

    account_opened = Signal(int)

    def __init__(self, buttons: Sequence[QWidget], parts: Sequence[Part] = ()) -> None:
        super().__init__("What is shown")
        self._state = pill("")
        self._method = pill("")
        self._amount = label("", "strong")
        self._about = label("", wrap=True)
        self._how = label("", wrap=True)
        self._undone = label("", wrap=True)
        self._paper = label("", "muted", wrap=True)
        self._why_not = label("", wrap=True)
        self.shares: ListModel[ShareRow] = ListModel(SHARES, in_turn=True)
        table = DataTable("Where it went", self.shares, stretch="account", empty="Nothing is shown.")
        table.opened.connect(self._open)
        self.parts.add_part("Where it went", table)
        self.parts.add_drawers(parts)
        self.arrange((self._state, self._method, self._amount), self._said, buttons)
        self.clear()

    @property
    def _said(self) -> tuple[QLabel, ...]:
        return (self._about, self._how, self._undone, self._paper, self._why_not)

    def clear(self) -> None:
        """Nothing is chosen."""
        self.title.say("No receipt is chosen")
        for each in (self._state, self._method, self._amount, *self._said):
            each.setVisible(False)
        say(self._about, "Choose one in the list to see where it went, and to print it again.")
        self.parts.setVisible(False)

    def show_receipt(self, found: ReceiptDetail) -> None:
        """Show a receipt whole."""
        row = found.row
        self.title.say(f"{row.number}  {row.name}".strip())
        self._state.setText(STATES[row.state])
        restyle(self._state, tone=TONES[row.state].replace("muted", ""))
        self._method.setText(METHODS[row.taken_by])
        for each in (self._state, self._method):
            each.setVisible(True)
        say(self._amount, str(row.amount))
        say(self._about, _about(found))
        say(self._how, _sentences(*found.how, _proved(found), found.note))
        say(self._undone, _sentences(found.undone, _lost(found), found.challenged), "bad" if _is_back(found) else "")
        say(self._paper, _paper(found))
        why_not = _SHUT if row.shut else found.why_not.get(ReceiptAct.VOID, "") if _stands(found) else ""
        say(self._why_not, why_not, "" if row.shut else "muted")
        self.shares.show_rows(found.shares)
        self.parts.setVisible(not row.shut)

    def _open(self, found: ShareRow) -> None:
        if found.account_id is not None:
            self.account_opened.emit(found.account_id)


def _stands(found: ReceiptDetail) -> bool:
    return found.undone_journal is None and found.request_id is None


def _is_back(found: ReceiptDetail) -> bool:
    """Whether some of it is off its accounts, or has to come off."""
    return bool(found.undone_journal or found.lost or found.challenged)


def _lost(found: ReceiptDetail) -> str:
    return f"{found.lost} of it was challenged and lost: Came back takes that off the accounts" if found.lost else ""


def _about(found: ReceiptDetail) -> str:
    row = found.row
    payer = payer_words(row)
    paid = f" by {payer}" if payer and not row.shut else ""
    return f"Paid on {formats.day(row.taken_on)}{paid}. {row.officer} took it at {row.desk}{moment_words(row)}."


def _proved(found: ReceiptDetail) -> str:
    """What the payer answered rightly; the answers are kept nowhere."""
    words = [QUESTIONS[Ask(key)] for key in found.proved_by if key in set(Ask)]
    return f"Proved by: {', '.join(each[:1].lower() + each[1:] for each in words)}" if words else ""


def _paper(found: ReceiptDetail) -> str:
    said = []
    if found.printed:
        said.append(f"Printed {formats.count(found.printed, 'time')}")
    if found.emailed_at is not None:
        said.append(f"E-mailed on {formats.day(found.emailed_at.astimezone().date())}")
    return _sentences(*said, f"Journal {found.journal}")


def _sentences(*said: str) -> str:
    return " ".join(f"{each.rstrip('.')}." for each in said if each)
