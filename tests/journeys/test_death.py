"""A joint tenant dies: the officer notes it once, and the home, the garage, the letters and the checklist follow."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.endings import Ending
from app.models.letters import Outgoing
from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import ArrangementState, Frequency, PaymentMethod, Subject
from app.services.core import database as databases
from app.services.core.session import Database, Desk
from app.services.core.sign_in import system_user
from app.services.diary.dto import TaskFilter
from app.services.diary.queries import tasks
from app.services.documents.queries import listed
from app.services.rent.search import refresh_search
from app.views.rent.life_event import LifeEventSheet
from app.views.rent.life_events import TickSheet
from tests.factories import lettings
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def joint(landlord_file, clock, accounts):
    """Sam Testerton holds the home of Maria Testerton with her; it is paid by Direct Debit, with 5.00 a week off the debt."""
    database = Database(databases.database_url(landlord_file))

    def join(ctx):
        account = ctx.session.get(Account, accounts["Testerton"])
        home = ctx.session.get(Tenancy, account.tenancy_id)
        other = lettings.person(ctx, "Sam", "Testerton")
        ctx.session.add(Tenant(tenancy_id=home.id, person_id=other.id, position=2))
        account.name = "Mx Maria Testerton and Mx Sam Testerton"
        home.payment_method = PaymentMethod.DIRECT_DEBIT
        ctx.session.add(
            Arrangement(
                account_id=account.id, amount_pence=500, frequency=Frequency.WEEKLY, starts_on=date(2026, 10, 5)
            )
        )
        ctx.session.flush()
        refresh_search(ctx)

    desk = Desk.sit_down(database, system_user()[0], clock)
    desk.do(join)
    yield desk
    database.close()


def opened(program, qtbot) -> LifeEventSheet:
    """The sheet, by Ctrl+J and a word of it."""
    page = program.controllers["rent"].page
    press(program.window, Qt.Key.Key_J, CTRL)
    type_text(program.window, "happ")
    press(program.window, Qt.Key.Key_Return)
    wait(qtbot, lambda: page.findChild(LifeEventSheet) is not None and not program.tasks.busy)
    return page.findChild(LifeEventSheet)


def test_a_death_with_a_joint_tenant(joint, desktop_over_landlord, accounts, qtbot):
    program, account = desktop_over_landlord, accounts["Testerton"]
    controller = program.controllers["rent"]
    type_text(program.window, "0012447103")
    wait(qtbot, lambda: controller.header is not None and "Sam Testerton" in controller.header.name)
    wait(qtbot, lambda: not program.tasks.busy)

    sheet = opened(program, qtbot)
    sheet.fields.field("happened_on").setFocus()
    type_text(sheet, "12/11/2026")
    press(sheet, Qt.Key.Key_Tab)
    wait(qtbot, lambda: sheet.hangs.rows and sheet.effects.effects)
    assert [(each.hangs.source, each.chosen.value) for each in sheet.hangs.rows] == [
        ("tenancy", "move"),
        ("tenancy", "stop"),
        ("arrangement", "keep"),
        ("letter", "do"),
        ("hold", "do"),
        ("evidence", "later"),
    ]
    assert "Passes to the other tenant" in sheet.effects.text()
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: controller.page.findChild(LifeEventSheet) is None or sheet.messages.text)
    wait(qtbot, lambda: controller.header.name == "Mx Sam Testerton" and not program.tasks.busy)
    assert program.window.messages.text == "Death is noted; 1 step waits: see Life events."
    assert controller.header.ended_on is None

    _followed(joint, account)
    _tick_off(program, controller, qtbot)


def _followed(desk, account):
    """What the event left in the database."""

    def ask(model, *where):
        return desk.ask(lambda ctx: list(ctx.session.scalars(select(model).where(*where))))

    assert [letter.addressee for letter in ask(Outgoing)] == ["Mx Sam Testerton"]
    assert [ending.reason.value for ending in ask(Ending)] == ["death"]  # of the garage, which nobody else holds
    assert ask(Arrangement)[0].state is ArrangementState.LIVE
    about = TaskFilter(subject=Subject.ACCOUNT, subject_id=account)
    titles = {row.title for row in desk.ask(tasks, about)}
    wanted = {
        "See from whose bank account 0012 4471 03 is paid",
        "Death: Death certificate, or the interim certificate",
    }
    assert wanted <= titles
    kept = [row.title for row in desk.ask(listed, Subject.ACCOUNT, account)]
    assert "Death: checklist of 21 Nov 2026" in kept


def _tick_off(program, controller, qtbot):
    """The last step, in the register."""
    controller.section("life_events")
    page = controller.page.sections.page
    wait(qtbot, lambda: page.steps.rows and not program.tasks.busy)
    page.steps_table.setFocus()
    press(program.window, Qt.Key.Key_Return, CTRL)
    tick = page.findChild(TickSheet)
    type_text(tick, "Copy of the certificate is among the documents")
    press(tick, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: not page.model.rows and not program.tasks.busy)
    assert program.window.messages.text == "Ticked off; everything is seen to."
