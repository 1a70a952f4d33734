"""A picture that is zoomed, turned and fitted to its room."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from app.services.core.errors import UserError

_LONGEST_SIDE = 6_000
"""Pixels of the side of a picture as it is shown; a larger one is made smaller while it is read."""
_LEAST, _MOST = 0.05, 8.0


def read_picture(content: bytes) -> QImage:
    """Decode a picture off the GUI thread, turned as its camera says.

    Raises:
        UserError: it can't be decoded.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _LONGEST_SIDE:
        reader.setScaledSize(size.scaled(QSize(_LONGEST_SIDE, _LONGEST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    if picture.isNull():
        raise UserError("The picture can't be shown: it is damaged.", "Save a copy to look at it elsewhere.")
    return picture


class PictureView(QGraphicsView):
    """One picture, fitted until it is zoomed.

    Args:
        wide: fitted to the width and read from its top, as a page to type from.
    """

    def __init__(self, *, wide: bool = False) -> None:
        super().__init__()
        self._wide = wide
        self._scene = QGraphicsScene(self)
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._item)
        self._fitted = True
        self._turned = 0
        self.setScene(self._scene)
        self.setFrameStyle(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setAcceptDrops(False)
        self.setAccessibleName("The picture")
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if wide:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    @property
    def turned(self) -> int:
        """How far it is turned to the right, in degrees."""
        return self._turned

    def show_picture(self, picture: QImage) -> None:
        """Show a picture, upright and fitted."""
        self._item.setPixmap(QPixmap.fromImage(picture))
        self._turned = 0
        self._item.setRotation(0)
        self._scene.setSceneRect(self._item.sceneBoundingRect())
        self.fit()

    def fit(self) -> None:
        """As large as its room takes it, and never larger than it is."""
        self._fitted = True
        self.resetTransform()
        whole, room = self._scene.sceneRect().size(), self.viewport().size()
        if whole.isEmpty():
            return
        high = 1.0 if self._wide else room.height() / whole.height()
        share = min((room.width() - self._wide) / whole.width(), high, 1.0)
        self.scale(share, share)
        if self._wide:
            self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())

    def zoom(self, step: float) -> None:
        """Larger or smaller by a step."""
        self._fitted = False
        wanted = min(_MOST, max(_LEAST, self.transform().m11() * step))
        share = wanted / self.transform().m11()
        self.scale(share, share)

    def turn(self) -> None:
        """A quarter to the right."""
        self._turned = (self._turned + 90) % 360
        self._item.setRotation(self._turned)
        self._scene.setSceneRect(self._item.sceneBoundingRect())
        if self._fitted:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Stay fitted."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
