"""The form for a shared server: what it asks for, what a test of it says, and what is remembered."""

import socket

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.services.core.errors import UserError
from app.services.core.server_words import Trouble
from app.services.servers.dto import Encryption, ServerAddress, Tried
from app.views.welcome.connecting import NOT_KEPT, ServerDesk
from app.views.welcome.dialogs import ServerSheet
from tests.services.servers.conftest import own_keyring  # noqa: F401  a fixture
from tests.services.servers.standing_in import StandIn
from tests.services.servers.test_drivers import WRONG, answers
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    return made


@pytest.fixture
def sheet(window):
    made = ServerSheet(window)
    made.open()
    yield made
    if isValid(made):
        made.close()


@pytest.fixture
def asked(sheet):
    """What was asked of whoever opened the form."""
    found = []
    sheet.server_given.connect(lambda address: found.append(("connect", address)))
    sheet.test_wanted.connect(lambda address: found.append(("test", address)))
    return found


@pytest.fixture
def followed(sheet, tasks, clock, crashes):
    """The form, tried and connected for real; what was arrived at is the place."""
    arrived = []
    desk = ServerDesk(sheet, tasks, clock, lambda place, _progress, _cancel: place, crashes.append)
    desk.arrived.connect(lambda found, words: arrived.append((found, words)))
    sheet.arrived = arrived
    return sheet


def fill(sheet, port, **said):
    said = {"by_windows": False, "login": "rents", "password": "opensesame", "encryption": Encryption.SIGN_IN} | said
    sheet.fill(ServerAddress("127.0.0.1", "Rentbook", port, **said))


def test_the_keyboard_is_enough(sheet, asked):
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert asked == []
    assert sheet.focusWidget() is sheet.host
    type_text(sheet, "sql01")
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert asked == [("connect", ServerAddress("sql01", "Rentbook"))]


def test_a_server_may_be_typed_as_administrators_write_it(sheet, asked):
    type_text(sheet, "SQL01\\RENTS")
    sheet.test.trigger()
    assert asked == [("test", ServerAddress("SQL01", "Rentbook", instance="RENTS"))]


def test_only_a_login_has_a_password_and_only_another_name_has_a_field(sheet, asked):
    assert sheet.login.isHidden()
    sheet.sign_in.setCurrentIndex(1)
    assert sheet.password.isVisible()
    assert sheet.password.echoMode() is sheet.password.EchoMode.Password
    sheet.host.set_value("sql01")
    sheet.test.trigger()
    assert (asked, sheet.focusWidget()) == ([], sheet.login)
    sheet.login.set_value("rents")
    sheet.password.set_value("opensesame")
    sheet.certificate.set_value("other_name")
    sheet.certificate_name.set_value("sql.council.local")
    sheet.test.trigger()
    [(_what, address)] = asked
    assert (address.login, address.password, address.certificate_name) == ("rents", "opensesame", "sql.council.local")
    sheet.sign_in.setCurrentIndex(0)
    sheet.certificate.set_value("unchecked")
    sheet.test.trigger()
    assert asked[-1][1] == ServerAddress("sql01", "Rentbook", trust_certificate=True)


def test_what_is_kept_comes_back_but_for_the_password_which_is_asked_for(window):
    made = ServerSheet(window)
    made.fill(ServerAddress("sql01", "Rents", 1440, by_windows=False, login="rents", certificate_name="sql"))
    made.open()
    assert made.focusWidget() is made.password
    assert (made.name.value(), made.port.value(), made.certificate_name.value()) == ("Rents", "1440", "sql")
    made.close()


def test_an_error_about_a_hidden_field_stands_where_it_can_be_seen(sheet):
    sheet.show_error(UserError("The server refuses your Windows sign-in.", "Ask.", "login"))
    assert "refuses" in sheet._shown.error_of("sign_in")


def test_a_test_says_what_is_wrong_beside_its_field(followed, qtbot):
    with StandIn({"Rentbook": (WRONG,), "master": (WRONG,)}) as server:
        fill(followed, server.port)
        followed.test.trigger()
        wait(qtbot, lambda: followed._shown.error_of("login"))
    assert "refuses the login 'rents'" in followed._shown.error_of("login")
    assert followed.test.text() == "&Test"
    assert followed.arrived == []


def test_a_test_that_is_let_in_says_what_the_administrator_should_run(followed, qtbot):
    with StandIn({}, answers("0001", snapshots=(0, 1, "Latin1_General_CI_AS"))) as server:
        fill(followed, server.port)
        followed.test.trigger()
        wait(qtbot, lambda: "READ_COMMITTED_SNAPSHOT ON" in followed.messages.text)
    assert "older than this Rentbook" in followed.messages.text


def test_a_server_that_is_silent_can_be_given_up(followed, qtbot, tasks):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        fill(followed, silent.getsockname()[1])
        followed.test.trigger()
        wait(qtbot, lambda: "Signing in" in followed.messages.text)
        assert followed.test.text() == "S&top"
        followed.test.trigger()
        wait(qtbot, lambda: not tasks.busy)
    assert followed.messages.text == ""
    assert followed.isVisible()


def test_connecting_keeps_the_password_in_the_keyring_alone(followed, qtbot, own_keyring):  # noqa: F811
    fill(followed, 1433)
    press(followed, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: followed.arrived)
    [(place, words)] = followed.arrived
    assert (str(place.password), words) == ("opensesame", "")
    assert list(own_keyring.kept.values()) == ["opensesame"]
    assert not isValid(followed) or not followed.isVisible()


@pytest.mark.parametrize(("keep", "words"), [(True, NOT_KEPT), (False, "")])
def test_without_a_keyring_it_is_said_that_it_will_be_asked_again(followed, qtbot, keep, words):
    fill(followed, 1433)
    followed.keep.set_value(keep)
    press(followed, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: followed.arrived)
    assert followed.arrived[0][1] == words


@pytest.mark.parametrize(
    ("tried", "tone"),
    [
        (Tried("sql01", "16.0", "current", "0047", "0047"), "good"),
        (Tried("sql01", "16.0", "ahead", "0099", "0047"), "warning"),
        (Tried("sql01", "16.0", "current", "0047", "0047", ("Whoever reads waits.",)), "warning"),
    ],
)
def test_how_well_it_went_can_be_seen(sheet, tried, tone):
    sheet.show_tried(tried)
    assert sheet.messages.property("tone") == tone


def test_every_kind_of_trouble_has_a_place_on_the_form(sheet):
    from sqlalchemy.engine import make_url

    from app.services.core.server_refusals import refusal

    for trouble in Trouble:
        told = refusal(trouble, make_url("mssql+mssqlpython://sql01/Rentbook"), "x")
        assert not told.field or told.field in sheet._shown._fields, trouble
