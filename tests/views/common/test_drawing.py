from collections import Counter
from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QIcon, QPageSize, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton

from app.models.values import Money
from app.views.common import icons
from app.views.common.chart import BalanceChart, load_library
from app.views.common.printing import draw_pages
from app.views.common.theme import Scheme


def pdf(pages: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        painter.drawText(1000, 1000, f"page {page + 1}")
    painter.end()
    return content.data()


def test_every_page_is_printed(qapp, tmp_path):
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf(3)))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    draw_pages(document, printer)
    document.close()
    printed = QPdfDocument()
    printed.load(str(tmp_path / "printed.pdf"))
    assert printed.pageCount() == 3
    printed.close()


def ground(widget) -> str:
    """The colour that most of a widget has."""
    image = widget.grab().toImage()
    seen = Counter(image.pixelColor(x, y).name() for x in range(40, 280, 7) for y in range(10, 190, 7))
    return seen.most_common(1)[0][0].upper()


def test_the_chart_says_its_range_in_words_and_draws_in_both_themes(qtbot, theme):
    load_library()
    chart = BalanceChart("Balance by week")
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.show()
    chart.show_points(
        [(date(2026, 11, 2), Money(10_000)), (date(2026, 11, 9), Money(25_000)), (date(2026, 11, 16), Money(-500))]
    )
    assert chart.accessibleName() == (
        "Balance by week: from £100.00 DR in the week of 2 Nov 2026 to £5.00 CR in the week of 16 Nov 2026,"
        " highest £250.00 DR"
    )
    chart.draw()
    qtbot.waitUntil(lambda: ground(chart) == "#FFFFFF")
    theme.choose(Scheme.DARK)
    qtbot.waitUntil(lambda: ground(chart) == "#1A2228")


def test_the_amounts_beside_the_chart_say_which_way_they_are(qtbot, theme):
    load_library()
    chart = BalanceChart("Balance by week")
    qtbot.addWidget(chart)
    chart.show_points([(date(2026, 11, 2), Money(150_000)), (date(2026, 11, 9), Money(-30_000))])
    chart.draw()
    axis = chart._plot.getAxis("left")
    assert axis.tickStrings([-250.0, 0.0, 1_000.0], 1, 250) == ["250 CR", "0", "1,000 DR"]


def test_a_chart_of_nothing_is_no_trouble(qtbot):
    chart = BalanceChart("Balance by week")
    qtbot.addWidget(chart)
    chart.show_points([])
    assert chart.accessibleName() == "Balance by week: nothing to draw"


def test_icons_take_their_colour_from_the_theme_again(qtbot, theme):
    button = QPushButton("Sample")
    qtbot.addWidget(button)
    icons.dress(button, "magnify", "brand")

    def ink() -> str:
        image = button.icon().pixmap(24, 24).toImage()
        colours = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        return max((each for each in colours if each.alpha() > 250), key=lambda each: each.alpha()).name().upper()

    before = ink()
    theme.choose(Scheme.DARK)
    icons.redress(button.parentWidget())
    assert (before, ink()) == ("#1F5673", "#7FB7D6")


def test_a_label_can_be_an_icon(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    icons.dress(label, "alert-outline", "bad", 18)
    assert label.pixmap().deviceIndependentSize().width() == 18


def test_an_icon_is_drawn_in_the_size_that_is_shown_and_of_a_chosen_row_as_of_any_other(qtbot):
    shown = icons.icon("magnify", "brand")
    faded, chosen, plain = (
        shown.pixmap(QSize(21, 21), 1.0, mode).toImage()
        for mode in (QIcon.Mode.Disabled, QIcon.Mode.Selected, QIcon.Mode.Normal)
    )
    assert plain.size() == QSize(21, 21)
    assert plain == chosen
    assert plain != faded
    assert not shown.pixmap(QSize(21, 21), 2.0).isNull()
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")
