"""The document beside a sheet: a file that is dropped is read and shown, one that is kept is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents.dto import DocumentFile, DocumentRow, Limits, NewFile, NotAttached
from app.services.documents.recognising import recognise, shape_of
from app.views.common.documents_incoming import Incoming, read_incoming
from app.views.common.documents_view import Content, read_document
from app.views.common.office import Office
from app.views.purchase_orders.invoice_paper import PaperCard

_OPENING = "Opening ..."


class Papers(QObject):
    """Joins a paper card to the services."""

    def __init__(self, office: Office, card: PaperCard, refused: Callable[[UserError], object]) -> None:
        super().__init__(card)
        self._office, self._card, self._refused = office, card, refused
        card.file_wanted.connect(self._take)

    def show_kept(self, title: str, subject: Subject, subject_id: int, sha256: str) -> None:
        """Show a document that is kept with a record."""
        doors = self._office.documents
        if doors is None:
            return
        self._card.say(title, _OPENING)

        def read(ctx: Context) -> DocumentFile:
            kept: Sequence[DocumentRow] = doors.listed(ctx, subject, subject_id)
            link = next((each.link_id for each in kept if each.sha256 == sha256), None)
            if link is None:
                raise UserError("That document is no longer kept with it.")
            found: DocumentFile = doors.opened(ctx, link)
            return found

        def decode(file: DocumentFile) -> None:
            work = partial(read_document, file, shape_of(file.media_type))
            self._office.elsewhere(
                self, work, then=lambda content: self._card.show_kept(title, content), refused=failed
            )

        def failed(error: UserError) -> None:
            self._card.say(title, str(error))

        self._office.ask(self, read, then=decode, refused=failed)

    def _take(self, incoming: Incoming) -> None:
        """A file was dropped: read it off the GUI thread, say why it can't be kept, or show it."""
        if self._office.documents is None:
            return

        def done(read: tuple[tuple[NewFile, ...], tuple[NotAttached, ...]]) -> None:
            files, left_out = read
            if left_out:
                self._refused(UserError(left_out[0].message))
            elif files:
                self._office.elsewhere(
                    self, partial(_decoded, files[0]), then=partial(self._show, files[0]), refused=self._refused
                )

        def read(limits: Limits) -> None:
            self._office.elsewhere(self, partial(read_incoming, (incoming,), limits), then=done, refused=self._refused)

        self._office.ask(self, self._office.documents.limits, then=read, refused=self._refused)

    def _show(self, file: NewFile, content: Content | None) -> None:
        self._card.show_file(file, content)


def _decoded(file: NewFile) -> Content | None:
    """What is shown of a file; None where its kind isn't shown.

    Raises:
        UserError: it is of no kind that the office keeps.
    """
    media_type = recognise(file.file_name, file.content).media_type
    shape = shape_of(media_type)
    return read_document(DocumentFile(file.file_name, media_type, file.content), shape) if shape else None
