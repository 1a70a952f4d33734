"""Names where the room is short: the surname once, then initials, then the first of several alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.views.common.columns import SHORTER_ROLE
from app.views.common.theme import style_of

_TITLES: Final = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Rev", "Sir", "Dame", "Lady", "Lord"})
_LEAST_WORDS: Final = 3
"""A title, a first name and a surname."""


def shorter_names(names: str) -> tuple[str, ...]:
    """`Ms Ann Pond and Mr Joe Pond`, shorter each time; nothing for a firm, or people without titles.

    `Ms Ann and Mr Joe Pond`, `Ms A and Mr J Pond`, `Ms Ann Pond +1`, `Ms A Pond +1`; of one, `Ms A Pond`: the whole stands
    in the tip and in every export.
    """
    people = [each.split() for each in names.split(" and ")]
    if any(len(each) < _LEAST_WORDS or each[0].rstrip(".") not in _TITLES for each in people):
        return ()
    initials = [[title, *(word[0] for word in middle), last] for title, *middle, last in people]
    if len(people) == 1:
        return (_together(initials),)
    more = f" +{len(people) - 1}"
    first = (f"{' '.join(people[0])}{more}", f"{_together(initials[:1])}{more}")
    if len({each[-1] for each in people}) > 1:
        return (_together(initials), *first)
    return (_one_surname(people), _one_surname(initials), *first)


def fitting(whole: str, shorter: Sequence[str], letters: QFontMetrics, room: int) -> str:
    """The longest of these that has room; the last of them, to be cut, where none has."""
    forms = (whole, *shorter)
    return next((each for each in forms if letters.horizontalAdvance(each) <= room), forms[-1])


def _together(people: Sequence[Sequence[str]]) -> str:
    return " and ".join(" ".join(each) for each in people)


def _one_surname(people: Sequence[Sequence[str]]) -> str:
    return _together([*(each[:-1] for each in people[:-1]), people[-1]])


class Shortening(QStyledItemDelegate):
    """Draws a cell as the longest of its forms that has room."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """Choose the form."""
        super().initStyleOption(option, index)
        shorter = index.data(SHORTER_ROLE)
        if shorter:
            with style_of(option.widget) as style:
                words = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)
                edge = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option) + 1
            option.text = fitting(option.text, shorter, option.fontMetrics, words.width() - 2 * edge)
