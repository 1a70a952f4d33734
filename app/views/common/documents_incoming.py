"""Files on their way in: dropped, pasted or picked, read off the GUI thread and not at all if they are too large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from app.services.core.errors import UserError
from app.services.documents.checking import too_large
from app.services.documents.dto import Limits, NewFile, NotAttached
from app.views.common.files import read_file


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file by its path, or a picture from the clipboard under a name."""

    name: str
    path: Path | None = None
    picture: QImage | None = None


def holds_files(mime: QMimeData) -> bool:
    """Whether what is dragged or on the clipboard can be attached."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def from_mime(mime: QMimeData, picture_name: str) -> list[Incoming]:
    """What is dropped or pasted: files if there are any (an office program gives a picture of them too), else a picture."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return from_paths(paths)
    picture = QImage(mime.imageData()) if mime.hasImage() else QImage()
    return [] if picture.isNull() else [Incoming(picture_name, picture=picture)]


def from_paths(paths: Sequence[Path]) -> list[Incoming]:
    """Files that were picked."""
    return [Incoming(path.name, path) for path in paths]


def read_incoming(incoming: Sequence[Incoming], limits: Limits) -> tuple[tuple[NewFile, ...], tuple[NotAttached, ...]]:
    """The contents of files, and those that can't be read, are folders or too large."""
    files: list[NewFile] = []
    refused: list[NotAttached] = []
    for each in incoming:
        try:
            files.append(NewFile(each.name, _content(each, limits)))
        except UserError as error:
            refused.append(NotAttached(each.name, str(error)))
    return tuple(files), tuple(refused)


def _content(each: Incoming, limits: Limits) -> bytes:
    if each.picture is not None:
        return _png(each.picture)
    assert each.path is not None
    if each.path.is_dir():
        raise UserError(f"{each.name} is a folder.", "Open it and choose the files in it.")
    try:
        size = each.path.stat().st_size
    except OSError:
        size = 0
    if size > limits.largest_bytes:
        raise too_large(each.name, size, limits)
    return read_file(each.path)


def _png(picture: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(picture)
    buffer.close()
    return bytes(kept.data())
