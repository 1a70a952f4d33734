"""Connecting to a shared server: the form."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.core.errors import UserError
from app.services.servers.dto import Encryption, ServerAddress, Tried
from app.services.servers.rules import MOST_HOST, MOST_NAME, USUAL_PORT, checked, read_host, read_port, told
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField, TickField
from app.views.common.forms import choice_field
from app.views.common.parts import action_button

_NOTE = "Your administrator knows the server and the name of the database."
_CHECKED, _OTHER_NAME, _UNCHECKED = "checked", "other_name", "unchecked"
_ENCRYPTION = [
    ("Always", Encryption.ALWAYS),
    ("Always, from the first byte (TDS 8, SQL Server 2022)", Encryption.STRICT),
    ("Only the sign-in", Encryption.SIGN_IN),
]
_CERTIFICATE = [
    ("Check it", _CHECKED),
    ("Check it, under another name", _OTHER_NAME),
    ("Take it unchecked", _UNCHECKED),
]
_TEST, _STOP = "&Test", "S&top"
_OF_LOGIN = ("login", "password", "keep")
_STANDS_FOR = {"login": "sign_in", "password": "sign_in", "certificate_name": "certificate"}
"""Fields that are only there sometimes, and which tells of them meanwhile."""


class ServerSheet(Sheet):
    """Asks for the server, and tries it before anything is kept.

    Signals:
        server_given(ServerAddress): connect to it; everything needed is there.
        test_wanted(ServerAddress): only try it.
        stop_wanted: nobody wants to wait any longer.
    """

    server_given = Signal(object)
    test_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Connect to a shared server", primary="Connect", note=_NOTE)
        self._driver = ServerAddress("", "").driver
        self._busy = False
        self._make_fields()
        self._arrange()
        self.test = QAction(_TEST, self)
        self.test.setShortcut(QKeySequence("Ctrl+T"))
        self.test.triggered.connect(self._test_or_stop)
        self.addAction(self.test)
        self.left_buttons.addWidget(action_button(self.test, icon="lan-check"))
        for choice in (self.sign_in, self.certificate):
            choice.currentIndexChanged.connect(self._follow)
        self.confirmed.connect(lambda: self._give(self.server_given))
        self.finished.connect(lambda _how: self.stop_wanted.emit())
        self._follow()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 46)

    def fill(self, address: ServerAddress) -> None:
        """Show a server that was kept."""
        self._driver = address.driver
        way = _UNCHECKED if address.trust_certificate else _OTHER_NAME if address.certificate_name else _CHECKED
        self._shown.fill(
            {
                "host": address.host,
                "instance": address.instance,
                "port": str(address.port or ""),
                "database": address.database,
                "sign_in": address.by_windows,
                "login": address.login,
                "password": address.password,
                "encryption": address.encryption,
                "certificate": way,
                "certificate_name": address.certificate_name,
            }
        )
        self._follow()
        if not address.by_windows and not address.password:
            self.begin_at(self.password)

    def show_work(self, words: str) -> None:
        """Say which step is under way; Test stops it."""
        self._busy = True
        self.test.setText(_STOP)
        self.set_busy(busy=True)
        self.messages.info(f"{words} ...")

    def end_work(self) -> None:
        """Nothing is under way any more."""
        self._busy = False
        self.test.setText(_TEST)
        self.set_busy(busy=False)

    def show_tried(self, tried: Tried) -> None:
        """Say what a test found."""
        lines = [told(tried), *tried.warnings]
        if tried.advice:
            lines.append("The server's administrator runs once, when nobody is at work:")
            lines += tried.advice
        (self.messages.good if tried.ready and not tried.warnings else self.messages.warn)("\n".join(lines))

    def show_error(self, error: UserError) -> None:
        """Show what is wrong beside its field, or at the top."""
        self.messages.clear()
        name = error.field or ""
        if name in _STANDS_FOR and self._shown.labels[name].isHidden():
            error = UserError(error.message, error.hint, _STANDS_FOR[name])
        super().show_error(error)

    def _make_fields(self) -> None:
        self.host = LineField(MOST_HOST + 40, placeholder="sql01.council.local")
        self.instance = LineField(16)
        self.port = LineField(5, placeholder=str(USUAL_PORT))
        self.name = LineField(MOST_NAME)
        self.name.set_value("Rentbook")
        self.sign_in = choice_field([("Windows sign-in", True), ("A login of the server", False)])
        self.login = LineField(MOST_NAME)
        self.password = LineField(MOST_NAME)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = TickField("&Keep the password in this computer's keyring")
        self.keep.set_value(True)
        self.encryption = choice_field(list(_ENCRYPTION))
        self.certificate = choice_field(list(_CERTIFICATE))
        self.certificate_name = LineField(MOST_HOST)

    def _arrange(self) -> None:
        form = self._shown = self.form()
        form.add("host", "&Server", self.host)
        form.add_beside(("instance", "&Instance", self.instance), ("port", "P&ort", self.port))
        form.add("database", "&Database", self.name)
        form.add("sign_in", "Si&gn in with", self.sign_in)
        form.add("login", "&Login", self.login)
        form.add("password", "&Password", self.password)
        form.add("keep", "", self.keep)
        form.add("encryption", "&Encryption", self.encryption)
        form.add("certificate", "Ce&rtificate", self.certificate)
        form.add("certificate_name", "&Name in it", self.certificate_name)
        self._unchecked = form.add_words(self.certificate)
        self._unchecked.setText(
            "Somebody between you and the server could read along: only if your administrator says so."
        )

    def _follow(self) -> None:
        """Show what the choices ask for."""
        by_login, way = not self.sign_in.value(), self.certificate.value()
        for name in _OF_LOGIN:
            self._shown.setRowVisible(self._shown.labels[name], by_login)
        self._shown.setRowVisible(self._shown.labels["certificate_name"], way == _OTHER_NAME)
        self._unchecked.setVisible(way == _UNCHECKED)

    def _test_or_stop(self) -> None:
        if self._busy:
            self.stop_wanted.emit()
        else:
            self._give(self.test_wanted)

    def _give(self, signal: SignalInstance) -> None:
        try:
            address = self._address()
        except UserError as error:
            self.show_error(error)
            return
        self._shown.clear_errors()
        self.messages.clear()
        signal.emit(address)

    def _address(self) -> ServerAddress:
        """What the form says.

        Raises:
            UserError: something is missing or can't be.
        """
        host, port, instance = read_host(self.host.value())
        by_windows, way = bool(self.sign_in.value()), self.certificate.value()
        return checked(
            ServerAddress(
                host,
                self.name.value(),
                read_port(self.port.value()) or port,
                self.instance.value() or instance,
                by_windows,
                "" if by_windows else self.login.value(),
                "" if by_windows else self.password.text(),
                self.encryption.value(),
                way == _UNCHECKED,
                self.certificate_name.value() if way == _OTHER_NAME else "",
                self._driver,
            )
        )
