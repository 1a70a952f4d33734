"""The routing rules: the table of them, and the sheet in which one is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.post_log.dto import NOBODY, Holder
from app.services.post_log.routing.dto import FIELDS, LONGEST_WORDS, Choices, RuleForm, RuleRow
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.listed_card import listed_card
from app.views.common.page import Page
from app.views.common.parts import column
from app.views.common.theme import scaled
from app.views.post_log.choices import PRIORITIES, holder_choices

_ABOUT = (
    "The first rule whose words stand in an e-mail or an item says what it is about and who gets it."
    " What a rule filled in stays marked until an officer confirms it."
)
_EMPTY = "There are no rules yet. Press Ctrl+N and say which words mean which category."


class RulesPage(Page):
    """The rules in the order in which they are tried.

    Signals:
        change_wanted(RuleRow), new_wanted, remove_wanted(RuleRow): as they say.
        move_wanted(RuleRow, by): try it earlier or later.
    """

    change_wanted = Signal(object)
    new_wanted = Signal()
    remove_wanted = Signal(object)
    move_wanted = Signal(object, int)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Rules", areas=frozenset({"post_rules"}), help_topic="post_log")
        self._may_change = may_change
        self.model: ListModel[RuleRow] = ListModel(
            (
                Column("position", "", lambda row: row.position, 44, firm=True),
                Column("words", "Where any of these words stands", lambda row: row.rule.words, 300),
                Column("field", "In", lambda row: FIELDS[row.rule.field], 96),
                Column("category", "It is about", lambda row: row.category, 210, floor=150),
                Column("holder", "Goes to", lambda row: row.holder, 160, least=1),
                Column("priority", "Priority", _priority, 90, least=2),
            ),
            in_turn=True,
        )
        self.table = DataTable("Routing rules", self.model, stretch="words", empty=_EMPTY)
        self._change = self.add_key(
            "Ctrl+Return", "Change", lambda: self._give(self.change_wanted), more=("Ctrl+Enter",)
        )
        self._new = self.add_key("Ctrl+N", "New rule", self.new_wanted.emit)
        self._up = self.add_key("Alt+Up", "Earlier", lambda: self._move(-1))
        self._down = self.add_key("Alt+Down", "Later", lambda: self._move(1))
        self._remove = self.add_key("Ctrl+Del", "Remove", lambda: self._give(self.remove_wanted))
        self._arrange()
        self.table.chosen.connect(self._follow)
        self.table.opened.connect(lambda _row: self._change.trigger())
        self._new.setEnabled(may_change)
        self.setFocusProxy(self.table)
        self._follow(None)

    def show_rules(self, rules: tuple[RuleRow, ...]) -> None:
        """Show these; the one that was chosen stays chosen where it now stands."""
        kept = self.table.row()
        self.model.show_rows(rules)
        places = {each.rule.rule_id: at for at, each in enumerate(rules)}
        if rules:
            at = self.table.currentIndex().row()
            before = places.get(kept.rule.rule_id, min(max(at, 0), len(rules) - 1)) if isinstance(kept, RuleRow) else 0
            self.table.go_to(before)
        else:
            self._follow(None)

    def _arrange(self) -> None:
        actions = (
            (self._up, "arrow-up", ""),
            (self._down, "arrow-down", ""),
            (self._remove, "trash-can-outline", ""),
            (self._change, "pencil-outline", ""),
            (self._new, "plus", "primary"),
        )
        column(self, listed_card("Rules", actions, self.table, _ABOUT))

    def _follow(self, chosen: object) -> None:
        there = self._may_change and isinstance(chosen, RuleRow)
        for action in (self._change, self._remove, self._up, self._down):
            action.setEnabled(there)

    def _give(self, signal: object) -> None:
        chosen = self.table.row()
        if isinstance(chosen, RuleRow):
            signal.emit(chosen)  # type: ignore[attr-defined]

    def _move(self, by: int) -> None:
        chosen = self.table.row()
        if isinstance(chosen, RuleRow):
            self.move_wanted.emit(chosen, by)


class RuleSheet(Sheet):
    """One rule as a form; at least one of category, holder and priority is proposed."""

    def __init__(self, parent: QWidget, choices: Choices, shown: RuleRow | None) -> None:
        super().__init__(parent, "Change the rule" if shown else "New rule", primary="Save")
        self._shown = shown
        self.words = LineField(LONGEST_WORDS, placeholder="rent increase, new rent, review*")
        self.field = ChoiceField([(name, each) for each, name in FIELDS.items()])
        self.category = ChoiceField([("Nothing is said", None), *((name, each) for each, name in choices.categories)])
        self.holder = ChoiceField(holder_choices(choices, "Nothing is said"))
        self.priority = ChoiceField([("Nothing is said", None), *((name, each) for each, name in PRIORITIES.items())])
        form = self.form()
        form.add("words", "&Words", self.words, "With commas between; one is enough. review* finds reviewed too")
        form.add("field", "&Look in", self.field)
        form.add("category", "It is &about", self.category)
        form.add("holder", "&Goes to", self.holder)
        form.add("priority", "&Priority", self.priority)
        if shown is None:
            self.field.set_value(next(reversed(FIELDS)))
        else:
            self.words.set_value(shown.rule.words)
            self.field.set_value(shown.rule.field)
            self.category.set_value(shown.rule.category_id)
            self.holder.set_value(shown.rule.holder)
            self.priority.set_value(shown.rule.priority)
        self.setMinimumWidth(scaled(600))

    def rule(self) -> RuleForm:
        """What the fields say."""
        holder = self.holder.value()
        return RuleForm(
            self.field.value(),
            str(self.words.value()),
            self.category.value(),
            holder if isinstance(holder, Holder) else NOBODY,
            self.priority.value(),
            self._shown.rule.rule_id if self._shown else None,
            self._shown.version if self._shown else 0,
        )


def _priority(shown: RuleRow) -> str:
    return "" if shown.rule.priority is None else PRIORITIES[shown.rule.priority]
