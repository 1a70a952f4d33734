"""The section of collections over a real database: whom to tell, notice in bulk, one skipped, all worked out again."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.schedules import Collection
from app.models.landlord import Landlord
from app.models.values import CollectionState, Frequency, MandateState
from app.services.direct_debits.schedules.dto import OddRest
from app.views.direct_debits.collection_sheets import CollectionSheet, TermsSheet
from app.views.direct_debits.controller.collecting import TermsController, change_one
from app.views.direct_debits.controller.collections import CollectionsController
from app.views.direct_debits.controller.schedule import ScheduleController
from app.views.direct_debits.notices import NoticeSheet
from app.views.direct_debits.recalculation import RecalculateSheet
from tests.services.direct_debits.notices.conftest import mandate, schedule
from tests.views.desktop import wait


@pytest.fixture
def payer(office, accounts):
    """Testerton pays by Direct Debit from January to March."""

    def make(ctx):
        ctx.session.add(Landlord(id=1, name="Example District Council"))
        made = mandate(ctx, ctx.session.get_one(Account, accounts["Testerton"]), state=MandateState.LIVE)
        schedule(ctx, made)
        return made.id

    return office.desk.do(make)


def opened(page, kind, office, qtbot):
    wait(qtbot, lambda: any(each.isVisible() for each in page.findChildren(kind)) and not office.tasks.busy)
    return next(each for each in page.findChildren(kind) if each.isVisible())


def first(office):
    return office.desk.ask(lambda ctx: ctx.session.scalars(select(Collection).order_by(Collection.id)).first())


def test_a_payer_is_told_and_one_collection_is_skipped(office, payer, qtbot):
    listed = CollectionsController(office)
    page = listed.page
    qtbot.addWidget(page)
    page.show()
    listed.refresh()
    wait(qtbot, lambda: page.needed.rows and page.list.model.rowCount() == 3 and not office.tasks.busy)
    # Due on 4 January: told by 16 December, by letter two working days before.
    assert [(each.post_by, each.count) for each in page.needed.rows] == [(date(2026, 12, 14), 3)]

    page.notice_wanted.emit()
    giving = opened(page, NoticeSheet, office, qtbot)
    wait(qtbot, giving.primary.isEnabled)
    giving.confirm_action.trigger()
    wait(qtbot, lambda: office.messages.text == "Notice is given: 1 letter." and not office.tasks.busy)
    listed.refresh()
    wait(qtbot, lambda: not page.needed.rows and not office.tasks.busy)

    change_one(office, page, payer, first(office).id)
    sheet = opened(page, CollectionSheet, office, qtbot)
    sheet.fields.fill({"reason": "They asked", "rest": OddRest.LEAVE})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: first(office).state is CollectionState.SKIPPED and not office.tasks.busy)


def test_the_card_shows_the_sum_and_other_terms_are_worked_out_before_they_are_saved(office, payer, qtbot):
    part = ScheduleController(office)
    qtbot.addWidget(part.widget)
    part.show(payer, None)
    wait(qtbot, lambda: part.widget.model.rowCount() == 3 and not office.tasks.busy)
    assert part.widget.sum.text().startswith("£1,325.06 over 3 collections: the first £441.74, then £441.66 each")

    part.widget.show()
    TermsController(office, part.widget, (payer,))
    sheet = opened(part.widget, TermsSheet, office, qtbot)
    sheet.fields.fill({"frequency": Frequency.WEEKLY, "reason": "They asked"})
    # 20 weeks of £100.00 from 23 November to the end of the year, and the £150.00 that is owed.
    wait(qtbot, lambda: "weekly on Monday" in sheet.sum.text() and not office.tasks.busy)
    assert "To collect £2,150.00" in sheet.sum.text()
    sheet.reject()


def test_every_instalment_is_worked_out_again_for_all_that_differ(office, payer, qtbot):
    listed = CollectionsController(office)
    page = listed.page
    qtbot.addWidget(page)
    page.show()
    page.recalculation_wanted.emit()
    sheet = opened(page, RecalculateSheet, office, qtbot)
    wait(qtbot, lambda: sheet.model.rows and not office.tasks.busy)
    assert sheet.command() == (payer,)
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: office.messages.text == "1 schedule recalculated." and not office.tasks.busy)
