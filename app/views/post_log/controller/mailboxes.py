"""The office's mailboxes: set up, fetched, and what waits in them settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.post_log.mail.dto import Imported
from app.services.post_log.mailboxes import commands, jobs, queries
from app.services.post_log.mailboxes.dto import Fetched, LeftRow, MailboxRow
from app.views.common.office import Office
from app.views.common.sheet_work import open_sheet
from app.views.post_log.mailbox import MailboxSheet
from app.views.post_log.mailboxes import MailboxesPage
from app.views.post_log.message import told
from app.views.post_log.page import PostPage

_AREAS = frozenset({"post_log", "post_mailboxes", "home", "documents"})


class FetchController(QObject):
    """F7: fetches every mailbox now."""

    def __init__(self, office: Office, page: PostPage, _items: Sequence[int] = ()) -> None:
        super().__init__(page)
        _fetch(office, self)


class MailboxesController(QObject):
    """Joins the section of the mailboxes to the services."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        self.page = MailboxesPage(may_change=Permission.KEEP_POST_RULES in held, may_fetch=Permission.LOG_POST in held)
        super().__init__(self.page)
        self._office = office
        page = self.page
        page.refresh_wanted.connect(lambda _changes: office.ask(self, _all, then=lambda found: page.show_all(*found)))
        page.new_wanted.connect(lambda: self._open(None))
        page.change_wanted.connect(self._open)
        page.remove_wanted.connect(self._remove)
        page.fetch_wanted.connect(lambda: _fetch(office, self))
        page.blank_wanted.connect(self._blank)
        page.settle_wanted.connect(self._settle)

    def _open(self, shown: MailboxRow | None) -> None:
        self.sheet = sheet = MailboxSheet(self.page, shown)

        def saved(_changes: object) -> str:
            return f"{sheet.mailbox().name} is saved. Fetch it to see whether it can be reached."

        open_sheet(self._office, sheet, commands.save, sheet.mailbox, saved)

    def _remove(self, shown: MailboxRow) -> None:
        told_ = f"{shown.form.name} is fetched no more; what came from it stays."
        self._do(commands.remove, shown.mailbox_id, shown.version, told=told_)

    def _settle(self, left: LeftRow) -> None:
        self._do(commands.settle, left.left_id, told="It is settled.")

    def _blank(self, left: LeftRow) -> None:
        def done(found: Imported) -> None:
            self._office.messages.good(told(found))

        self._office.job(self, jobs.log_blanked, left, then=done, label="Fetching the message", changes=_AREAS)

    def _do(self, command: Callable[..., Any], *args: Any, told: str) -> None:
        self._office.do(self, command, *args, then=lambda _changes: self._office.messages.good(told))


def _fetch(office: Office, owner: QObject) -> None:
    def done(found: Fetched) -> None:
        failed = [each for each in found.boxes if each.error]
        if failed:
            office.messages.bad(UserError(f"{failed[0].name}: {failed[0].error}", told(found.imported)))
        else:
            office.messages.good(told(found.imported))

    office.job(owner, jobs.fetch, then=done, label="Fetching e-mails", changes=_AREAS)


def _all(ctx: Context) -> tuple[tuple[MailboxRow, ...], tuple[LeftRow, ...]]:
    return queries.listed(ctx), queries.left(ctx)
