"""The header of an account: who, where, the flags, and every linked account with its own balance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy

from app.models.values import Authority, Money, PaymentMethod
from app.services.holds.rules import banner
from app.services.rent.dto import (
    AccountHeader,
    HoldRow,
    Link,
    LinkedAccount,
    PersonRow,
    SpeakerRow,
)
from app.services.rent.rules import KIND_WORDS
from app.views.common import formats, icons
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Elided, Figure, label, pill, restyle, row
from app.views.common.presence import PresencePill
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled
from app.views.rent.flags import shown_flags

_FIGURES = 4
_BETWEEN = 8
_HELD = 2
_LEAST_LETTERS = 10
_WITH_ICONS = 820
_FIND_ONE = "Find one at the left by name, address, postcode or any part of a reference."


class LinkedFigure(Figure):
    """A linked account's balance; a click or Enter opens that account.

    Signals:
        opened(account_id)
    """

    opened = Signal(int)

    def __init__(self, linked: LinkedAccount) -> None:
        name = _linked_name(linked)
        super().__init__(name)
        self._account_id = linked.account_id
        self.show_amount(linked.balance)
        self.setAccessibleName(f"Open {name} {linked.reference}, {linked.balance.dr_cr()}")
        self.setToolTip(f"{name}, {linked.address}, {linked.reference}: open this account")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the account."""
        super().mousePressEvent(event)
        self.opened.emit(self._account_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and space open the account."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self._account_id)
        else:
            super().keyPressEvent(event)


class Title(Elided):
    """The name at the head: as wide as it is written, cut with dots only where the card is narrower."""

    def __init__(self) -> None:
        super().__init__("title")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, text: str, shorter: Sequence[str] = ()) -> None:
        """Show these words, or the longest of the shorter ones that has room."""
        super().say(text, shorter)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """The room that the whole name takes."""
        return QSize(self.fontMetrics().horizontalAdvance(self.accessibleName()) + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The first few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * _LEAST_LETTERS, super().sizeHint().height())


class HeaderCard(Card):
    """Who and where.

    Signals:
        linked_opened(account_id): the officer wants a linked account.
    """

    linked_opened = Signal(int)

    def __init__(self, actions: list[QPushButton]) -> None:
        super().__init__(spacing=6)
        self._name = Title()
        self._pills: list[QLabel] = []
        self._head, self._badges = FlowLayout(_BETWEEN), FlowLayout(_BETWEEN)
        self._head.addWidget(self._name)
        self._facts = label("", "muted", wrap=True)
        self._contact = label("", "muted", wrap=True)
        self._held = label("", wrap=True, tone="bad")
        self._figures = FlowLayout(across=28)
        self._weekly = Figure("Weekly charge", align_right=True)
        self._actions = FlowLayout()
        self._buttons = {action: action.property("icon_spec") for action in actions}
        for action in actions:
            self._actions.addWidget(action)
        self._top = row(self._head, self._actions)
        self._top.setStretch(0, 1)
        self._top.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self._top)
        self.column.addLayout(self._badges)
        self.column.addWidget(self._facts)
        self.presence = PresencePill()
        contact = row(self._contact, self.presence)
        contact.setStretch(0, 1)
        self.column.addLayout(contact)
        self.column.addWidget(self._held)
        self.column.addSpacing(scaled(2))
        figures = row(self._figures, self._weekly)
        figures.setStretch(0, 1)
        figures.setAlignment(self._weekly, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(figures)
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the name and the buttons have little room abreast, the buttons do without their icons."""
        super().resizeEvent(event)
        plain = self.width() < scaled(_WITH_ICONS)
        for button, spec in self._buttons.items():
            if plain:
                button.setProperty("icon_spec", None)
                button.setIcon(icons.NONE)
            elif spec is not None and button.property("icon_spec") is None:
                icons.dress(button, *spec)
        self._place_pills()

    def put_actions_under(self, under: bool) -> None:
        """Put the buttons under the name, where large text leaves no room beside it."""
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight)
        side = Qt.AlignmentFlag(0) if under else Qt.AlignmentFlag.AlignTop
        self._top.setAlignment(self._actions, side)
        self._place_pills()

    def clear(self, name: str = "No account is open", words: str = _FIND_ONE) -> None:
        """No account is open, or none that the officer may open."""
        self._name.say(name)
        self._facts.setText(words)
        self._contact.setText("")
        self._held.setVisible(False)
        self._empty_pills()
        self._figures.clear()
        self._weekly.setVisible(False)

    def show_header(self, header: AccountHeader) -> None:
        """Show an account."""
        self._name.say(header.name, shorter_names(header.name))
        self._empty_pills()
        for flag in shown_flags(header):
            made = pill(flag.text, flag.tone)
            made.setToolTip(flag.why)
            made.setAccessibleDescription(flag.why)
            self._pills.append(made)
            self._head.addWidget(made)
        self._place_pills()
        self._facts.setText(_line(_facts(header)))
        contacts = [*(_contact(person) for person in header.people), *_speaking(header.speakers)]
        self._contact.setText(_line(contacts))
        self._held.setText(_held(header.holds))
        self._held.setVisible(bool(header.holds))
        self._show_figures(header)
        self._weekly.setVisible(True)
        self._weekly.show_amount(header.weekly, balance=False)
        self._weekly.setToolTip("\n".join(f"{charge.what} {charge.amount}" for charge in header.charges))
        restyle(self)

    def _empty_pills(self) -> None:
        for made in self._pills:
            self._head.removeWidget(made)
            self._badges.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._pills.clear()

    def _place_pills(self) -> None:
        """The badges beside the name; in a line of their own, where there is no room for all of them."""
        sides = self.column.contentsMargins()
        room = self.width() - sides.left() - sides.right()
        if self._top.direction() is QBoxLayout.Direction.LeftToRight:
            room -= self._actions.sizeHint().width() + self._top.spacing()
        wide = self._name.sizeHint().width() + sum(made.sizeHint().width() + scaled(_BETWEEN) for made in self._pills)
        old, new = (self._badges, self._head) if wide <= room else (self._head, self._badges)
        for made in self._pills:
            if old.indexOf(made) >= 0:
                old.removeWidget(made)
                new.addWidget(made)

    def _show_figures(self, header: AccountHeader) -> None:
        self._figures.clear()
        own = Figure(KIND_WORDS[header.kind])
        own.show_amount(header.balance)
        self._figures.addWidget(own)
        for linked in header.linked[:_FIGURES]:
            figure = LinkedFigure(linked)
            figure.opened.connect(self.linked_opened)
            self._figures.addWidget(figure)
        rest = header.linked[_FIGURES:]
        if rest:
            others = Figure(formats.count(len(rest), "other account"))
            others.show_amount(Money(sum(each.balance.pence for each in rest)))
            self._figures.addWidget(others)
        if header.linked:
            net = Figure("Net position")
            net.show_amount(header.net)
            self._figures.addWidget(net)


def _held(holds: Sequence[HoldRow]) -> str:
    """What is stopped, until when and why, a line for each hold; the first two, and how many more."""
    said = [banner(hold.stops, hold.kind, hold.reason, hold.to_on) for hold in holds[:_HELD]]
    more = len(holds) - _HELD
    return "\n".join([*said, *([f"and {formats.count(more, 'more hold')}"] if more > 0 else [])])


def _linked_name(linked: LinkedAccount) -> str:
    if linked.link is Link.SAME_TENANCY:
        return KIND_WORDS[linked.kind]
    if linked.link is Link.FORMER:
        return f"Former, {linked.address.split(',')[0]}"
    return linked.address.split(",")[0] or KIND_WORDS[linked.kind]


def _line(said: Sequence[str]) -> str:
    """Facts beside each other; where the line is full it breaks between them, or after a comma, not elsewhere."""
    return "   ".join(", ".join(formats.unbroken(part) for part in fact.split(", ")) for fact in said)


def _facts(header: AccountHeader) -> list[str]:
    since = f"since {formats.day(header.started_on)}"
    if header.ended_on:
        since = f"{formats.day(header.started_on)} to {formats.day(header.ended_on)}"
    where = ", ".join(part for part in (*header.address, header.postcode) if part)
    facts = [where, f"Ref {header.reference}", since]
    if header.bedrooms:
        facts.append(formats.count(header.bedrooms, "bedroom"))
    if header.payment_method and header.payment_method is not PaymentMethod.OTHER:
        facts.append(f"pays by {formats.method(header.payment_method)}")
    facts += [mark.text for mark in header.marks if mark.in_line]
    return [fact for fact in facts if fact]


def _speaking(speakers: Sequence[SpeakerRow]) -> list[str]:
    """Who may speak for the people, and who may act for them, each in a sentence."""
    said = []
    for authority, words in ((Authority.ACT, "May act"), (Authority.SPEAK, "May speak")):
        named = [f"{each.name} ({each.relation})" for each in speakers if each.authority is authority]
        if named:
            said.append(f"{words}: {', '.join(named)}")
    return said


def _contact(person: PersonRow) -> str:
    if person.do_not_contact:
        return f"{person.name}: do not contact"
    parts = [each for each in (person.mobile, person.phone, person.email) if each] or ["no phone or e-mail"]
    if person.language:
        parts.append(f"write in {person.language}")
    return f"{person.name}: {', '.join(parts)}"
