"""E-mail on the Post tab: files brought in, and the messages of an item looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.services.core.context import Context
from app.services.post_log.mail import jobs, queries
from app.services.post_log.mail.dto import Imported, ShownMessage, TakenState
from app.services.post_log.sending import commands
from app.services.post_log.sending import queries as sending
from app.services.post_log.sending.dto import SentMail
from app.views.common.dialogs import ask_open_many
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.post_log.controller.sending import send_mail
from app.views.post_log.message import LeftSheet, MessagePart, told
from app.views.post_log.page import PostPage

_Both: TypeAlias = tuple[tuple[ShownMessage, ...], tuple[SentMail, ...]]
_AREAS = frozenset({"post_log", "home", "documents"})


class ImportController(QObject):
    """Ctrl+I: asks for files and logs the e-mails in them; with `paths`, those that were dropped."""

    def __init__(self, office: Office, page: PostPage, _items: Sequence[int] = (), paths: Sequence[Path] = ()) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        if paths:
            self.bring_in(paths)
            return
        self.dialog = ask_open_many(page, "Bring in e-mails", "E-mails (*.eml *.msg)")
        self.dialog.filesSelected.connect(lambda names: self.bring_in([Path(each) for each in names]))

    def bring_in(self, paths: Sequence[Path], *, blank_cards: bool = False) -> None:
        """Log the messages in files and folders."""
        self._office.job(
            self,
            jobs.import_paths,
            tuple(paths),
            then=self._done,
            label="Bringing in e-mails",
            changes=_AREAS,
            blank_cards=blank_cards,
        )

    def _done(self, found: Imported) -> None:
        logged = [each.item_id for each in found.taken if each.state is TakenState.LOGGED]
        if logged:
            self._page.list.mark(logged[0])
        if not found.left:
            (self._office.messages.info if found.stopped else self._office.messages.good)(told(found))
            return
        self.sheet = LeftSheet(self._page, found)
        self.sheet.confirmed.connect(self._blank)
        self.sheet.open()

    def _blank(self) -> None:
        paths = [Path(each.place) for each in self.sheet.cards]
        self.sheet.close()
        self.bring_in(paths, blank_cards=True)


class MessagePartController(PartDesk):
    """The part E-mail of an item's card."""

    def __init__(self, office: Office) -> None:
        self._messages = MessagePart()
        super().__init__(office, self._messages, _both)
        self._messages.view.link_pressed.connect(self._copy)
        self._messages.again_wanted.connect(self._again)
        self._messages.went_wanted.connect(self._went)

    def fill(self, found: _Both | None) -> None:
        """Show the e-mails of an item."""
        if found is None:
            self._messages.clear()
        else:
            self._messages.show_messages(*found)

    def count(self, found: _Both) -> int:
        """How many there are."""
        return len(found[0]) + len(found[1])

    def _again(self, outgoing_id: int) -> None:
        self.office.do(self, commands.send_again, outgoing_id, then=lambda _: send_mail(self.office, self))

    def _went(self, outgoing_id: int) -> None:
        told_ = "It is noted that the e-mail went."
        self.office.do(self, commands.note_it_went, outgoing_id, then=lambda _: self.office.messages.good(told_))

    def _copy(self, address: str) -> None:
        QGuiApplication.clipboard().setText(address)
        self.office.messages.info(
            f"Links in e-mails aren't opened from here. This one goes to {address} and is copied."
        )


def _both(ctx: Context, item_id: int) -> _Both:
    """What came, and what goes out."""
    return queries.shown(ctx, item_id), sending.of_item(ctx, item_id)
