"""What a documents panel does: lists, shows, attaches, saves, prints, links and takes away, off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtPrintSupport import QPrintDialog

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.finding import Found
from app.services.core.permissions import Permission
from app.services.documents.dto import Attached, DocumentFile, DocumentRow, Limits, NewFile, NotAttached
from app.services.documents.recognising import OUTSIDE, named_for
from app.views.common import formats
from app.views.common.dialogs import ask_save
from app.views.common.document_doors import DocumentDoors
from app.views.common.documents import DocumentsPanel
from app.views.common.documents_incoming import Incoming, read_incoming
from app.views.common.documents_sheets import LinkSheet, NotAttachedSheet, OutsideSheet, ReasonSheet, TrailSheet
from app.views.common.documents_view import Content, read_document
from app.views.common.files import write_file
from app.views.common.handed_out import HandedOut
from app.views.common.office import Office, drop
from app.views.common.printing import print_pdf, print_picture, print_text
from app.views.common.tasks import Task

AREAS = frozenset({"documents"})


class DocumentsDesk(QObject):
    """Joins a documents panel to the services.

    Signals:
        counted(int): how many documents the record has.
    """

    counted = Signal(int)

    def __init__(self, office: Office, panel: DocumentsPanel) -> None:
        super().__init__(panel)
        assert office.documents is not None
        self._office = office
        self._doors: DocumentDoors = office.documents
        self._panel = panel
        self._about: tuple[Subject, int] | None = None
        self._listing: Task | None = None
        self._opening: Task | None = None
        self._shown: tuple[int, Content] | None = None
        self._outside = HandedOut()
        self._may = Permission.ATTACH_DOCUMENTS in office.desk.officer.permissions
        panel.close_to_changes(not self._may)
        panel.attach_wanted.connect(self.attach)
        panel.nothing_pasted.connect(
            lambda: office.messages.info("The clipboard holds no file and no picture, so nothing was attached.")
        )
        panel.chosen.connect(self._open)
        panel.looked_at.connect(lambda: self._open(panel.row()))
        panel.save_wanted.connect(self._save)
        panel.print_wanted.connect(self._print)
        panel.outside_wanted.connect(self._ask_outside)
        panel.link_wanted.connect(self._ask_link)
        panel.unlink_wanted.connect(self._ask_unlink)
        panel.trail_wanted.connect(self._show_trail)

    def show_record(self, subject: Subject, subject_id: int, *, settled: bool = False) -> None:
        """Show the documents of a record; `settled`: nothing is attached or taken away any more."""
        self._about = (subject, subject_id)
        self._panel.close_to_changes(settled or not self._may)
        self.refresh()

    def show_nothing(self) -> None:
        """There is no record."""
        drop(self._listing)
        self._about = None
        self._shown = None
        self._panel.show_documents(())
        self.counted.emit(0)

    def refresh(self) -> None:
        """Ask for the list again."""
        if self._about is not None:
            self._listing = self._office.ask(
                self, self._doors.listed, *self._about, then=self._list, instead_of=self._listing
            )

    def _list(self, documents: tuple[DocumentRow, ...]) -> None:
        self._panel.show_documents(documents)
        self.counted.emit(len(documents))

    # Looking

    def _open(self, row: DocumentRow | None) -> None:
        drop(self._opening)
        if row is None:
            self._shown = None
            self._panel.view.show_message("", "")
            return
        if not self._panel.isVisible():
            return
        if not row.shape:
            words = "This kind of document isn't shown here: save a copy, or open it outside Rentbook (More)."
            self._panel.view.show_message(row.title, words)
            return
        if self._shown is not None and self._shown[0] == row.link_id:
            self._panel.show_content(row.title, self._shown[1])
            return

        self._panel.view.show_message(row.title, "Opening ...")

        def show(content: Content) -> None:
            self._shown = (row.link_id, content)
            self._panel.show_content(row.title, content)

        def decode(file: DocumentFile) -> None:
            work = partial(read_document, file, row.shape)
            self._opening = self._office.elsewhere(self, work, then=show, refused=refused)

        def refused(error: Exception) -> None:
            self._panel.view.show_message(row.title, str(error))

        self._opening = self._office.ask(self, self._doors.opened, row.link_id, then=decode, refused=refused)

    # Attaching

    def attach(self, incoming: list[Incoming]) -> None:
        """Keep files with the record."""
        if self._about is None:
            return
        about = self._about

        def keep(read: tuple[tuple[NewFile, ...], tuple[NotAttached, ...]]) -> None:
            files, refused = read
            if not files:
                self._attached(refused, Attached((), (), Changes(frozenset())))
                return
            then = partial(self._attached, refused)
            self._office.do(self, self._doors.attach, *about, files, then=then, label="Attaching", cancellable=True)

        def read(limits: Limits) -> None:
            self._office.elsewhere(self, partial(read_incoming, incoming, limits), then=keep)

        self._office.ask(self, self._doors.limits, then=read)

    def _attached(self, unread: tuple[NotAttached, ...], done: Attached) -> None:
        refused = (*unread, *done.refused)
        kept = len(done.link_ids)
        if len(refused) == 1 and not kept:
            self._office.messages.bad(refused[0].message)
        elif refused:
            NotAttachedSheet(self._panel, refused, kept).open()
        else:
            self._office.messages.good(f"{formats.count(kept, 'file')} attached.")
        if kept:
            self.refresh()

    # Out of the window

    def _save(self, row: DocumentRow) -> None:
        def save(path: str) -> None:
            def write(file: DocumentFile) -> None:
                self._office.elsewhere(
                    self,
                    lambda: write_file(Path(path), file.content),
                    then=lambda _done: self._office.messages.good(f"Saved as {path}"),
                )

            self._office.ask(self, self._doors.opened, row.link_id, then=write)

        ask_save(self._panel, "Save a copy", row.file_name, "All files (*)").fileSelected.connect(save)

    def _print(self, row: DocumentRow) -> None:
        if self._shown is None or self._shown[0] != row.link_id:
            return
        self._printing(self._shown[1], row.title)

    def _printing(self, content: Content, title: str) -> QPrintDialog:
        if isinstance(content, QImage):
            return print_picture(self._panel, content, title)
        if isinstance(content, str):
            return print_text(self._panel, content)
        return print_pdf(self._panel, content, title)

    def _ask_outside(self, row: DocumentRow) -> None:
        if row.media_type not in OUTSIDE:
            self._office.messages.info(
                f"{row.file_name} is of a kind that isn't handed to other programs from here: save a copy instead."
            )
            return
        sheet = OutsideSheet(self._panel, row.file_name)

        def agreed() -> None:
            sheet.close()
            self._office.ask(self, self._doors.opened, row.link_id, then=self._open_outside)

        sheet.confirmed.connect(agreed)
        sheet.open()

    def _open_outside(self, file: DocumentFile) -> None:
        """Write a copy into a folder that goes with the panel, under a name of its true kind, and hand that over."""
        path = self._outside.folder() / named_for(file.file_name, file.media_type)

        def opened(_done: object) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._office.elsewhere(self, lambda: write_file(path, file.content), then=opened)

    # Links

    def _ask_link(self, row: DocumentRow) -> None:
        sheet = LinkSheet(self._panel, row.title)
        asked: list[Task] = []

        def find(text: str) -> None:
            before = asked.pop() if asked else None
            asked.append(self._office.ask(sheet, self._doors.find, text, then=sheet.show_found, instead_of=before))

        def link(found: Found) -> None:
            def linked(_changes: object) -> None:
                sheet.close()
                self._office.messages.good(f"{row.title} is shown with {found.title} too.")

            about = (found.subject, found.subject_id)
            self._office.do(self, self._doors.link_to, row.link_id, *about, then=linked, refused=sheet.show_error)

        sheet.text_wanted.connect(find)
        sheet.chosen.connect(link)
        sheet.open()

    def _ask_unlink(self, row: DocumentRow) -> None:
        note = f"{row.title} is no longer shown with this record. It is not deleted: its history says who took it away."
        sheet = ReasonSheet(self._panel, "Take the document away", "Take it away", note)

        def done(_changes: object) -> None:
            sheet.close()
            self._office.messages.good(f"{row.title} was taken away from this record.")
            self.refresh()

        def unlink(reason: str) -> None:
            self._office.do(self, self._doors.unlink, row.link_id, reason, then=done, refused=sheet.show_error)

        sheet.given.connect(unlink)
        sheet.open()

    def _show_trail(self, row: DocumentRow) -> None:
        self._office.ask(
            self, self._doors.trail, row.link_id, then=lambda steps: TrailSheet(self._panel, row.title, steps).open()
        )
