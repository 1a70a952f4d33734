"""The access review: begun and signed."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import ReviewDecision
from app.services.admin import access_review
from app.services.admin.access_review import ReviewLine
from app.services.core.permissions import Permission
from app.views.admin.access_review import AccessReviewSection
from app.views.admin.listed import ReasonSheet
from app.views.common.office import Office

_CHANGE = "An administrator gets a task to ask for the change; a second officer approves it."
_REMOVE = "They are made a leaver today: they can't sign in, and nothing of theirs is deleted."


class AccessReviewController(QObject):
    """Joins the section of the access review to the services."""

    def __init__(self, office: Office) -> None:
        self.page = AccessReviewSection(may_change=Permission.REVIEW_ACCESS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.start_wanted.connect(self._start)
        self.page.sign_wanted.connect(self._sign)

    def _refresh(self) -> None:
        self._office.ask(self, access_review.page, then=self.page.show_review)

    def _start(self) -> None:
        def then(_changes: object) -> None:
            self._office.messages.good("The review has begun. Ctrl+Enter keeps what an officer has.")

        self._office.do(self, access_review.start, then=then)

    def _sign(self, chosen: ReviewLine, decision: ReviewDecision) -> None:
        if decision is ReviewDecision.KEEP:
            said = f"Signed: {chosen.name} keeps what they have."
            self._office.do(
                self, access_review.sign, chosen.officer_id, decision, then=lambda _c: self._office.messages.good(said)
            )
            return
        changes = decision is ReviewDecision.CHANGE
        title = f"{'Change' if changes else 'Take away'} the access of {chosen.name}"
        sheet = ReasonSheet(self.page, title, "Sign", _CHANGE if changes else _REMOVE)

        def sign(reason: str) -> None:
            def then(_changes: object) -> None:
                sheet.accept()
                self._office.messages.good(f"Signed: {title.lower()}.")

            self._office.do(
                self, access_review.sign, chosen.officer_id, decision, reason, then=then, refused=sheet.show_error
            )

        sheet.given.connect(sign)
        sheet.open()
