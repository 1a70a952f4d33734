"""What is looked for in every scene: names, mnemonics, tab order, and text that is cut."""

from collections import Counter
from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollBar,
    QTabBar,
    QToolButton,
    QWidget,
)

from app.views.common.parts import Elided

_SLACK = 2
"""Pixels that rounding may take."""


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab should come by."""
    inside = [root, *root.findChildren(QWidget)]
    return [
        each
        for each in inside
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisibleTo(root) and not isinstance(each, QScrollBar)
    ]


def remembered_places() -> Counter[str]:
    """The places of layouts, made by Qt, that PySide would still know when they have gone (see views/common/boxes.py)."""
    return Counter(
        type(each).__name__
        for each in shiboken6.getAllValidWrappers()
        if isinstance(each, QLayoutItem) and not isinstance(each, QLayout) and not shiboken6.createdByPython(each)
    )


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it: its name, the words on it, or the label whose buddy it is."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text()
    labels = widget.window().findChildren(QLabel)
    return next((each.text() for each in labels if each.buddy() is widget), "") or widget.windowTitle()


def called(widget: QWidget) -> str:
    """A widget as a fault names it."""
    text = getattr(widget, "text", str)()
    return f"{type(widget).__name__} {widget.objectName() or name_of(widget)!r} {text[:40]!r}"


def unnamed(root: QWidget) -> Iterator[str]:
    """What takes the focus and can't be heard."""
    for each in focusable(root):
        if not inside_a_field(each) and not name_of(each):
            yield f"no name: {called(each)} in {each.parentWidget()}"


def inside_a_field(widget: QWidget) -> bool:
    """The editor of a date field, the list of a box of choices: Qt's own, named by what they are in."""
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractSpinBox) or widget.objectName().startswith("qt_")


def clashing(root: QWidget) -> Iterator[str]:
    """Mnemonics that two things have."""
    texts = [each.text() for each in root.findChildren(QAbstractButton) if each.isVisibleTo(root)]
    texts += [each.text() for each in root.findChildren(QLabel) if each.buddy() and each.isVisibleTo(root)]
    plain = [text.replace("&&", "") for text in texts]
    letters = [text[text.index("&") + 1].lower() for text in plain if "&" in text[:-1]]
    for letter, times in Counter(letters).items():
        if times > 1:
            yield f"{times} things have the mnemonic {letter}: {[text for text in plain if f'&{letter}' in text.lower()]}"


def unbuddied(root: QWidget) -> Iterator[str]:
    """Labels with a mnemonic that leads nowhere."""
    for each in root.findChildren(QLabel):
        plain = each.textFormat() is Qt.TextFormat.PlainText
        if each.isVisibleTo(root) and "&" in each.text().replace("&&", "") and not each.buddy() and not plain:
            yield f"no buddy: {called(each)}"


def unreached(root: QWidget, start: QWidget) -> Iterator[str]:
    """What Tab never comes by, found by pressing it.

    Asking each widget for the next one would make it the owner of that one's wrapper: once one of them is deleted, the
    wrappers of all that follow are dead, and the window crashes when it is painted next.
    """
    window = root.window()
    start.setFocus()
    seen: set[QWidget] = set()
    while (now := window.focusWidget()) is not None and now not in seen:
        seen.add(now)
        window.focusNextPrevChild(True)
    for each in focusable(root):
        if each.isEnabled() and each not in seen:
            yield f"not in the tab order: {called(each)}"


def cut(root: QWidget) -> Iterator[str]:
    """Text that has not the room it needs."""
    for each in root.findChildren(QWidget):
        if not each.isVisible() or not each.isVisibleTo(root) or each.window() is not root.window():
            continue
        if _is_cut(each):
            yield f"cut: {called(each)} {each.width()}x{each.height()}, needs {_needs(each)}"
        elif _leaves_parent(each):
            yield f"outside: {called(each)} {each.geometry()} in {each.parentWidget()}"


def _is_cut(widget: QWidget) -> bool:
    wide, high = _needs(widget)
    return widget.width() + _SLACK < wide or widget.height() + _SLACK < high


def _needs(widget: QWidget) -> tuple[int, int]:
    """The width and height that its words take; nothing for what scrolls or is meant to end in dots."""
    if isinstance(widget, Elided) or widget.property("may_be_cut"):
        return 0, 0
    if isinstance(widget, QLabel):
        if not widget.text():
            return 0, 0
        if widget.wordWrap():
            return 0, widget.heightForWidth(widget.width())
        return widget.minimumSizeHint().width(), widget.minimumSizeHint().height()
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return (0, 0) if not widget.icon().isNull() else (widget.fontMetrics().horizontalAdvance(widget.text()), 0)
    if isinstance(widget, QAbstractButton) and widget.text():
        words = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
        icon = widget.iconSize().width() if not widget.icon().isNull() else 0
        return words + icon, widget.fontMetrics().height()
    if isinstance(widget, QComboBox):
        policy = widget.sizeAdjustPolicy()
        if policy is QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon:
            return 0, widget.fontMetrics().height()
        return widget.fontMetrics().horizontalAdvance(widget.currentText()), widget.fontMetrics().height()
    if isinstance(widget, QTabBar) and not widget.usesScrollButtons():
        return sum(widget.tabRect(at).width() for at in range(widget.count()) if widget.isTabVisible(at)), 0
    return 0, 0


def _leaves_parent(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or "viewport" in parent.objectName():
        return False
    if not isinstance(widget, QLabel | QAbstractButton | QComboBox):
        return False
    return not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(widget.geometry())


def faults(shown: QWidget, page: QWidget) -> list[str]:
    """Everything wrong with a scene: of its dialog, or of the window with this page."""
    sheet = isinstance(shown, QDialog)
    inside = shown if sheet else page
    start = next(iter(focusable(shown)), shown) if sheet else (page.focusProxy() or page)
    walked = [*unnamed(shown), *clashing(inside), *unbuddied(inside), *unreached(inside, start)]
    QApplication.processEvents()  # what is said beside a field that the walk left makes a sheet higher
    return [*walked, *cut(shown)]
