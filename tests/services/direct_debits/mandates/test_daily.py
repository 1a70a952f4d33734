"""What a day does to mandates: the bank's days, lapsing, tasks; a death, the end of a tenancy; the list and the finder."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.direct_debits.mandates import Mandate
from app.models.policy import PolicyValue
from app.models.tenancies import Tenancy
from app.models.values import LifeEvent, MandateState, Subject
from app.services.core.clock import FixedClock
from app.services.core.finding import find
from app.services.core.session import Desk
from app.services.direct_debits.mandates import commands, daily, queries
from app.services.direct_debits.mandates.dto import MandateFilter, MandateSort, MandateView, SuspendMandate
from app.services.people.merging import moving
from app.services.tenancies.endings import ended
from app.services.tenancies.life_events import registry
from app.services.tenancies.life_events.dto import Choice, Happened, NoteLifeEvent
from tests.factories import lettings
from tests.services.direct_debits.mandates.conftest import NEW, history, lodge, new, row, sent, state


def tasks(desk):
    """The kinds of the open tasks about mandates."""
    rows = select(Task.kind).where(Task.subject == Subject.MANDATE, Task.state == "open").order_by(Task.kind)
    return desk.ask(lambda ctx: list(ctx.session.scalars(rows)))


def on(desk, day):
    return Desk(desk.database, desk.officer, FixedClock(day))


def seen(desk, mandate_id, day):
    """The bank saw the mandate last on a day."""
    desk.do(lambda ctx: setattr(ctx.session.get_one(Mandate, mandate_id), "last_bank_on", day))


def test_what_waits_too_long_is_a_task_once(desk, mandate_id):
    # set up on Saturday 21 November: five working days before Monday 30 November is Monday 23 November
    on(desk, date(2026, 11, 27)).do(daily.run)
    assert tasks(desk) == ["mandate_confirm"]
    for _ in range(2):
        on(desk, date(2026, 11, 30)).do(daily.run)
    assert tasks(desk) == ["mandate_confirm", "mandate_lodge"]


def test_suspended_too_long_is_a_task_and_resumed_it_is_done(desk, mandate_id):
    desk.do(commands.suspend, SuspendMandate(mandate_id, row(desk, mandate_id).version, "Payer asked"))
    on(desk, date(2026, 12, 4)).do(daily.run)
    assert "mandate_suspended" not in tasks(desk)
    on(desk, date(2026, 12, 5)).do(daily.run)
    assert "mandate_suspended" in tasks(desk)
    assert desk.ask(queries.counts)[MandateView.SUSPENDED] == 0
    assert on(desk, date(2026, 12, 5)).ask(queries.counts)[MandateView.SUSPENDED] == 1


def test_dormant_after_24_months_of_nothing_and_a_task_three_months_before(desk, mandate_id):
    lodge(desk)
    seen(desk, mandate_id, date(2024, 12, 1))
    desk.do(daily.run)
    assert ("mandate_dormant" in tasks(desk), state(desk, mandate_id)) == (True, "lodged")
    assert on(desk, date(2026, 11, 30)).ask(queries.detail, mandate_id).dormant_on == date(2026, 12, 1)
    on(desk, date(2026, 12, 1)).do(daily.run)
    assert (state(desk, mandate_id), history(desk, mandate_id)[-1]) == ("dormant", "dormant")
    assert "mandate_dormant" not in tasks(desk)


def test_a_death_suspends_at_once_and_asks_who_pays(desk, home, mandate_id):
    happened = Happened(home.person.id, LifeEvent.DEATH, date(2026, 11, 19))
    hangs = [each for each in desk.ask(registry.find, happened) if each.group == "Paying"]
    assert [(each.what, each.proposed) for each in hangs] == [("Direct Debit 70 0001", Choice.STOP)]
    desk.do(registry.of("mandate").apply, NoteLifeEvent(happened, date(2026, 11, 20)), hangs[0], Choice.STOP)
    assert (state(desk, mandate_id), tasks(desk)) == ("suspended", ["mandate_cancel"])


def test_an_eviction_cancels_it(desk, home, mandate_id):
    happened = Happened(home.person.id, LifeEvent.EVICTION, date(2026, 11, 19))
    hangs = next(each for each in desk.ask(registry.find, happened) if each.source == "mandate")
    desk.do(registry.of("mandate").apply, NoteLifeEvent(happened, date(2026, 11, 20)), hangs, Choice.STOP)
    assert (state(desk, mandate_id), sent(desk, mandate_id)) == ("cancelled", ["0N withdrawn"])


@pytest.mark.parametrize(("policy", "then"), [("task", "new"), ("cancel", "cancelled")])
def test_the_end_of_a_tenancy_does_what_policy_says(desk, home, mandate_id, policy, then):
    value = {"key": "direct_debits.at_ending", "scope": "", "value": policy, "unit": "", "source": "a decision"}
    desk.do(lambda ctx: ctx.session.add(PolicyValue(**value, effective_from=date(2026, 1, 1))))
    desk.do(ended.tell, home.account.id, "The tenancy ended on 20 Nov 2026")
    assert state(desk, mandate_id) == then


def test_the_list_is_filtered_sorted_and_summed_in_a_fixed_number_of_statements(desk, home, mandate_id, query_log):
    def many(ctx):
        for at in range(12):
            other = lettings.letting(ctx, reference=f"71 00{at:02}", who=("Sam", f"Else{at}"))
            commands.set_up(ctx, new(other.account, NEW, f"key {at}", person_id=other.person.id, despite=True))

    desk.do(many)
    everything = desk.ask(queries.ids, MandateFilter(), MandateSort.REFERENCE, descending=False)
    assert len(everything) == 13
    for sort in MandateSort:
        assert len(desk.ask(queries.ids, MandateFilter(), sort, descending=True)) == 13
    query_log.clear()
    listed = desk.ask(queries.rows, list(everything))
    assert [each.reference for each in listed[:2]] == ["70 0001", "71 0000"]
    assert len(query_log) <= 6
    query_log.clear()
    desk.ask(queries.detail, mandate_id)
    assert len(query_log) <= 20
    wanted = MandateFilter(text="71 0003", states=frozenset({MandateState.NEW}), view=MandateView.TO_LODGE)
    assert desk.ask(queries.totals, wanted).count == 1
    assert desk.ask(queries.totals_of, list(everything)[:5]).count == 5


def test_the_finder_finds_it_by_reference_and_payer(desk, mandate_id):
    found = [each for group in desk.ask(find, "700001") for each in group.found if each.subject is Subject.MANDATE]
    assert [(each.subject_id, each.title) for each in found] == [(mandate_id, "Direct Debit 70 0001")]


def test_the_tenancys_method_is_put_back_when_it_lapses(desk, home, mandate_id):
    lodge(desk)
    seen(desk, mandate_id, date(2024, 11, 21))
    desk.do(daily.run)
    method = desk.ask(lambda ctx: ctx.session.get_one(Tenancy, home.tenancy.id).payment_method)
    assert (state(desk, mandate_id), method.value) == ("dormant", "bank_transfer")


def test_a_merge_of_two_records_moves_the_payer_with_them():
    assert ("mandate", "person_id") in {(each.table.name, each.attribute) for each in moving.places()}
