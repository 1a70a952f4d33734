"""Declared accounts: an officer's own, a relative's, or another that they may not work on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Relation
from app.services.admin.declared import DeclaredLine, DeclaredPage, NewDeclaration
from app.services.core.permissions import Permission
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.fields import AreaField, ChoiceField, LineField

_RELATIONS = {
    Relation.OWN: "their own account",
    Relation.RELATIVE: "a relative's account",
    Relation.OTHER: "another account",
}
DECLARED: tuple[Column[DeclaredLine], ...] = (
    Column("officer", "Officer", lambda row: row.officer, 160, floor=140),
    Column("reference", "Account", lambda row: row.reference, 110, firm=True),
    Column("relation", "Whose it is", lambda row: formats.words(_RELATIONS[row.relation]), 150, floor=145),
    Column("from_on", "From", lambda row: row.from_on, 100, least=1),
    Column("to_on", "To", lambda row: row.to_on, 100, least=2),
)


class DeclaredSection(ListSection[DeclaredLine]):
    """The declarations that the officer may see.

    Signals:
        declare_wanted
        end_wanted(DeclaredLine)
    """

    declare_wanted = Signal()
    end_wanted = Signal(object)

    def __init__(self, *, may_declare: bool, may_end: bool) -> None:
        self._may_end = may_end
        self._own_id = 0
        super().__init__(
            "Declared accounts",
            DECLARED,
            noun="account",
            key=lambda row: row.declared_id,
            stretch="officer",
            empty="No account is declared. Ctrl+N declares your own, a relative's or a close friend's.",
            areas=frozenset({"admin"}),
            permission=Permission.DECLARE_ACCOUNTS,
            may_change=may_declare,
        )
        self.first_action("Ctrl+N", "Declare an account", "plus", self.declare_wanted.emit)
        self.end = self.row_action("Ctrl+Del", "End it", "stop-circle-outline", self.end_wanted.emit)
        self.above.addWidget(
            note_label("You may look at an account that you declared, but not change anything on it or its tenancy.")
        )
        self.show_row(None)

    def show_declared(self, page: DeclaredPage) -> None:
        """Show the declarations."""
        self._own_id = page.own_id
        self.show_rows(page.lines)

    def show_row(self, chosen: DeclaredLine | None) -> None:
        """What was declared, by whom and why."""
        if not hasattr(self, "end"):
            return
        others = chosen is not None and chosen.officer_id != self._own_id
        self.end.setVisible(self._may_end and others and chosen is not None and chosen.in_force)
        if chosen is None:
            return
        self.title.setText(chosen.reference)
        self.subtitle.setText(f"{chosen.officer}: {_RELATIONS[chosen.relation]}")
        self.mark("In force" if chosen.in_force else "Ended", "good" if chosen.in_force else "")
        self.tell("From", formats.day(chosen.from_on))
        self.tell("To", formats.day(chosen.to_on))
        self.tell("Why", chosen.reason)
        self.tell("Declared by", chosen.declared_by)


class DeclareSheet(FormSheet):
    """An account to be declared.

    Signals:
        declaration_given(NewDeclaration)
    """

    declaration_given = Signal(object)

    def __init__(self, parent: QWidget, page: DeclaredPage) -> None:
        note = "From now on its officer may look at the account, but not work on it or on others of the same tenancy."
        super().__init__(parent, "Declare an account", "Declare", note)
        people = ChoiceField([(name, officer_id) for officer_id, name in page.people])
        people.set_value(page.own_id)
        self.add("officer", "&Officer", people)
        self.add("reference", "&Reference", LineField(40), "A payment or tenancy reference")
        relations = [(formats.words(words), relation) for relation, words in _RELATIONS.items()]
        self.add("relation", "&Whose it is", ChoiceField(relations))
        self.add("reason", "Rea&son", AreaField(400, height=48), "For another account: such as 'close friend'")
        self.filled.connect(self._give_declaration)

    def _give_declaration(self, values: dict[str, object]) -> None:
        officer, relation = values["officer"], values["relation"]
        assert isinstance(officer, int)
        reason = str(values["reason"]).strip()
        new = NewDeclaration(officer, str(values["reference"]), Relation(str(relation)), reason)
        self.declaration_given.emit(new)
