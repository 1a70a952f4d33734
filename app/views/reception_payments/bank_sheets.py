"""The sheets of the bank: a statement, all sure lines at once, taking a match back, a bank account, a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Fund, Money
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.reception_payments.bank.dto import StatementFile
from app.services.reception_payments.bank.kept import BankChange, BankRow, NewBank, NewMatch, NewRule
from app.services.reception_payments.bank.shown import RuleForm, RuleRow, StatementLook
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import label
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled
from app.views.reception_payments.bank_tables import SURE, Shown, line_words

_WIDE, _WIDER, _WHY, _NAME, _RULE, _ROWS = 560, 900, 200, 60, 120, 12
_FUNDS: Final = (("Housing Revenue Account", Fund.HRA), ("General Fund", Fund.GENERAL))
_FORMATS: Final = {"mt940": "MT940", "bai2": "BAI2", "camt053": "camt.053", "csv": "A table with headings"}


class StatementSheet(WorkSheet):
    """A file of the bank that is looked through before it is loaded. Nothing of it is kept in a draft."""

    keeps_itself = True

    def __init__(self, parent: QWidget, path: Path, banks: Sequence[BankRow]) -> None:
        note = "All of it is loaded, or nothing. Each line is loaded once, whichever files it stands in."
        super().__init__(parent, f"Load {path.name}", save="Load it", note=note, width=980)
        self.path = path
        self.file: StatementFile | None = None
        self._looks: tuple[StatementLook, ...] = ()
        self.fields = fields = self.form()
        choices = [(row.name, row.bank_id) for row in banks if row.active]
        fields.add(
            "bank_id", "&Bank account", ChoiceField([("Choose", None), *choices]), "The file doesn't say whose it is"
        )
        fields.add(
            "gap_why", "&Why", AreaField(_WHY, height=scaled(60)), "Why it doesn't begin where the last one ended"
        )
        self._nothing = label("Nothing is to be said of it.", "muted", wrap=True)
        self.add_below(self._nothing)
        self._fit()
        self.effects.say("Reading the file.")

    @property
    def bank_id(self) -> int | None:
        """Whose statement it is, where the file doesn't say."""
        found: int | None = self.fields.values()["bank_id"]
        return found

    @property
    def gap_why(self) -> str:
        """Why it doesn't follow, where it doesn't."""
        return str(self.fields.values()["gap_why"] or "")

    def command(self) -> StatementFile | None:
        """The file; None while it is read.

        Raises:
            UserError: it can't be loaded as it is.
        """
        if self.file is None or not self._looks:
            return None
        wrong = next((each.wrong for each in self._looks if each.wrong), "") or " ".join(self.file.faults)
        if wrong:
            raise UserError(wrong, field=None if any(each.names_account for each in self._looks) else "bank_id")
        return self.file

    def show_refused(self, error: UserError) -> None:
        """The file can't be read."""
        self.effects.say(str(error), wrong=True)
        self.bar(barred=True)

    def show_looks(self, file: StatementFile, found: tuple[StatementLook, ...]) -> None:
        """Show what the file says, and what loading it does."""
        self.file, self._looks = file, found
        told = [Effect("The file", f"{_FORMATS[file.format.value]}, {formats.count(len(file.lines), 'line')}.")]
        told += [Effect("The file", fault, warns=True) for fault in file.faults]
        for each in found:
            told += _effects(each)
        self.effects.show_effects(told)
        self.bar(bool(file.faults) or any(each.wrong and each.names_account for each in found))
        self._fit()
        self.begin()

    def begin(self) -> None:
        """Where something is to be said, else on the button."""
        asked = (self.fields.field(name) for name in ("bank_id", "gap_why"))
        first = next((field for field in asked if field.isVisible()), self.primary)
        if first is not None:
            first.setFocus()

    def _fit(self) -> None:
        nameless = any(not each.names_account for each in self._looks)
        gap = any(each.gap for each in self._looks)
        for name, there in (("bank_id", nameless), ("gap_why", gap)):
            self.fields.setRowVisible(self.fields.labels[name], there)
        self._nothing.setVisible(not nameless and not gap)


class SureSheet(Sheet):
    """All lines of which nothing else fits, before they are matched at once."""

    def __init__(self, parent: QWidget, rows: Sequence[Shown]) -> None:
        note = (
            "Nothing else fits them, and each comes to the penny. Each is a match of its own, which can be taken back."
        )
        super().__init__(parent, f"Match {formats.count(len(rows), 'line')}", primary="Match them", note=note)
        self._rows = tuple(rows)
        model = ListModel(SURE)
        self.table = DataTable("Lines to match", model, stretch="words")
        self.table.setMinimumHeight(row_height() * _ROWS)
        foot = ListFoot(self.table, ("line", "lines"), tools=True)
        model.show_rows(self._rows)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(foot)
        self.begin_at(self.table)
        self.resize(scaled(_WIDER), self.sizeHint().height())

    def command(self) -> tuple[NewMatch, ...]:
        """The matches."""
        return tuple(row.proposal.match for row in self._rows if row.proposal is not None)


class BackSheet(Sheet):
    """A match is taken back with a reason."""

    def __init__(self, parent: QWidget, row: Shown) -> None:
        note = "Its lines are open again, what it brought is in transit again, and payments that it receipted are reversed."
        super().__init__(parent, f"Take back the match of {line_words(row.line)}", primary="Take it back", note=note)
        self.fields = self.form()
        self.fields.add("why", "&Why", AreaField(_WHY, height=scaled(60)))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> str:
        """Why."""
        return str(self.fields.values()["why"] or "")


class BankSheet(Sheet):
    """A bank account of the council: a new one, or another name for one."""

    def __init__(self, parent: QWidget, shown: BankRow | None, today: Callable[[], date]) -> None:
        title = f"Bank account: {shown.name}" if shown else "New bank account"
        note = "" if shown else "From its first day on, what is receipted is held against its statements."
        super().__init__(parent, title, primary="Save", note=note)
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("name", "&Name", LineField(_NAME))
        if shown is not None:
            fields.add("active", "Use", TickField("&In use: statements of it are loaded"))
            fields.fill({"name": shown.name, "active": shown.active})
        else:
            number = LineField(_NAME, placeholder="Sort code and number, or IBAN")
            fields.add("account", "&Account", number, "As its statements name it; it is kept sealed")
            fields.add("fund", "&Fund", ChoiceField(_FUNDS))
            fields.add("starts_on", "First &day", DateField(today, required=True))
            fields.add(
                "opening",
                "&On it before",
                MoneyField(credits_too=True),
                "What its statement of the day before closed with",
            )
            fields.fill({"fund": Fund.HRA, "starts_on": today()})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> NewBank | BankChange | None:
        """What is asked for; None where a field can't be read, which it says."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        if self._shown is not None:
            return BankChange(self._shown.bank_id, values["name"], values["active"])
        opening: Money = values["opening"] or ZERO
        return NewBank(values["name"], values["fund"], values["account"], values["starts_on"], opening)


class RuleSheet(Sheet):
    """Words by which a line of the bank is known."""

    def __init__(self, parent: QWidget, form: RuleForm, shown: RuleRow | None) -> None:
        note = "A line with these words is proposed to be that; an officer takes it. Capitals don't matter."
        super().__init__(parent, "Rule" if shown else "New rule", primary="Save", note=note)
        self._shown = shown
        self.fields = fields = self.form()
        fields.add(
            "words", "&Words", LineField(_RULE, placeholder="Such as COUNCIL TAX, or the name of the card provider")
        )
        choices = [("Money of another service", ""), *form.channels]
        fields.add("channel", "It &is", ChoiceField(choices))
        if shown is not None:
            fields.add("active", "Use", TickField("In &use"))
            fields.fill({"words": shown.words, "channel": shown.channel, "active": shown.active})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> NewRule:
        """What is asked for."""
        values, shown = self.fields.values(), self._shown
        rule_id = shown.rule_id if shown else None
        return NewRule(values["words"], values["channel"], bool(values.get("active", True)), rule_id)


def _effects(each: StatementLook) -> list[Effect]:
    bank = each.bank or (f"Account ending {each.tail}" if each.tail else "Bank account not known yet")
    told: list[Effect] = []
    if each.from_on and each.to_on:
        days = formats.day(each.to_on)
        days = days if each.from_on == each.to_on else f"{formats.day(each.from_on)} to {days}"
        told.append(Effect(bank, f"Of {days}."))
    if each.opening is not None and each.closing is not None:
        told.append(Effect(bank, f"Moved {each.moved}", str(each.opening), str(each.closing)))
    if each.wrong:
        return [*told, Effect(bank, each.wrong, warns=True)]
    follows = Effect(bank, each.gap, warns=True) if each.gap else Effect(bank, "It begins where the last one ended.")
    told += [follows, Effect(bank, f"{formats.count(each.new, 'new line')}.")]
    if each.repeated:
        told.append(Effect(bank, f"Already there: {formats.count(each.repeated, 'line')}."))
    return told
