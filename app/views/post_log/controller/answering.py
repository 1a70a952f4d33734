"""Acknowledging, answering, closing and opening again, linking, beginning the work, and letters that came back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

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
    Draft,
    NewLink,
    ReturnForm,
    WorkBegun,
)
from app.views.common import formats
from app.views.common.begin_work import BeginWork
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.post_log.acknowledging import AcknowledgeSheet
from app.views.post_log.answering import AnswerSheet
from app.views.post_log.closing import CloseSheet, LinkSheet, MarkSheet, ReopenSheet
from app.views.post_log.page import PostPage
from app.views.post_log.returned import ReturnSheet


class Controller(QObject):
    """What the works of answering share: the office, the page, and the items that they are done to."""

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self._items = tuple(items)
        self._asked: Task | None = None
        self.begin()

    def begin(self) -> None:
        """Open the sheet, or do what is done without one."""
        raise NotImplementedError

    @property
    def number(self) -> str:
        """The number of the item that is shown."""
        return self._page.detail.row.number if self._page.detail is not None else "the item"

    def _do(
        self, sheet: Any, command: Callable[..., Any], *args: Any, said: Callable[[Any], str], **named: Any
    ) -> None:
        """Run a command for a sheet, which is closed when it is done."""
        sheet.set_busy(busy=True)

        def done(result: Any) -> None:
            self._office.messages.good(said(result))
            sheet.close()

        self._office.do(self, command, *args, then=done, refused=sheet.show_error, **named)


class AcknowledgeController(Controller):
    """Drafts the acknowledgements of what is chosen, and sends those that can go."""

    def begin(self) -> None:
        """Show the sheet, and ask what can be sent."""
        self.sheet = sheet = AcknowledgeSheet(self._page, len(self._items))
        sheet.preview_wanted.connect(self._preview)
        sheet.confirmed.connect(self._send)
        self._office.ask(self, queries.drafts, self._items, then=self._show, refused=sheet.show_error)
        sheet.open()

    def _show(self, found: tuple[Draft, ...]) -> None:
        self.sheet.show_drafts(found)

    def _preview(self, item_id: int) -> None:
        self._asked = self._office.ask(
            self,
            queries.preview_acknowledgement,
            item_id,
            then=self.sheet.show_preview,
            refused=self.sheet.show_error,
            instead_of=self._asked,
        )

    def _send(self) -> None:
        self._do(
            self.sheet,
            answers.acknowledge,
            self.sheet.going,
            said=_acknowledged,
            label="Acknowledgements",
            cancellable=True,
        )


class AnswerController(Controller):
    """Answers the item that is shown."""

    def begin(self) -> None:
        """Ask what is known of it."""
        self.sheet: AnswerSheet | None = None
        self._office.ask(self, queries.answer_form, self._items[0], then=self._open)

    def _open(self, form: AnswerForm) -> None:
        self.sheet = sheet = AnswerSheet(self._page, form, f"answer:{form.item_id}:{secrets.token_hex(8)}")
        sheet.preview_wanted.connect(self._preview)
        sheet.confirmed.connect(lambda: self._do(sheet, answers.answer, sheet.answer(), said=_answered))
        sheet.open()

    def _preview(self) -> None:
        sheet = self.sheet
        if sheet is not None:
            self._asked = self._office.ask(
                self,
                queries.preview_answer,
                sheet.answer(),
                then=sheet.show_preview,
                refused=sheet.show_error,
                instead_of=self._asked,
            )


class MarkController(Controller):
    """Notes that the item was acknowledged without Rentbook."""

    def begin(self) -> None:
        """Ask how."""
        self.sheet = sheet = MarkSheet(self._page, self.number)
        said = f"{self.number} is acknowledged."

        def note() -> None:
            self._do(sheet, answers.mark_acknowledged, self._items[0], sheet.words.value(), said=lambda _: said)

        sheet.confirmed.connect(note)
        sheet.open()


class CloseController(Controller):
    """Closes what is chosen with what came of it."""

    def begin(self) -> None:
        """Ask what came of it."""
        detail = self._page.detail
        answered = len(self._items) == 1 and detail is not None and detail.replied_on is not None
        self.sheet = sheet = CloseSheet(self._page, len(self._items), self.number, answered=answered)
        said = f"{formats.count(len(self._items), 'item')} closed."

        def close() -> None:
            self._do(sheet, answers.close, self._items, str(sheet.outcome.value()), said=lambda _: said)

        sheet.confirmed.connect(close)
        sheet.open()


class ReopenController(Controller):
    """Opens an item again."""

    def begin(self) -> None:
        """Ask why."""
        self.sheet = sheet = ReopenSheet(self._page, self.number)
        said = f"{self.number} is open again."

        def reopen() -> None:
            again = bool(sheet.again.value())
            why = str(sheet.why.value())
            self._do(sheet, answers.reopen, self._items[0], why, again=again, said=lambda _: said)

        sheet.confirmed.connect(reopen)
        sheet.open()


class LinkController(Controller):
    """Links the item that is shown to what it is about."""

    def begin(self) -> None:
        """Show what it is linked to."""
        linked = self._page.detail.linked if self._page.detail is not None else ()
        self._found: dict[int, NewLink] = {}
        self.sheet = LinkSheet(self._page, self.number, linked, self._find)
        self.sheet.confirmed.connect(self._save)
        self.sheet.open()

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def offer(found: list[tuple[NewLink, str, str]]) -> None:
            self._found = {at: link for at, (link, _, _) in enumerate(found, start=1)}
            then([Picked(at, words, detail) for at, (_, words, detail) in enumerate(found, start=1)])

        self._asked = self._office.ask(self, _records, text, then=offer, instead_of=self._asked)

    def _save(self) -> None:
        sheet = self.sheet
        picked, off = sheet.record.value(), sheet.off.value()
        new = self._found.get(picked) if picked else None
        if new is not None:
            self._do(sheet, links.link, self._items[0], new, said=lambda _: f"{self.number} is linked.")
        elif off is not None:
            self._do(sheet, links.unlink, self._items[0], NewLink(*off), said=lambda _: "The link is taken back.")
        else:
            problem = sheet.record.problem() or "Choose what it is linked to, or which link is taken back."
            sheet.show_error(UserError(problem, field="record"))


class BeginController(Controller):
    """Begins the work that the item is about, on the tab that it is done on."""

    def begin(self) -> None:
        """Note it on the item, and go there; a returned letter is matched here."""
        if self._page.detail is not None and self._page.detail.work == "address":
            ReturnController(self._office, self._page, self._items)
            return
        self._office.do(self, works.begin_work, self._items[0], then=self._go)

    def _go(self, begun: WorkBegun) -> None:
        self._office.messages.good(begun.told)
        if begun.area and begun.account_id is not None:
            self._office.show_only(begun.area, BeginWork(begun.account_id, begun.work, begun.known))


class ReturnController(Controller):
    """Finds the letter of ours that came back."""

    def begin(self) -> None:
        """Ask which letters it may be."""
        self.sheet: ReturnSheet | None = None
        self._office.ask(self, returned.return_form, self._items[0], then=self._open)

    def _open(self, form: ReturnForm) -> None:
        self.sheet = sheet = ReturnSheet(self._page, form)
        sheet.search_wanted.connect(self._search)
        sheet.confirmed.connect(self._note)
        sheet.open()

    def _search(self, text: str) -> None:
        sheet = self.sheet
        if sheet is not None:
            show = partial(_show_letters, sheet)
            args = (self._items[0], text)
            self._asked = self._office.ask(self, returned.return_form, *args, then=show, instead_of=self._asked)

    def _note(self) -> None:
        sheet = self.sheet
        new = sheet.note() if sheet is not None else None
        if sheet is not None and new is not None:
            told = f"{self.number} is tied to its letter and closed; the right address is looked for in a task."
            self._do(sheet, returns.note_return, new, said=lambda _: told)


def _show_letters(sheet: ReturnSheet, form: ReturnForm) -> None:
    sheet.show_letters(form.candidates)


def _records(ctx: Context, text: str) -> list[tuple[NewLink, str, str]]:
    """The records that an item may be linked to, by what is typed."""
    return [
        (NewLink(each.subject, each.subject_id), each.title, each.detail)
        for group in finding.find(ctx, text)
        for each in group.found
        if each.subject in links.LINKED
    ]


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
    else:
        where = "The answer is in the queue"
    return f"{where}{', and ' + done.number + ' is closed' if done.closed else ''}."
