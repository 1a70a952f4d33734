"""E-mails and folders dropped on the Post tab."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """Takes what is dropped on a page.

    Signals:
        dropped(tuple[Path, ...]): files and folders.
    """

    dropped = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Files are taken, whatever else is dragged is not."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
            if paths and _messages(paths):
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self.dropped.emit(paths)
                return True
        return super().eventFilter(watched, event)


def _messages(paths: tuple[Path, ...]) -> bool:
    """Whether there is an e-mail or a folder among them; a scan belongs to an item, not to the tab."""
    return any(each.suffix.lower() in {".eml", ".msg"} or each.is_dir() for each in paths)
