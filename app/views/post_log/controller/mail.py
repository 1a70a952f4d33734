"""E-mail on the Post tab: files brought in, and the messages of an item looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.services.post_log.mail import jobs, queries
from app.services.post_log.mail.dto import Imported, TakenState
from app.services.post_log.register.dto import ItemDetail
from app.views.common.dialogs import ask_open_many
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.post_log.message import LeftSheet, MessagePart, told
from app.views.post_log.page import PostPage

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


class MessagePartController(QObject):
    """The part E-mail of an item's card."""

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self._part = MessagePart()
        super().__init__(self._part)
        self._office = office
        self._asked: Task | None = None
        self._part.view.link_pressed.connect(self._copy)

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        return self._part

    def show(self, item: ItemDetail) -> None:
        """Show the e-mails of this item."""
        self._asked = self._office.ask(self, queries.shown, item.row.row_id, then=self._show, instead_of=self._asked)

    def clear(self) -> None:
        """No item is shown."""
        self._part.clear()

    def _show(self, found: tuple[object, ...]) -> None:
        self._part.show_messages(found)  # type: ignore[arg-type]
        self.counted.emit(len(found))

    def _copy(self, address: str) -> None:
        QGuiApplication.clipboard().setText(address)
        self._office.messages.info(
            f"Links in e-mails aren't opened from here. This one goes to {address} and is copied."
        )
