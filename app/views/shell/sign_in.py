"""The sign-in page, and the sheet on which an officer chooses a password."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.services.core.errors import UserError
from app.services.core.sign_in import DEMONSTRATION_PASSWORD, Colleague, Desks
from app.views.common.dialogs import Sheet
from app.views.common.forms import Form
from app.views.common.message_bar import MessageBar
from app.views.common.page import Page
from app.views.common.parts import Card, button, column, label, row, scrolled
from app.views.common.theme import scaled

_WIDTH = 400
_ROW = 30


class ColleagueList(QListWidget):
    """The officers of a demonstration landlord; Enter or a click takes one.

    Signals:
        taken(Colleague)
    """

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Officers of the demonstration")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("ticks")
        self.itemActivated.connect(self._take)
        self.itemClicked.connect(self._take)

    def show_colleagues(self, colleagues: tuple[Colleague, ...]) -> None:
        """List them, each with their roles as the tip."""
        self.clear()
        for each in colleagues:
            item = QListWidgetItem(each.name, self)
            item.setToolTip(each.roles)
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setSizeHint(QSize(0, scaled(_ROW)))
        self.setFixedHeight(scaled(_ROW) * max(1, min(len(colleagues), 8)) + 6)

    def _take(self, item: QListWidgetItem) -> None:
        self.taken.emit(item.data(Qt.ItemDataRole.UserRole))


class SignInPage(Page):
    """Who is at the desk.

    Signals:
        given(username, password): both were typed.
        computer_wanted: sign in as the operating-system user, without a password.
        leave_wanted: open another database.
    """

    given = Signal(str, str)
    computer_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Sign in", help_topic="sign_in")
        self.title = label("Sign in", "title")
        self.messages = MessageBar(inline=True)
        self.username, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.form = Form()
        self.form.add("username", "&Name", self.username, "The name you sign in to the computer with")
        self.form.add("password", "&Password", self.password)
        self.sign_in = button("&Sign in", role="primary", key="Enter")
        self.computer = button("Sign in &without a password")
        self.leave = button("&Open another database", role="link", icon="folder-open-outline")
        self.colleagues = ColleagueList()
        self._demonstration = self._made_up()
        self._arrange()
        self.setFocusProxy(self.username)
        self.username.returnPressed.connect(self._go_on)
        self.password.returnPressed.connect(self._give)
        self.sign_in.clicked.connect(self._give)
        self.computer.clicked.connect(self.computer_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self.colleagues.taken.connect(self._fill)
        self.tell_key("Enter", "Sign in")

    def show_desks(self, desks: Desks) -> None:
        """Begin: whose database it is, and who may sign in how."""
        self.title.setText(f"Sign in to {desks.landlord}" if desks.landlord else "Sign in")
        self.username.setText("" if desks.problem else desks.username)
        self.password.clear()
        self.computer.setVisible(desks.without_password)
        name = desks.username.replace("&", "&&")
        self.computer.setText(f"Sign in as {name}, &without a password")
        self.computer.setAccessibleName(f"Sign in as {desks.username}, without a password")
        self._demonstration.setVisible(bool(desks.colleagues))
        self.colleagues.show_colleagues(desks.colleagues)
        self.messages.clear()
        if desks.problem:
            self.messages.info(desks.problem)
        (self.password if self.username.text() else self.username).setFocus()

    def show_error(self, error: UserError) -> None:
        """Say what is wrong; the name stays, the password is typed again."""
        self.set_busy(busy=False)
        self.password.clear()
        if not self.form.show_error(error):
            self.messages.bad(error)

    def set_busy(self, *, busy: bool) -> None:
        """While the password is looked at, nothing else is begun."""
        for each in (self.sign_in, self.computer, self.colleagues, self.username, self.password):
            each.setEnabled(not busy)

    def _go_on(self) -> None:
        if self.password.text():
            self._give()
        else:
            self.password.setFocus()

    def _give(self) -> None:
        self.form.clear_errors()
        self.messages.clear()
        for field, name in ((self.username, "username"), (self.password, "password")):
            if not field.text():
                self.form.show_error(UserError(f"Type your {'name' if name == 'username' else name}.", field=name))
                return
        self.given.emit(self.username.text(), self.password.text())

    def _fill(self, colleague: Colleague) -> None:
        self.username.setText(colleague.username)
        self.password.setText(DEMONSTRATION_PASSWORD)
        self.sign_in.setFocus()
        self._give()

    def _made_up(self) -> QWidget:
        made = QWidget()
        words = f"Choose an officer to see Rentbook as they do. Everybody's password is {DEMONSTRATION_PASSWORD}."
        column(made, label("A demonstration", "heading"), label(words, "muted", wrap=True), self.colleagues, None)
        made.setFixedWidth(scaled(_WIDTH))
        return made

    def _arrange(self) -> None:
        card = Card(margins=(24, 20, 24, 20), spacing=12)
        for each in (self.title, self.messages):
            card.column.addWidget(each)
        card.column.addLayout(self.form)
        card.column.addLayout(row(self.sign_in, None))
        card.column.addLayout(row(self.computer, None))
        card.column.addLayout(row(self.leave, None))
        card.column.addStretch(1)
        card.setFixedWidth(scaled(_WIDTH))
        self._card = card
        inside = QWidget()
        inside.setObjectName("canvas")
        beside = row(None, card, self._demonstration, None, spacing=24)
        column(inside, None, beside, None, margin=24)
        column(self, scrolled(inside), spacing=0)


class PasswordSheet(Sheet):
    """An officer chooses a password.

    Signals:
        chosen(old, new): `old` is empty where they have none yet.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget, *, first: bool, least: int, must: bool = False) -> None:
        note = f"At least {least} characters. Three words that have nothing to do with each other are easy to remember."
        super().__init__(
            parent,
            "Choose a password" if first else "Change my password",
            primary="&Keep the password",
            close="Sign out" if must else "Cancel",
            note=note,
        )
        self.old, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        form = self.form()
        rows = [("password", "N&ew password", self.new), ("again", "New password &again", self.again)]
        if not first:
            rows.insert(0, ("old", "Your password &now", self.old))
        for name, title, field in rows:
            field.setEchoMode(QLineEdit.EchoMode.Password)
            form.add(name, title, field)
            field.returnPressed.connect(partial(self._next, field))
        self._fields = [field for _name, _title, field in rows]
        self.setMinimumWidth(scaled(460))
        self.confirmed.connect(self._choose)

    def _next(self, field: QLineEdit) -> None:
        at = self._fields.index(field) + 1
        if at < len(self._fields):
            self._fields[at].setFocus()
        else:
            self._choose()

    def _choose(self) -> None:
        if self.new.text() != self.again.text():
            self.show_error(UserError("The two are not the same.", "Type the new password again.", "again"))
            return
        self.set_busy(busy=True)
        self.chosen.emit(self.old.text(), self.new.text())
