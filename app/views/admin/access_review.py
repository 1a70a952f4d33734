"""The yearly access review: every officer's roles and limits, signed line by line by somebody else."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.models.values import ReviewDecision
from app.services.admin.access_review import ReviewLine, ReviewPage
from app.services.core.permissions import Permission
from app.views.admin.listed import ListSection
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.parts import label, restyle

_DECIDED = {ReviewDecision.KEEP: "Keep", ReviewDecision.CHANGE: "Change", ReviewDecision.REMOVE: "Take away"}


def _decided(row: ReviewLine) -> str:
    return _DECIDED[row.decision] if row.decision else "to be signed"


def _seen(row: ReviewLine) -> str:
    return formats.moment(row.last_seen_at) if row.last_seen_at else "never"


REVIEW: tuple[Column[ReviewLine], ...] = (
    Column("name", "Officer", lambda row: row.name, 160, floor=155),
    Column("roles", "Roles", lambda row: row.roles, 180, floor=140),
    Column("seen", "Last here", lambda row: row.last_seen_at, 132, least=2, shown=_seen),
    Column("decision", "Decision", _decided, 104, firm=True, tone=lambda row: "" if row.decision else "warning"),
    Column("by", "Signed by", lambda row: row.signed_by, 140, least=1, floor=140),
)


class AccessReviewSection(ListSection[ReviewLine]):
    """The review under way, or the last one.

    Signals:
        start_wanted
        sign_wanted(ReviewLine, ReviewDecision)
    """

    start_wanted = Signal()
    sign_wanted = Signal(object, object)

    def __init__(self, *, may_change: bool) -> None:
        self._open = False
        super().__init__(
            "Access review",
            REVIEW,
            noun="officer",
            key=lambda row: row.officer_id,
            stretch="roles",
            empty="There was no access review yet. Ctrl+N begins the first: every officer is listed with what they hold.",
            areas=frozenset({"admin"}),
            permission=Permission.REVIEW_ACCESS,
            may_change=may_change,
        )
        self.start = self.first_action("Ctrl+N", "Begin a review", "clipboard-check-outline", self.start_wanted.emit)
        self.keep = self.row_action("Ctrl+Return", "Keep", "check", lambda row: self._sign(row, ReviewDecision.KEEP))
        self.change = self.row_action(
            "F2", "Change", "pencil-outline", lambda row: self._sign(row, ReviewDecision.CHANGE)
        )
        self.remove = self.row_action(
            "Ctrl+Del", "Take away", "account-cancel-outline", lambda row: self._sign(row, ReviewDecision.REMOVE)
        )
        self._when = label("", wrap=True)
        self.above.addWidget(self._when)
        self.show_row(None)

    def show_review(self, page: ReviewPage) -> None:
        """Show a review and when it, or the next, is due."""
        self._open = page.open
        signed = sum(line.decision is not None for line in page.lines)
        if page.open:
            words = f"{signed} of {len(page.lines)} signed; to be finished by {formats.day(page.due_on)}."
        elif page.review_id is None:
            words = "Every officer's roles and limits are looked over once a year."
        else:
            words = f"Finished {formats.moment(page.finished_at)}. The next is due on {formats.day(page.due_on)}."
        late = page.overdue and page.review_id is not None
        self._when.setText(f"{words} It is overdue." if late else words)
        restyle(self._when, tone="bad" if late else "")
        self.start.setEnabled(self.may_change and not page.open)
        self.show_rows(page.lines)

    def show_row(self, chosen: ReviewLine | None) -> None:
        """What an officer holds, and what was decided."""
        if not hasattr(self, "remove"):
            return
        free = chosen is not None and self._open and self.may_change and chosen.decision is None and not chosen.own
        for action in (self.keep, self.change, self.remove):
            action.setVisible(free)
        if chosen is None:
            return
        self.title.setText(chosen.name)
        self.mark(_decided(chosen).capitalize(), "" if chosen.decision else "warning")
        if chosen.own and chosen.decision is None:
            self.tell("This is you", "Another reviewer signs your line.")
        self.tell("Roles when the review began", chosen.roles)
        self.tell("Limits", chosen.limits.replace("; ", "\n") or "none")
        self.tell("Last here", _seen(chosen))
        if chosen.decision:
            self.tell("Signed", f"{formats.moment(chosen.signed_at)} by {chosen.signed_by}")
        self.tell("Why", chosen.reason)

    def _sign(self, chosen: ReviewLine, decision: ReviewDecision) -> None:
        self.sign_wanted.emit(chosen, decision)
