"""Connecting to a shared server: the form."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.core.errors import UserError
from app.views.common.dialogs import Sheet
from app.views.common.forms import choice_field


@dataclass(frozen=True, slots=True)
class Server:
    """A shared server and how to sign in to it: by Windows, or by a login and its password."""

    host: str
    database: str
    by_windows: bool
    login: str = ""
    password: str = ""


class ServerSheet(Sheet):
    """Asks for the server.

    Signals:
        server_given(Server): everything needed is there.
    """

    server_given = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Connect to a shared server",
            primary="Connect",
            note="Your administrator knows the server and the name of the database.",
        )
        form = self.form()
        self.host = QLineEdit()
        self.host.setPlaceholderText("sql01.council.local")
        self.name = QLineEdit("Rentbook")
        self.sign_in = choice_field([("Windows sign-in", True), ("A login of the server", False)])
        self.login = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form.add("host", "&Server", self.host)
        form.add("database", "&Database", self.name)
        form.add("sign_in", "Sign &in with", self.sign_in)
        form.add("login", "&Login", self.login)
        form.add("password", "&Password", self.password)
        self.sign_in.currentIndexChanged.connect(self._sign_in_changed)
        self.confirmed.connect(self._give)
        self._sign_in_changed()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 40)

    def _sign_in_changed(self) -> None:
        for field in (self.login, self.password):
            field.setEnabled(not self.sign_in.value())

    def _give(self) -> None:
        by_windows = bool(self.sign_in.value())
        for field, name, words in (
            (self.host, "host", "the server"),
            (self.name, "database", "the database"),
            *(() if by_windows else ((self.login, "login", "your login"),)),
        ):
            if not field.text().strip():
                self.show_error(UserError(f"Type the name of {words}.", field=name))
                return
        self.server_given.emit(
            Server(
                self.host.text().strip(), self.name.text().strip(), by_windows, self.login.text(), self.password.text()
            )
        )
