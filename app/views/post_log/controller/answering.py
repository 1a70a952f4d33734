"""Acknowledging, answering, closing and opening again, linking, beginning the work, and letters that came back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.services.core import finding
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.letters.dto import OutgoingState
from app.services.post_log.answering import queries, returned
from app.services.post_log.answering.commands import answers, links, returns, works
from app.services.post_log.answering.dto import (
    Acknowledged,
    Answered,
    AnswerForm,
    NewAnswer,
    NewLink,
    NoteReturn,
    ReturnForm,
    WorkBegun,
)
from app.views.common import formats
from app.views.common.begin_work import BeginFromPost, BeginWork
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.post_log.acknowledging import AcknowledgeSheet
from app.views.post_log.answering import AnswerSheet
from app.views.post_log.closing import CloseSheet, LinkSheet, MarkSheet, ReopenSheet
from app.views.post_log.controller.item_work import ItemWork
from app.views.post_log.controller.sending import send_mail
from app.views.post_log.page import PostPage
from app.views.post_log.returned import ReturnSheet


def _acknowledged(done: Acknowledged) -> str:
    sent = formats.count(len(done.sent), "acknowledgement")
    waits = f" {done.waiting:,} wait for a second person." if done.waiting else ""
    left = "".join(f" {each.number} was left out: {each.why}" for each in done.left_out)
    return f"{sent} made.{waits}{left}"


def _answered(done: Answered) -> str:
    if done.outgoing_id is None:
        where = "The note is kept"
    elif done.state is OutgoingState.WAITING:
        where = "The answer waits for a second person"
    elif done.mailed:
        where = "The answer goes out now"
    else:
        where = "The answer is in the queue"
    return f"{where}{', and ' + done.number + ' is closed' if done.closed else ''}."


class AcknowledgeController(ItemWork):
    """Drafts the acknowledgements of what is chosen, and sends those that can go."""

    told = staticmethod(_acknowledged)

    def make(self, _found: None) -> AcknowledgeSheet:
        """The sheet; what can be sent follows."""
        sheet = AcknowledgeSheet(self.page, len(self.items))
        sheet.preview_wanted.connect(self._preview)
        return sheet

    def opened(self) -> None:
        """Ask what can be sent."""
        self.office.ask(self, queries.drafts, self.items, then=self.sheet.show_drafts, refused=self.refuse)

    def command(self) -> tuple[int, ...]:
        """The items whose acknowledgement goes."""
        going: tuple[int, ...] = self.sheet.going
        return going

    def save(self, going: tuple[int, ...]) -> None:
        """Send them."""
        self.do(answers.acknowledge, going, label="Acknowledgements", cancellable=True)

    def _preview(self, item_id: int) -> None:
        self.ask(queries.preview_acknowledgement, item_id, then=self.sheet.show_preview)


class AnswerController(ItemWork):
    """Answers the item that is shown."""

    asks = staticmethod(queries.answer_form)
    saves = staticmethod(answers.answer)
    told = staticmethod(_answered)

    def make(self, form: AnswerForm) -> AnswerSheet:
        """The sheet."""
        sheet = AnswerSheet(self.page, form, f"answer:{form.item_id}:{secrets.token_hex(8)}")
        sheet.preview_wanted.connect(lambda: self.ask(queries.preview_answer, sheet.answer(), then=sheet.show_preview))
        return sheet

    def command(self) -> NewAnswer:
        """The answer as it is written."""
        answer: NewAnswer = self.sheet.answer()
        return answer

    def tell(self, done: Answered) -> None:
        """Say what was done; what goes out from a mailbox is sent at once."""
        super().tell(done)
        if done.mailed:
            send_mail(self.office, self.page)


class MarkController(ItemWork):
    """Notes that the item was acknowledged without Rentbook."""

    def make(self, _found: None) -> MarkSheet:
        """How."""
        self.told = f"{self.number} is acknowledged."
        return MarkSheet(self.page, self.number)

    def command(self) -> str:
        """How it was."""
        return str(self.sheet.words.value())

    def save(self, words: str) -> None:
        """Note it."""
        self.do(answers.mark_acknowledged, self.items[0], words)


class CloseController(ItemWork):
    """Closes what is chosen with what came of it."""

    def make(self, _found: None) -> CloseSheet:
        """What came of it."""
        detail = self.page.detail
        answered = len(self.items) == 1 and detail is not None and detail.replied_on is not None
        self.told = f"{formats.count(len(self.items), 'item')} closed."
        return CloseSheet(self.page, len(self.items), self.number, answered=answered)

    def command(self) -> str:
        """What came of it, in words."""
        return str(self.sheet.outcome.value())

    def save(self, outcome: str) -> None:
        """Close them."""
        self.do(answers.close, self.items, outcome)


class ReopenController(ItemWork):
    """Opens an item again."""

    def make(self, _found: None) -> ReopenSheet:
        """Why."""
        self.told = f"{self.number} is open again."
        return ReopenSheet(self.page, self.number)

    def command(self) -> str:
        """Why it is opened."""
        return str(self.sheet.why.value())

    def save(self, why: str) -> None:
        """Open it."""
        self.do(answers.reopen, self.items[0], why, again=bool(self.sheet.again.value()))


class LinkController(ItemWork):
    """Links the item that is shown to what it is about."""

    missing = UserError("Choose what it is linked to, or which link is taken back.", field="record")

    def make(self, _found: None) -> LinkSheet:
        """What it is linked to."""
        linked = self.page.detail.linked if self.page.detail is not None else ()
        self._found: dict[int, NewLink] = {}
        return LinkSheet(self.page, self.number, linked, self._find)

    def command(self) -> NewLink | None:
        """The record that it is linked to, or the link that is taken back.

        Raises:
            UserError: what is typed finds nothing.
        """
        new, off = self._new(), self.sheet.off.value()
        if new is None and off is None and (problem := self.sheet.record.problem()):
            raise UserError(problem, field="record")
        return new or (NewLink(*off) if off is not None else None)

    def save(self, link: NewLink) -> None:
        """Link it, or take the link back."""
        new = self._new() is not None
        self.told = f"{self.number} is linked." if new else "The link is taken back."
        self.do(links.link if new else links.unlink, self.items[0], link)

    def _new(self) -> NewLink | None:
        return self._found.get(self.sheet.record.value())

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def offer(found: list[tuple[NewLink, str, str]]) -> None:
            self._found = {at: link for at, (link, _, _) in enumerate(found, start=1)}
            then([Picked(at, words, detail) for at, (_, words, detail) in enumerate(found, start=1)])

        self.ask(_records, text, then=offer)


class BeginController(QObject):
    """Begins the work that the item is about, on the tab that it is done on; a returned letter is matched here."""

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        self._office = office
        if page.detail is not None and page.detail.work == "address":
            ReturnController(office, page, items)
        else:
            office.do(self, works.begin_work, items[0], then=self._go)

    def _go(self, begun: WorkBegun) -> None:
        self._office.messages.good(begun.told)
        if begun.area and begun.account_id is not None:
            self._office.show_only(begun.area, BeginWork(begun.account_id, begun.work, begun.known))
        elif begun.area:
            self._office.show_only(begun.area, BeginFromPost(begun.item_id, begun.work))


class ReturnController(ItemWork):
    """Finds the letter of ours that came back."""

    asks = staticmethod(returned.return_form)
    saves = staticmethod(returns.note_return)

    def make(self, form: ReturnForm) -> ReturnSheet:
        """Which letters it may be."""
        self.told = f"{self.number} is tied to its letter and closed; the right address is looked for in a task."
        sheet = ReturnSheet(self.page, form)
        sheet.search_wanted.connect(self._search)
        return sheet

    def command(self) -> NoteReturn | None:
        """What came back."""
        note: NoteReturn | None = self.sheet.note()
        return note

    def _search(self, text: str) -> None:
        def show(form: ReturnForm) -> None:
            self.sheet.show_letters(form.candidates)

        self.ask(returned.return_form, self.items[0], text, then=show)


def _records(ctx: Context, text: str) -> list[tuple[NewLink, str, str]]:
    """The records that an item may be linked to, by what is typed."""
    return [
        (NewLink(each.subject, each.subject_id), each.title, each.detail)
        for group in finding.find(ctx, text)
        for each in group.found
        if each.subject in links.LINKED
    ]
