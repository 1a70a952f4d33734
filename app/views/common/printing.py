"""Printing what has been made: the pages of a PDF, or plain text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QTextDocument
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_MOST_DPI = 300


def print_pdf(parent: QWidget, content: bytes, name: str, *, paper: QPageSize | None = None) -> QPrintDialog:
    """Ask for a printer and print the pages of a PDF; on A4, if no other paper is given."""

    def draw(printer: QPrinter) -> None:
        printer.setDocName(name)
        buffer = QBuffer()
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(buffer)
        draw_pages(document, printer)
        document.close()

    return _ask(parent, draw, paper)


def paper_of(content: bytes) -> QPageSize:
    """Paper of the size of a PDF's first page, such as the roll of a receipt printer."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(0)
    document.close()
    return QPageSize(size, QPageSize.Unit.Point, matchPolicy=QPageSize.SizeMatchPolicy.FuzzyMatch)


def print_text(parent: QWidget, text: str) -> QPrintDialog:
    """Ask for a printer and print plain text."""

    def draw(printer: QPrinter) -> None:
        document = QTextDocument(text)
        document.print_(printer)

    return _ask(parent, draw)


def print_picture(parent: QWidget, picture: QImage, name: str) -> QPrintDialog:
    """Ask for a printer and print a picture, as large as the paper takes it."""

    def draw(printer: QPrinter) -> None:
        printer.setDocName(name)
        painter = QPainter(printer)
        paper = printer.pageRect(QPrinter.Unit.DevicePixel)
        size = picture.size().scaled(paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(QPoint(0, 0), size), picture)
        painter.end()

    return _ask(parent, draw)


def draw_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Draw each page of a document on a page of the printer, as large as the paper takes it."""
    painter = QPainter(printer)
    paper = printer.pageRect(QPrinter.Unit.DevicePixel)
    share = min(1.0, _MOST_DPI / printer.resolution())
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        size = document.pagePointSize(page).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        image = document.render(page, QSize(round(size.width() * share), round(size.height() * share)))
        painter.drawImage(paper.adjusted(0, 0, size.width() - paper.width(), size.height() - paper.height()), image)
    painter.end()


def _ask(parent: QWidget, draw: Callable[[QPrinter], None], paper: QPageSize | None = None) -> QPrintDialog:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(paper or QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: draw(printer))
    QDialog.open(dialog)
    return dialog
