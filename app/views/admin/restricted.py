"""Restricted records: opened by named officers only, each view logged."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.admin.restricted import NewRestriction, RestrictedLine, RestrictedPage, ViewLine
from app.services.core.permissions import Permission
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.common import formats
from app.views.common.boxes import emptied
from app.views.common.columns import Column
from app.views.common.fields import AreaField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.parts import label, row, rule
from app.views.common.ticks import TickList

_MOST_VIEWS = 12
RESTRICTED: tuple[Column[RestrictedLine], ...] = (
    Column("reference", "Record", lambda row: row.reference, 120, firm=True),
    Column("readers", "Opened by", lambda row: row.readers, 200, floor=140),
    Column("review_on", "Look at again", lambda row: row.review_on, 108, tone=lambda row: "bad" if row.overdue else ""),
    Column("views", "Views", lambda row: row.views, 64, right=True, least=1),
    Column("state", "State", lambda row: "released" if row.released_at else "", 80, tone=lambda _row: "muted", least=2),
)


class RestrictedSection(ListSection[RestrictedLine]):
    """Every restricted record, by reference.

    Signals:
        restrict_wanted
        release_wanted(RestrictedLine)
    """

    restrict_wanted = Signal()
    release_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        self._views: tuple[ViewLine, ...] = ()
        super().__init__(
            "Restricted records",
            RESTRICTED,
            noun="record",
            key=lambda row: row.restricted_id,
            stretch="readers",
            empty="No record is restricted. Ctrl+N restricts a tenancy, such as that of a councillor or a colleague.",
            areas=frozenset({"admin"}),
            permission=Permission.RESTRICT_RECORDS,
            may_change=may_change,
        )
        self.first_action("Ctrl+N", "Restrict a record", "eye-lock-outline", self.restrict_wanted.emit)
        self.release = self.row_action("Ctrl+Del", "Release it", "lock-open-outline", self.release_wanted.emit)
        self.above.addWidget(
            note_label("Lists, the finder and exports show the reference alone. Whoever opens the record is logged.")
        )
        self.show_row(None)

    def show_restricted(self, page: RestrictedPage) -> None:
        """Show the records."""
        self._views = page.views
        self.show_rows(page.lines)

    def show_row(self, chosen: RestrictedLine | None) -> None:
        """Who may open a record, why, and who did."""
        if not hasattr(self, "release"):
            return
        self.release.setVisible(chosen is not None and self.may_change and chosen.released_at is None)
        emptied(self.below)
        if chosen is None:
            return
        self.title.setText(chosen.reference)
        if chosen.overdue:
            self.mark("To be looked at again", "bad")
        self.mark("Released" if chosen.released_at else "Restricted", "" if chosen.released_at else "warning")
        self.tell("May be opened by", chosen.readers)
        self.tell("Why", chosen.reason)
        self.tell("Restricted", f"{formats.moment(chosen.restricted_at)} by {chosen.restricted_by}")
        self.tell("Look at it again", formats.day(chosen.review_on))
        self.tell("Released", formats.moment(chosen.released_at))
        self.below.addWidget(rule())
        self.below.addWidget(label("Latest views of restricted records", "strong"))
        for view in self._views[:_MOST_VIEWS]:
            line = row(label(f"{view.officer}, {view.reference}"), None, label(formats.moment(view.at), "muted"))
            self.below.addLayout(line)
        if not self._views:
            self.below.addWidget(label("Nobody has opened one.", "muted"))


class RestrictSheet(FormSheet):
    """A record to be restricted.

    Signals:
        restriction_given(NewRestriction)
    """

    restriction_given = Signal(object)

    def __init__(self, parent: QWidget, page: RestrictedPage, today: date) -> None:
        note = "Every account of the tenancy and its people is restricted at once, for everybody but those you name."
        super().__init__(parent, "Restrict a record", "Restrict", note)
        self.add("reference", "&Reference", LineField(40), "A payment or tenancy reference")
        self.add("reason", "Rea&son", AreaField(400, height=48), "Without details that a list may not show")
        roles = TickList([(name, key) for key, name in page.roles], most=4)
        self.add("roles", "Opened by r&oles", roles, "With nobody ticked: every role that may open restricted records")
        self.add("officers", "And o&fficers", TickList([(name, each) for each, name in page.people], most=4))
        self.add("review_on", "&Look at it again", DateField(lambda: today), "May be left empty")
        self.filled.connect(self._give_restriction)

    def _give_restriction(self, values: dict[str, object]) -> None:
        roles, people, review = values["roles"], values["officers"], values["review_on"]
        assert isinstance(roles, frozenset)
        assert isinstance(people, frozenset)
        self.restriction_given.emit(
            NewRestriction(
                str(values["reference"]),
                str(values["reason"]).strip(),
                roles,
                people,
                review if isinstance(review, date) else None,
            )
        )
