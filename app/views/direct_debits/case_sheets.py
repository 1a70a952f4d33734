"""The sheets of cases: opened, challenged, noted, written about, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import DebitCaseKind, Subject
from app.services.direct_debits.cases.dto import (
    KINDS,
    OUTCOMES,
    CaseDetail,
    CaseForm,
    ChallengeCase,
    CloseCase,
    Disputed,
    NewCase,
    WriteToBank,
)
from app.services.direct_debits.cases.rules import ENDS
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_ticks import TicksField
from app.views.common.theme import scaled

_WIDE: Final = 620
_WORDS, _REFERENCE, _NOTE = 400, 40, 2_000


class NewCaseSheet(Sheet):
    """A case of a mandate."""

    def __init__(self, parent: QWidget, form: CaseForm, today: date) -> None:
        note = f"{form.payer}. A claim that comes as a report of the bank (DDICA) opens its case by itself."
        super().__init__(parent, f"New case: mandate {form.reference}", primary="Open the case", note=note)
        self.about = (Subject.MANDATE, form.mandate_id)
        self._mandate_id = form.mandate_id
        self._key = f"case:{uuid4()}"
        self._of = _named(form.collections)
        self.fields = self.form()
        self.fields.add("kind", "W&hat", ChoiceField([(words, kind) for kind, words in KINDS.items()]))
        self.fields.add("words", "&About", LineField(_WORDS, placeholder="Such as: collected twice on 2 November"))
        self.fields.add("told_on", "&Told on", DateField(lambda: today, required=True), "A claim's days count from it")
        self.fields.add("collections", "&Collections", TicksField(tuple(self._of), height=120))
        self.fields.add("amount", "A&mount", MoneyField(), "Left empty: what the collections come to")
        self.fields.add("bank_reference", "Bank's &reference", LineField(_REFERENCE))
        self.fields.add("note", "&Note of the call", AreaField(_NOTE, height=70))
        self.fields.fill({"kind": DebitCaseKind.BANK_QUERY, "told_on": today})
        self.begin_at(self.fields.field("words"))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> NewCase | None:
        """What is asked for; None while the day or the amount can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        chosen = tuple(self._of[each] for each in values["collections"])
        return NewCase(
            self._key,
            values["kind"],
            self._mandate_id,
            values["words"],
            values["told_on"],
            chosen,
            values["amount"],
            values["bank_reference"],
            values["note"],
        )


def _named(collections: Sequence[Disputed]) -> dict[str, int]:
    """Each collection by its day and amount; of those that have both in common, each by which of them it is."""
    found: dict[str, int] = {}
    words = [f"{formats.day(each.due_on)}  {each.amount}" for each in collections]
    for at, each in enumerate(collections):
        alike, which = words.count(words[at]), words[: at + 1].count(words[at])
        found[f"{words[at]}  ({which} of {alike})" if alike > 1 else words[at]] = each.collection_id
    return found


class ChallengeSheet(Sheet):
    """A claim is challenged."""

    def __init__(self, parent: QWidget, found: CaseDetail) -> None:
        by = formats.weekday(found.row.challenge_by) if found.row.challenge_by else ""
        note = f"By {by}, with the evidence (F8 on the card makes it). The bank still takes the money until it agrees."
        super().__init__(parent, f"Challenge case {found.row.number}", primary="It is challenged", note=note)
        self._found = found
        self.about = (Subject.DIRECT_DEBIT_CASE, found.row.case_id)
        self.fields = self.form()
        self.fields.add(
            "words", "&What the bank was sent", LineField(_WORDS, placeholder="Such as: the notice of 1 October")
        )
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> ChallengeCase:
        """What is asked for."""
        return ChallengeCase(self._found.row.case_id, self._found.version, self.fields.values()["words"])


class CloseSheet(Sheet):
    """A case is closed."""

    def __init__(self, parent: QWidget, found: CaseDetail) -> None:
        taken = found.row.journal is not None
        back = f"Where the bank took the claim back, {found.row.amount} is put on the accounts again: "
        note = back + "not by whoever opened the case by hand." if taken else ""
        super().__init__(parent, f"Close case {found.row.number}", primary="Close the case", note=note)
        self._found = found
        self.about = (Subject.DIRECT_DEBIT_CASE, found.row.case_id)
        self.fields = self.form()
        self.fields.add("outcome", "&End", ChoiceField([(OUTCOMES[end], end) for end in ENDS[found.row.kind]]))
        self.fields.add("words", "&Why", LineField(_WORDS, placeholder="What the bank or the payer said"))
        self.begin_at(self.fields.field("outcome"))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> CloseCase:
        """What is asked for."""
        values = self.fields.values()
        return CloseCase(self._found.row.case_id, self._found.version, values["outcome"], values["words"])


class NoteSheet(Sheet):
    """A call or anything else is noted."""

    def __init__(self, parent: QWidget, found: CaseDetail) -> None:
        super().__init__(parent, f"Note on case {found.row.number}", primary="Keep the note")
        self._case_id = found.row.case_id
        self.about = (Subject.DIRECT_DEBIT_CASE, found.row.case_id)
        self.fields = self.form()
        self.fields.add("text", "&Note", AreaField(_NOTE, height=120, placeholder="Who rang, what was said and agreed"))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> tuple[int, str]:
        """The case, and what is noted."""
        return self._case_id, self.fields.values()["text"]


class BankLetterSheet(Sheet):
    """A letter to the payer's bank or building society."""

    def __init__(self, parent: QWidget, found: CaseDetail, bank: str) -> None:
        note = "Reference, payer, amount and the last two digits of the account are in the letter already."
        super().__init__(parent, f"Write to the bank: case {found.row.number}", primary="Queue the letter", note=note)
        self._case_id = found.row.case_id
        self.about = (Subject.DIRECT_DEBIT_CASE, found.row.case_id)
        self.fields = self.form()
        self.fields.add("bank", "&Bank", LineField(100, placeholder="Bank or building society"))
        self.fields.add(
            "address", "&Address", AreaField(_WORDS, height=84, placeholder="The postcode on the last line")
        )
        self.fields.add("text", "&What you ask", AreaField(_NOTE, height=120))
        self.fields.fill({"bank": bank})
        self.begin_at(self.fields.field("address" if bank else "bank"))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> WriteToBank:
        """What is asked for."""
        values = self.fields.values()
        return WriteToBank(self._case_id, values["bank"], values["address"], values["text"])
