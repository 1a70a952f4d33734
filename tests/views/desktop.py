"""What window tests share: a small landlord with figures worked by hand, and the ways an officer's hands move."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from sqlalchemy import event

from app.models.values import AccountKind, JournalKind
from app.services.core.context import Context
from app.services.core.session import Desk
from app.services.ledger.commands import post
from app.services.ledger.dto import JournalHeader, Line
from app.services.rent.search import refresh_search
from tests.factories import lettings

WEEKS = (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16))
WAIT_MS = 60_000
_PAUSE_MS = 1


def furnish(desk: Desk) -> dict[str, int]:
    """Three tenants. Testerton: 3 weeks of 100.00 and 150.00 paid, so 150.00 DR; the garage 12.50 DR, net 162.50.

    Specimen: 3 weeks of 80.00 and 300.00 paid, so 60.00 CR. Example: a former tenant who owes 80.00.
    """
    accounts = desk.do(_let)
    for week in WEEKS:
        charges = [
            Line(accounts["Testerton"], "DBR", 10_000, week, week),
            Line(accounts["Specimen"], "DBR", 8_000, week, week),
        ]
        if week == WEEKS[0]:
            charges.append(Line(accounts["Example"], "DBR", 8_000, week, week))
            charges.append(Line(accounts["garage"], "DGA", 1_250, week, week))
        desk.do(post, JournalHeader(JournalKind.CHARGE_RUN, week, "test", f"charge {week}"), charges)
    paid = date(2026, 11, 12)
    receipts = [
        Line(accounts["Testerton"], "RDD", -15_000, paid),
        Line(accounts["Specimen"], "RDD", -30_000, paid),
    ]
    desk.do(post, JournalHeader(JournalKind.RECEIPTS, paid, "test", "receipts"), receipts)
    return accounts


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    """The database answers nothing while this lasts: what is asked meanwhile can be stopped for certain."""
    go_on = threading.Event()

    def wait_for_it(*_about: object) -> None:
        assert go_on.wait(WAIT_MS / 1_000)

    event.listen(desk.database.engine, "before_cursor_execute", wait_for_it)
    try:
        yield
    finally:
        go_on.set()


def _let(ctx: Context) -> dict[str, int]:
    first = lettings.letting(ctx, "100.00", who=("Maria", "Testerton"), reference="0012 4471 03")
    second = lettings.letting(ctx, "80.00", who=("Sam", "Specimen"), reference="0012 4502 17")
    gone = lettings.letting(ctx, None, who=("Erin", "Example"), reference="0013 0090 25", end_on=date(2026, 11, 8))
    garage = lettings.tenancy(ctx, lettings.garage(ctx), [first.person])
    lettings.go_with(ctx, garage, first.tenancy)
    rented = lettings.account(ctx, garage, AccountKind.GARAGE, payment_reference="0071 0033 12")
    refresh_search(ctx)
    return {
        "Testerton": first.account.id,
        "Specimen": second.account.id,
        "Example": gone.account.id,
        "garage": rented.id,
    }


def press(window: QWidget, keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in a window, wherever its focus is."""
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or window, keys, held)


def type_text(window: QWidget, text: str) -> None:
    """Type into whatever has the focus."""
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClicks(QApplication.focusWidget() or window, text)


def answer_file(qtbot, owner: QWidget, path) -> None:
    """Choose a file in the file dialog that is open."""

    def opened() -> list[QFileDialog]:
        return [each for each in owner.findChildren(QFileDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(opened()), timeout=WAIT_MS)
    dialog = opened()[0]
    dialog.fileSelected.emit(str(path))
    dialog.filesSelected.emit([str(path)])
    dialog.reject()


def wait(qtbot, happened: Callable[[], object]) -> None:
    """Wait until something is so; asked more often than qtbot asks, a window is there sooner."""
    loop = QEventLoop()
    pause = QTimer(interval=_PAUSE_MS, singleShot=True, timeout=loop.quit)
    until = time.monotonic() + WAIT_MS / 1_000
    while not happened():
        assert time.monotonic() < until, "What was waited for did not happen."
        pause.start()
        loop.exec()


def sheet_of(qtbot, kind: type[QWidget], within: QWidget | None = None) -> QWidget:
    """The dialog of this kind, once it is open: anywhere, or of a page."""

    def found() -> list[QWidget]:
        among = QApplication.topLevelWidgets() if within is None else within.findChildren(kind)
        return [each for each in among if isinstance(each, kind) and each.isVisible()]

    wait(qtbot, found)
    return found()[0]


def open_tab(program, area: str) -> None:
    """Go to the tab of an area by its key, Ctrl and its number."""
    at = [each.name for each in program._areas].index(area)
    press(program.window, Qt.Key(Qt.Key.Key_1 + at), Qt.KeyboardModifier.ControlModifier)
