"""The Accounts page where there is little room: large text, a small window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.views.rent.header import LinkedFigure
from tests.views.desktop import press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(program, qtbot, theme, text_size, size):
    theme.choose(text_size=text_size)
    program.window.resize(*size)
    accounts = program.controllers["rent"]
    accounts.look_for("testerton")
    wait(qtbot, lambda: accounts.header and "Testerton" in accounts.header.name and not program.tasks.busy)
    return accounts.page


def inside(part, whole):
    """Whether all of a widget lies in another."""
    return whole.rect().contains(part.rect().translated(part.mapTo(whole, part.rect().topLeft())))


def test_at_twice_the_text_no_balance_of_the_header_is_cut(desktop_over_landlord, qtbot, theme):
    page = opened(desktop_over_landlord, qtbot, theme, 200, (1440, 900))
    figures = page.account.header.findChildren(LinkedFigure)
    assert figures
    words = [each for each in page.account.header.findChildren(QLabel) if each.isVisible() and each.text()]
    assert [each.text() for each in words if not inside(each, page.account.header)] == []


def test_at_twice_the_text_the_sum_stands_under_the_ledger(desktop_over_landlord, qtbot, theme):
    page = opened(desktop_over_landlord, qtbot, theme, 200, (1440, 900))
    assert (
        page.account.why.mapTo(page, page.account.why.rect().topLeft()).y()
        > page.account.ledger.mapTo(page, page.account.ledger.rect().topLeft()).y()
    )
    press(desktop_over_landlord.window, Qt.Key.Key_F8)
    wait(qtbot, lambda: not page.account.why.visibleRegion().isEmpty())


def test_at_plain_text_the_sum_stands_beside_the_ledger(desktop_over_landlord, qtbot, theme):
    page = opened(desktop_over_landlord, qtbot, theme, 100, (1440, 900))
    assert (
        page.account.why.mapTo(page, page.account.why.rect().topLeft()).x()
        > page.account.ledger.mapTo(page, page.account.ledger.rect().topLeft()).x()
    )


def test_every_part_of_the_account_is_named_in_full(desktop_over_landlord, qtbot, theme):
    page = opened(desktop_over_landlord, qtbot, theme, 100, (1280, 720))
    tabs = page.account.ledger.tabs
    press(desktop_over_landlord.window, Qt.Key.Key_D, CTRL)
    assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width()


def test_names_and_addresses_share_the_finder(desktop_over_landlord, qtbot, theme):
    page = opened(desktop_over_landlord, qtbot, theme, 100, (1440, 900))
    _, name, address, _ = (page.finder.table.columnWidth(at) for at in range(4))
    assert name >= 130
    assert address >= 120


def test_the_statement_is_no_larger_than_the_window(desktop_over_landlord, qtbot, theme):
    from app.views.rent.dialogs import StatementSheet

    page = opened(desktop_over_landlord, qtbot, theme, 100, (1280, 720))
    press(desktop_over_landlord.window, Qt.Key.Key_F6)
    wait(qtbot, lambda: page.findChild(StatementSheet) and not desktop_over_landlord.tasks.busy)
    sheet = page.findChild(StatementSheet)
    assert sheet.height() <= 720
    sheet.close()
