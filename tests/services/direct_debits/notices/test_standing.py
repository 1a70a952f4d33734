"""What stops a notice, what takes it back or was never one, and how the list tells it."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.direct_debits.schedules import Collection
from app.models.landlord import Landlord
from app.models.letters import Outgoing
from app.models.policy import PolicyValue
from app.models.values import (
    HoldKind,
    LeftOut,
    NoticeKind,
    Relation,
    Stop,
)
from app.services.admin import declared
from app.services.admin.declared import NewDeclaration
from app.services.core.errors import UserError
from app.services.direct_debits.notices import commands, keeping, queries
from app.services.direct_debits.notices.dto import GiveNotice, Standing, ToldByPhone
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.letters.commands import queue
from app.services.letters.dto import Returned
from tests.factories import lettings
from tests.services.direct_debits.notices.conftest import letters, mandate, printed, schedule, told, unfit

ALL = GiveNotice()
TODAY = date(2026, 11, 21)


def test_on_hold_it_becomes_one_task_that_is_done_once_they_are_told(desk, payer):
    hold = PlaceHold(payer.account_id, HoldKind.DO_NOT_CONTACT, "With the solicitor", stops=frozenset({Stop.LETTERS}))
    desk.do(holds.place, hold)
    (stopped,) = desk.ask(queries.rehearse, ALL).not_told
    assert "Letters are stopped" in stopped.why
    assert desk.do(commands.give, ALL).tasks == 1
    assert desk.do(commands.give, ALL).tasks == 0
    assert letters(desk) == []

    def task(ctx):
        return ctx.session.scalars(select(Task).where(Task.kind == keeping.TASK)).one()

    assert (desk.ask(task).state, desk.ask(task).due_on) == ("open", date(2026, 12, 16))
    desk.do(commands.tell_by_phone, ToldByPhone(payer.id, "Told Alex the three days and amounts."))
    assert desk.ask(task).state == "done"


def test_a_letter_called_off_takes_the_notice_back(desk, payer):
    desk.do(commands.give, ALL)
    desk.do(queue.cancel, [letters(desk)[0].id], "Wrong amount")
    assert told(desk) == [(None, None, None)] * 3
    (row,) = desk.ask(queries.of_mandate, payer.id)
    assert (row.state, row.standing) == ("Taken back on 21 Nov 2026", False)
    (need,) = desk.ask(queries.needed)
    assert need.kind is NoticeKind.FIRST
    assert desk.do(commands.give, ALL).letters == 1


def test_a_letter_that_came_back_is_no_notice(desk, payer):
    desk.do(commands.give, ALL)
    printed(desk)
    desk.do(queue.returned, letters(desk)[0].id, Returned(TODAY, "gone away"))
    (need,) = desk.ask(queries.needed)
    assert need.back
    assert set(unfit(desk)) == {LeftOut.NO_NOTICE}
    (row,) = desk.ask(queries.of_mandate, payer.id)
    assert row.state == "Came back: gone away"


def test_an_e_mail_that_was_printed_instead_stands(desk, payer):
    desk.do(commands.give, ALL)

    def as_if_failed(ctx):
        row = ctx.session.scalars(select(Outgoing)).one()
        row.channel, row.state = "email", "failed"

    desk.do(as_if_failed)
    assert [each.back for each in desk.ask(queries.needed)] == [True]
    desk.do(queue.print_instead, [letters(desk)[0].id])
    assert desk.ask(queries.needed) == ()
    desk.do(queue.mark_printed, [letters(desk)[1].id])
    assert unfit(desk) == []


def test_nobody_gives_notice_on_an_account_of_their_own(desk, colleague, payer):
    reference = desk.ask(lambda ctx: ctx.session.get_one(Account, payer.account_id).payment_reference)
    desk.do(declared.declare, NewDeclaration(desk.officer.id, reference, Relation.OWN))
    given = desk.do(commands.give, ALL)
    assert (given.letters, given.tasks) == (0, 1)
    with pytest.raises(UserError, match="your own account"):
        desk.do(commands.tell_by_phone, ToldByPhone(payer.id, "Told myself."))
    assert colleague.do(commands.give, ALL).letters == 1


def test_the_list_takes_few_statements_however_many_need_notice(desk, payer, query_log):
    def more(ctx):
        for _ in range(6):
            let = lettings.letting(ctx)
            schedule(ctx, mandate(ctx, let.account, let.person))

    query_log.clear()
    desk.ask(queries.needed)
    few = len(query_log)
    desk.do(more)
    query_log.clear()
    assert len(desk.ask(queries.needed)) == 7
    assert len(query_log) == few


def test_a_notice_that_could_not_name_us_is_not_given(desk, payer):
    desk.do(lambda ctx: setattr(ctx.session.get_one(Landlord, 1), "name", ""))
    with pytest.raises(UserError, match="no name here yet"):
        desk.ask(queries.rehearse, ALL)


def test_a_day_that_bacs_is_closed_for_once_counts_back_further(desk, payer):
    # Without Tuesday 29 December the ten working days before 4 January begin a day earlier, on Tuesday 15 December.
    value = {
        "key": "bacs.closed_on",
        "value": "2026-12-29",
        "effective_from": date(2026, 1, 1),
        "source": "told by Bacs",
    }
    desk.do(lambda ctx: ctx.session.add(PolicyValue(**value)))
    assert desk.ask(queries.needed)[0].email_by == date(2026, 12, 15)


def test_the_list_of_the_office_says_that_a_letter_has_not_gone_yet(desk, payer):
    ids = desk.ask(lambda ctx: list(ctx.session.scalars(select(Collection.id).order_by(Collection.id))))

    def standing():
        return {each.standing for each in desk.ask(queries.listed, ids)}

    assert standing() == {Standing.UNTOLD}
    desk.do(commands.give, ALL)
    assert standing() == {Standing.WAITS}
    printed(desk)
    assert standing() == {Standing.TOLD}
