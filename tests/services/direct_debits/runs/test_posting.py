"""Collections of a run that Bacs took, on the accounts: once, on their entry day, each account its part."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.direct_debits.mandates import Mandate, MandateStep
from app.models.ledger import Entry, Journal
from app.models.periods import Period
from app.models.policy import PolicyValue
from app.models.values import DebitRunState
from app.services.bacs.standard18.reading import read
from app.services.core.errors import UserError
from app.services.direct_debits.runs import commands, daily, keeping, queries
from app.services.direct_debits.runs.dto import MatchByHand
from app.services.ledger import arriving, checks, periods
from tests.factories import approving, lettings
from tests.services.direct_debits.runs.conftest import (
    ENTRY,
    due,
    home,
    made,
    matched,
    money,
    on,
    preview,
    run,
    states,
    text,
)


def test_nothing_is_posted_before_it_is_sent_and_matched(desk, colleague, three):
    run_id = made(desk, colleague)
    later = on(desk, ENTRY)
    assert later.do(commands.post, ENTRY).unmatched == (1,)
    desk.do(commands.mark_sent, run_id, "S0001")
    assert "Not matched" in later.do(commands.post, ENTRY).told
    with pytest.raises(UserError, match=r"Bacs shows 3 of £179\.00, but 3 of £180\.00 were sent"):
        colleague.do(
            commands.match_by_hand, MatchByHand(run_id, 3, money("179.00"), "No report", "Page of the service")
        )
    colleague.do(commands.match_by_hand, MatchByHand(run_id, 3, money("180.00"), "No report", "Page of the service"))
    with pytest.raises(UserError, match="still to come"):
        desk.do(commands.post, ENTRY)
    done = later.do(commands.post, ENTRY)
    assert [(each.entry_on, each.count, each.amount) for each in done.days] == [(ENTRY, 3, money("180.00"))]
    assert later.do(commands.post, ENTRY).days == ()


def test_posted_collections_are_on_the_accounts_once_and_balance(desk, colleague, three):
    run_id = matched(desk, colleague)
    later = on(desk, ENTRY)
    journal = later.do(commands.post, ENTRY).days[0].journal
    lines = desk.ask(
        lambda ctx: ctx.session.execute(
            select(Entry.code, Entry.pence, Entry.effective_on, Entry.rent_week).where(Entry.journal == journal)
        ).all()
    )
    monday = date(2026, 11, 23)
    assert sorted(tuple(each) for each in lines if each.code == "RDD") == [
        ("RDD", -70_00, ENTRY, monday),
        ("RDD", -60_00, ENTRY, monday),
        ("RDD", -50_00, ENTRY, monday),
    ]
    assert states(desk, three) == ["posted"] * 3
    assert run(desk, run_id).state.value == "posted"
    mandates = desk.ask(lambda ctx: ctx.session.scalars(select(Mandate).order_by(Mandate.id)).all())
    assert [each.first_collected_on for each in mandates] == [date(2026, 10, 19), ENTRY, date(2026, 10, 19)]
    assert {each.last_bank_on for each in mandates} == {ENTRY}
    steps = select(MandateStep.mandate_id).where(MandateStep.event == "collected")
    assert desk.ask(lambda ctx: ctx.session.scalars(steps).all()) == [mandates[1].id]
    held = desk.ask(queries.reconciled, run_id)
    assert held.faults == ()
    assert {(each.count, each.amount) for each in held.figures} == {(3, money("180.00"))}
    assert len(held.figures) == 7
    assert later.ask(checks.check) == ()


def test_in_a_closed_period_it_is_accounted_for_in_the_open_one(desk, colleague, three):
    matched(desk, colleague)

    def close(ctx):
        periods.ensure_open(ctx, ENTRY)
        approving.close(ctx, ctx.session.scalars(select(Period)).one())

    later = on(desk, date(2026, 12, 2))
    later.do(close)
    number = later.do(commands.post, ENTRY).days[0].journal
    journal = desk.ask(lambda ctx: ctx.session.get_one(Journal, number))
    assert journal.accounting_on == date(2026, 12, 1)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.min(Entry.effective_on)))) == ENTRY


def test_a_file_for_two_days_posts_each_on_its_own(desk, colleague, council, tmp_path):
    def make(ctx):
        _let, mandate = home(ctx, 1, first_collected_on=None)
        next_day = date(2026, 11, 26)
        return [due(ctx, mandate, 30_00).id, due(ctx, mandate, 40_00, next_day).id]

    ids = desk.do(make)
    run_id = matched(desk, colleague, days=2)
    content, _path = text(desk, run_id, tmp_path)
    found = read(content, "123456")
    assert found.faults == ()
    assert found.work_code.strip() == "4 MULTI"
    day, after = date(2026, 11, 24), date(2026, 11, 25)
    assert [(each.code, each.pence, each.processing_on) for each in found.lines] == [
        ("01", 30_00, day),
        ("17", 40_00, after),  # the first collection goes once
        ("99", 30_00, day),
        ("99", 40_00, after),
    ]
    first = on(desk, ENTRY).do(commands.post, ENTRY)
    assert [each.amount for each in first.days] == [money("30.00")]
    assert (states(desk, ids), run(desk, run_id).state.value) == (["posted", "in_run"], "matched")
    on(desk, date(2026, 11, 26)).do(commands.post, date(2026, 11, 26))
    assert (states(desk, ids), run(desk, run_id).state.value) == (["posted", "posted"], "posted")


def test_a_run_that_bacs_disagrees_with_is_not_posted_though_it_was_matched(desk, colleague, three):
    run_id = matched(desk, colleague)
    desk.do(keeping.not_matched, run_id, "Its submission was withdrawn.")
    done = on(desk, ENTRY).do(commands.post, ENTRY)
    assert (done.days, done.unmatched) == ((), (1,))
    desk.do(keeping.matched, run_id, "Input report")
    assert on(desk, ENTRY).do(commands.post, ENTRY).days[0].count == 3


def test_each_rent_group_may_have_an_account_of_its_own(desk, colleague, council, tmp_path):
    def make(ctx):
        due(ctx, home(ctx, 1)[1])
        let, of_garage = home(ctx, 2)
        let.account.rent_group_id = lettings.rent_group(ctx, "GAR").id
        due(ctx, of_garage, 20_00)
        for key, value in (("own_sort_code", "404040"), ("own_account_number", "11111112")):
            on_ = date(2026, 1, 1)
            ctx.session.add(PolicyValue(key=f"bacs.{key}", scope="rent_group:GAR", effective_from=on_, value=value))

    desk.do(make)
    assert [(each.scope, each.count, each.amount) for each in preview(desk).by_own] == [
        ("", 1, money("50.00")),
        ("rent_group:GAR", 1, money("20.00")),
    ]
    content, _path = text(desk, made(desk, colleague), tmp_path)
    found = read(content, "123456")
    assert found.faults == ()
    assert [(line.code, line.own.account_number, line.pence) for line in found.lines] == [
        ("17", "70872490", 50_00),
        ("17", "11111112", 20_00),
        ("99", "70872490", 50_00),
        ("99", "11111112", 20_00),
    ]


def test_a_collection_is_split_over_the_accounts_it_pays(desk, colleague, council):
    def make(ctx):
        let, mandate = home(ctx, 1)
        beside = lettings.garage_letting(ctx)
        due(ctx, mandate, 50_00, shares={let.account.id: 38_50, beside.account.id: 11_50})
        return let.account.id, beside.account.id

    accounts = desk.do(make)
    matched(desk, colleague)
    on(desk, ENTRY).do(commands.post, ENTRY)
    balances = select(Account.balance_pence).where(Account.id.in_(accounts)).order_by(Account.id)
    assert desk.ask(lambda ctx: ctx.session.scalars(balances).all()) == [-38_50, -11_50]


def test_what_follows_money_on_an_account_follows_a_collection(desk, colleague, three, monkeypatch):
    told = []
    monkeypatch.setattr(arriving, "_followers", [lambda _ctx, _header, posted: told.append(posted.lines)])
    matched(desk, colleague)
    on(desk, ENTRY).do(commands.post, ENTRY)
    assert told == [3]


def test_a_run_that_waits_past_its_entry_day_is_one_task_until_it_is_done(desk, colleague, three):
    def tasks():
        rows = select(Task.title).where(Task.state == "open").order_by(Task.id)
        return desk.ask(lambda ctx: ctx.session.scalars(rows).all())

    run_id = made(desk, colleague)
    desk.do(commands.mark_sent, run_id, "S0001")
    later = on(desk, ENTRY)
    for _ in range(2):
        later.do(daily.each_day)
    assert tasks() == [
        "Match Direct Debit run 1 with its Input report",
        "Direct Debit run 1 has no Input report yet, and its money moved on Wed 25 Nov 2026",
    ]
    later.do(keeping.matched, run_id, "Input report")
    for _ in range(2):
        later.do(daily.each_day)
    assert tasks() == ["Post Direct Debit run 1: its money moved on Wed 25 Nov 2026"]
    later.do(commands.post, ENTRY)
    assert tasks() == []


def test_a_run_of_which_one_day_is_on_the_accounts_isnt_refused(desk, colleague, council):
    def make(ctx):
        first, second = home(ctx, 1)[1], home(ctx, 2)[1]
        return [due(ctx, first, 50_00, ENTRY).id, due(ctx, second, 60_00, date(2026, 11, 26)).id]

    ids = desk.do(make)
    run_id = matched(desk, colleague, days=2)
    later = on(colleague, ENTRY)
    later.do(commands.post, ENTRY)
    with pytest.raises(UserError, match="Something of run 1 is on the accounts"):
        later.do(commands.refused, run_id, "The bank says so")
    assert states(desk, ids) == ["posted", "in_run"]

    def spoil(ctx):
        keeping.found(ctx, run_id).state = DebitRunState.REFUSED

    desk.do(spoil)
    assert "Direct Debit run 1 is refused, but something of it is on the accounts." in [
        each.message for each in later.ask(checks.check)
    ]
