"""Delegation: an officer's approvals go to a colleague for some days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.admin.delegations import DelegationLine, DelegationsPage, NewDelegation
from app.services.core.permissions import Permission
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.fields import AreaField, ChoiceField
from app.views.common.fields_dates import DateField
from app.views.common.ticks import TickList

DELEGATIONS: tuple[Column[DelegationLine], ...] = (
    Column("from", "Approvals of", lambda row: row.from_name, 150, floor=140),
    Column("to", "Given to", lambda row: row.to_name, 150, floor=140),
    Column("from_on", "From", lambda row: row.from_on, 100, least=1),
    Column("to_on", "To", lambda row: row.to_on, 100),
    Column(
        "state",
        "State",
        lambda row: formats.words(row.state),
        80,
        least=2,
        tone=lambda row: "good" if row.state == "in force" else "muted",
    ),
)


class DelegationsSection(ListSection[DelegationLine]):
    """Every delegation.

    Signals:
        new_wanted
        end_wanted(DelegationLine)
    """

    new_wanted = Signal()
    end_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Delegation",
            DELEGATIONS,
            noun="delegation",
            key=lambda row: row.delegation_id,
            stretch="from",
            empty="Nobody has delegated approvals yet. Ctrl+N gives yours to a colleague while you are away.",
            areas=frozenset({"admin", "approvals"}),
            permission=Permission.DELEGATE_APPROVALS,
            may_change=may_change,
        )
        self.first_action("Ctrl+N", "Delegate my approvals", "account-switch-outline", self.new_wanted.emit)
        self.end = self.row_action("Ctrl+Del", "End it", "stop-circle-outline", self.end_wanted.emit)
        self.above.addWidget(
            note_label("Never lend a password: a colleague approves with your limits for the days you say.")
        )
        self.show_row(None)

    def show_row(self, chosen: DelegationLine | None) -> None:
        """What was delegated, and why."""
        if not hasattr(self, "end"):
            return
        self.end.setVisible(chosen is not None and chosen.may_end)
        if chosen is None:
            return
        self.title.setText(f"{chosen.from_name} to {chosen.to_name}")
        self.mark(formats.words(chosen.state), "good" if chosen.state == "in force" else "")
        self.tell("From and to, both included", f"{formats.day(chosen.from_on)} to {formats.day(chosen.to_on)}")
        self.tell("What", chosen.kinds)
        self.tell("Why", chosen.reason)


class DelegateSheet(FormSheet):
    """One's approvals for a colleague.

    Signals:
        delegation_given(NewDelegation)
    """

    delegation_given = Signal(object)

    def __init__(self, parent: QWidget, page: DelegationsPage, today: date) -> None:
        note = (
            "They approve in your place, with your limits, and the trail says so. Neither of you decides on what the "
            "other asked for."
        )
        super().__init__(parent, "Delegate my approvals", "Delegate", note)
        people = [(name, officer_id) for officer_id, name in page.colleagues]
        self.add("to", "&To", ChoiceField([("Choose a colleague", None), *people]))
        self.add("from_on", "&From", DateField(lambda: today, required=True), value=today)
        self.add("to_on", "&Last day", DateField(lambda: today, required=True))
        kinds = TickList([(title, key) for key, title in page.kinds], most=5)
        self.add("kinds", "&Only these", kinds, "Tick none for everything")
        self.add("reason", "Rea&son", AreaField(400, height=48))
        self.filled.connect(self._give_delegation)

    def _give_delegation(self, values: dict[str, object]) -> None:
        to, kinds, begins, ends = (values[name] for name in ("to", "kinds", "from_on", "to_on"))
        assert isinstance(kinds, frozenset)
        assert isinstance(begins, date)
        assert isinstance(ends, date)
        reason = str(values["reason"]).strip()
        self.delegation_given.emit(NewDelegation(to if isinstance(to, int) else 0, begins, ends, reason, kinds))
