"""The entry screen: what is typed is looked at while it is typed, logged with its scans, and the next item begins."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.core.errors import UserError
from app.services.documents.checking import limits
from app.services.documents.dto import DocumentFile, Limits, NewFile, NotAttached
from app.services.documents.recognising import recognise
from app.services.post_log.dto import NewItem
from app.services.post_log.logging import commands, queries
from app.services.post_log.logging.dto import Filed, Logged, LoggedRow
from app.services.post_log.rules import named_item
from app.services.rent.listed_dto import AccountRow
from app.services.rent.queries import account_rows, find
from app.views.common import formats
from app.views.common.dialogs import ask_open_many
from app.views.common.documents_incoming import Incoming, from_paths, read_incoming
from app.views.common.documents_view import Content, read_document
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.post_log.controller.correcting import open_correction
from app.views.post_log.entry import EntrySheet
from app.views.post_log.page import PostPage

_MOST_FOUND = 12


class LogController(QObject):
    """Opens the entry screen and looks after it; another tab may hand over the account that the item is about."""

    def __init__(
        self, office: Office, page: PostPage, _items: tuple[int, ...] = (), account_id: int | None = None
    ) -> None:
        clock = office.desk.clock
        self.sheet = EntrySheet(page, self._find, clock.today)
        super().__init__(self.sheet)
        self._office = office
        self._clock = clock
        self._key = secrets.token_hex(16)
        self._steps = 0
        self._limits: Limits | None = None
        self._proposing: Task | None = None
        sheet = self.sheet
        sheet.proposal_wanted.connect(self._propose)
        sheet.confirmed.connect(self._confirm)
        sheet.files_dropped.connect(self._take)
        sheet.scans_wanted.connect(self._choose)
        sheet.scans.shown_wanted.connect(self._show_scan)
        sheet.row_opened.connect(self._correct)
        office.ask(self, queries.offered, then=sheet.fields.offer)
        office.ask(self, limits, then=self._allow)
        self._list()
        sheet.open()
        if account_id is not None:
            office.ask(self, account_rows, [account_id], then=self._carry_over)

    # While it is typed

    def _carry_over(self, found: Sequence[AccountRow]) -> None:
        """The account that another tab hands over, if it may be shown."""
        if found:
            self.sheet.fields.carry_over(_picked(found[0]))

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[AccountRow]) -> None:
            then([_picked(each) for each in found])

        self._office.ask(self.sheet, find, text, limit=_MOST_FOUND, then=show, refused=self.sheet.show_error)

    def _propose(self) -> None:
        self._proposing = self._office.ask(
            self, queries.proposed, self._new(), then=self.sheet.show_proposed, instead_of=self._proposing
        )

    def _new(self) -> NewItem:
        """What is typed; a guess of an account counts as none, so that it is looked for again."""
        new = self.sheet.fields.new_item(self._clock.today(), self._clock.now())
        return new if not new.guessed & {"account_id"} else replace(new, account_id=None)

    # Logging

    def _confirm(self) -> None:
        """What is typed for an account is looked up first, where none was chosen from the list."""
        self.sheet.keys.hold()
        self.sheet.set_busy(busy=True)
        if text := self.sheet.fields.unresolved():
            resolved, refused = self._resolved, self._refused
            self._office.ask(self, find, text, limit=2, then=resolved, refused=refused, busy=self._busy)
        else:
            self._read()

    def _resolved(self, found: Sequence[AccountRow]) -> None:
        if len(found) != 1:
            text = self.sheet.fields.unresolved()
            several = f"Several accounts fit '{text}'." if found else f"No account fits '{text}'."
            hint = "Choose one from the list, or leave it empty."
            self._refused(UserError(several, hint, "account_id"))
            return
        self.sheet.fields.picker.set_value(_picked(found[0]))
        self._read()

    def _read(self) -> None:
        """Read the scans that go with it."""
        chosen, limits = self.sheet.scans.chosen(), self._limits
        if not chosen or limits is None:
            self._log((), ())
            return
        self._office.elsewhere(
            self,
            lambda: read_incoming(chosen, limits),
            then=lambda read: self._log(*read),
            refused=self._refused,
            busy=self._busy,
        )

    def _log(self, files: Sequence[NewFile], unread: Sequence[NotAttached]) -> None:
        if unread:
            self._refused(
                UserError(f"{unread[0].file_name}: {unread[0].message}", "Take its tick away, or scan it again.")
            )
            return
        new = replace(self.sheet.fields.new_item(self._clock.today(), self._clock.now()), entry_key=self._key)
        logged, refused = self._logged, self._refused
        self._office.do(self, commands.log, new, files, then=logged, refused=refused, busy=self._busy)

    def _logged(self, logged: Logged) -> None:
        self._key = secrets.token_hex(16)
        self.sheet.set_busy(busy=False)
        self.sheet.begin_next()
        if logged.refused:
            wrong = logged.refused[0]
            self.sheet.messages.bad(UserError(f"{logged.number} is logged without {wrong.file_name}: {wrong.message}"))
        else:
            where = f"with {logged.holder}" if logged.holder else "with nobody yet"
            until = f", to be answered by {formats.day(logged.reply_by)}" if logged.reply_by else ""
            self.sheet.messages.good(f"{logged.number} is logged: {logged.category}, {where}{until}.")
        self._list()
        self.sheet.keys.go_on()

    def _refused(self, error: UserError) -> None:
        self.sheet.keys.drop()
        self.sheet.show_error(error)

    def _busy(self, busy: bool) -> None:
        """However the steps of logging end, the keyboard works again."""
        self._steps += 1 if busy else -1
        if not self._steps:
            self.sheet.keys.drop()
            self.sheet.set_busy(busy=False)

    # What was logged

    def _list(self) -> None:
        day = datetime.combine(self._clock.today(), time()).astimezone(UTC)
        self._office.ask(self, queries.logged_today, day, then=self.sheet.show_logged)

    def _correct(self, row: LoggedRow) -> None:
        open_correction(self._office, self.sheet, row.item_id, row.number, self._list)

    # Scans

    def _allow(self, limits: Limits) -> None:
        self._limits = limits

    def _choose(self) -> None:
        dialog = ask_open_many(
            self.sheet, "Scans of the post", "Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;All files (*)"
        )
        dialog.filesSelected.connect(lambda paths: self._take(from_paths([Path(each) for each in paths])))

    def _take(self, incoming: Sequence[Incoming]) -> None:
        """Those named by an item's number go to it, the others wait for theirs in the order of their names."""
        named = [each for each in incoming if named_item(each.name)]
        self.sheet.scans.add(sorted((each for each in incoming if each not in named), key=lambda each: each.name))
        limits = self._limits
        if named and limits is not None:
            self._office.elsewhere(self, lambda: read_incoming(named, limits), then=lambda read: self._file(*read))

    def _file(self, files: Sequence[NewFile], unread: Sequence[NotAttached]) -> None:
        def filed(done: Filed) -> None:
            if wrong := (*unread, *done.refused):
                self.sheet.messages.bad(UserError(f"{wrong[0].file_name}: {wrong[0].message}"))
            else:
                self.sheet.messages.good(f"{formats.count(done.kept, 'scan')} filed by the number in the name.")
            self._list()

        self._office.do(self, commands.file_scans, files, then=filed, refused=self.sheet.show_error)

    def _show_scan(self, scan: Incoming) -> None:
        limits = self._limits
        if limits is None:
            return
        self._office.elsewhere(
            self,
            lambda: _content(scan, limits),
            then=lambda content: self.sheet.scans.show_scan(scan, content),
            refused=lambda error: self.sheet.scans.show_problem(scan, str(error)),
        )


def _content(scan: Incoming, limits: Limits) -> Content:
    """What is shown of a scan.

    Raises:
        UserError: it can't be read, or isn't something that is kept.
    """
    files, unread = read_incoming((scan,), limits)
    if unread:
        raise UserError(unread[0].message)
    found = recognise(files[0].file_name, files[0].content)
    return read_document(DocumentFile(files[0].file_name, found.media_type, files[0].content), found.shape)


def _picked(row: AccountRow) -> Picked:
    return Picked(row.account_id, row.name, f"{row.reference}  {row.address}".strip())
