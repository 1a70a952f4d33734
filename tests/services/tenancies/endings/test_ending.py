"""A termination with late keys, Housing Benefit that ran on, and a garage that becomes VATable; figures worked by hand."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.endings import Ending, VoidPeriod
from app.models.tenancies import Tenancy, TenancyEvent
from app.models.values import AccountKind, EndingState, EndReason, Fund, Money, TenancyChange, VoidReason
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from app.services.tenancies.endings import commands
from app.services.tenancies.endings.dto import Finish, NoteEnding, TakeBack
from tests.factories import lettings
from tests.services.tenancies.endings.conftest import balance, control, post

NOTICE = date(2026, 10, 6)  # a Tuesday: four weeks of it end on Monday 2 November, the tenancy on Sunday the 8th
LATE = date(2026, 11, 11)  # a Wednesday; the keys were due on Monday the 9th at noon


def noted(home, **more):
    return NoteEnding(home[0].tenancy.id, EndReason.TENANT_NOTICE, notice_on=NOTICE, **more)


def scalars(desk, statement):
    return desk.database.read(lambda session: list(session.scalars(statement)))


def codes(desk, account_id):
    page = desk.ask(ledger.ledger_page, account_id)
    return [(line.code, line.amount.pence, line.rent_week) for line in page.lines]


def test_late_keys_an_overrun_of_benefit_and_a_garage_that_becomes_vatable(desk, home):
    made, garage = home
    first = desk.do(commands.save, noted(home))
    assert (first.state, first.ends_on) == (EndingState.NOTICE, date(2026, 11, 8))
    # the weeks of 9 and 16 November are credited: 4 x 104.50 - 2 x 104.50 - 4 x 60.00
    assert balance(desk, made.account.id) == Money(-31_00)
    late = noted(home, keys_on=LATE, finish=Finish(), ending_id=first.ending_id, version=first.version)
    done = desk.do(commands.save, late)
    assert done.ends_on == date(2026, 11, 15)
    # one more week: 3 x 104.50 - 4 x 60.00
    assert done.balance == Money(73_50)
    assert balance(desk, made.account.id) == Money(0)
    assert balance(desk, done.former_account_id) == Money(73_50)
    assert control(desk, "void_loss", Fund.HRA) == Money(104_50)
    # from 16 November the garage bears VAT: 17.80 / 6 = 2.97 of it
    assert codes(desk, garage.account.id)[-2:] == [
        ("DGA", -2_97, date(2026, 11, 16)),
        ("DVA", 2_97, date(2026, 11, 16)),
    ]
    (ending,) = scalars(desk, select(Ending))
    assert ending.late_weeks == 1
    told = scalars(desk, select(TenancyEvent.words).where(TenancyEvent.change == TenancyChange.ENDED))
    assert told[0].startswith("The tenancy ended on 15 Nov 2026, and £73.50 DR went to the former tenant's account")
    assert "£120.00" in told[0]
    assert ending.benefit_finding.startswith(
        "Housing Benefit of £120.00 was credited for days after 8 Nov 2026: it is to be given back."
    )
    assert [(void.reason, void.from_on) for void in scalars(desk, select(VoidPeriod))] == [
        (VoidReason.TO_LET, date(2026, 11, 16))
    ]
    assert desk.ask(checks.check) == ()


def test_the_former_tenants_account_has_a_reference_and_a_closing_letter(desk, home):
    done = desk.do(
        commands.save, noted(home, keys_on=LATE, forwarding_address="1 New Street\nZZ1 1ZZ", finish=Finish())
    )
    former = desk.database.read(lambda session: session.get(Account, done.former_account_id))
    assert (former.kind, former.tenancy_id, former.opened_on) == (
        AccountKind.FORMER_TENANT,
        home[0].tenancy.id,
        date(2026, 11, 16),
    )
    assert former.payment_reference not in {None, home[0].account.payment_reference}
    (ending,) = scalars(desk, select(Ending))
    assert ending.statement_on == desk.clock.today()
    kinds = scalars(desk, select(Task.kind).where(Task.state == "open").order_by(Task.kind))
    assert kinds == ["benefit_ended", "mandate_cancel", "recharge_inspection"]


def test_an_ending_is_reversed_wholly(desk, home):
    _, garage = home
    before = {each.account.id: balance(desk, each.account.id) for each in home}
    note = noted(
        home, keys_on=LATE, finish=Finish(), garages=(garage.tenancy.id,), forwarding_address="1 New Street\nZZ1 1ZZ"
    )
    done = desk.do(commands.save, note)
    former = {each.tenancy_id: each for each in scalars(desk, select(Account).where(Account.kind == "former_tenant"))}
    # 3 weeks of the garage; the week of 16 November is credited
    assert former[garage.tenancy.id].balance_pence == 53_40
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "The wrong account"))
    assert {each.account.id: balance(desk, each.account.id) for each in home} == before
    assert [balance(desk, each.id) for each in former.values()] == [Money(0), Money(0)]
    assert control(desk, "void_loss", Fund.HRA) == Money(0)
    assert scalars(desk, select(VoidPeriod)) == []
    assert scalars(desk, select(Tenancy.end_on)) == [None, None]
    assert {each.state for each in scalars(desk, select(Ending))} == {EndingState.REVERSED}
    assert scalars(desk, select(Task).where(Task.state == "open")) == []
    assert TenancyChange.ENDING_REVERSED in scalars(desk, select(TenancyEvent.change))
    assert desk.ask(checks.check) == ()


def test_money_that_came_to_the_former_account_goes_back_with_it(desk, home):
    done = desk.do(commands.save, noted(home, keys_on=LATE, finish=Finish()))
    former = desk.database.read(lambda session: session.get(Account, done.former_account_id))
    post(desk, former, ("RBP", -51_50, date(2026, 11, 20)))
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "They stay"))
    # 4 weeks of 104.50, less 4 x 60.00 and the 51.50
    assert balance(desk, home[0].account.id) == Money(418_00 - 240_00 - 51_50)
    again = desk.do(commands.save, noted(home, keys_on=LATE, finish=Finish()))
    assert again.former_account_id == done.former_account_id
    assert again.balance == Money(22_00)


def test_a_notice_is_withdrawn(desk, home):
    before = balance(desk, home[0].account.id)
    saved = desk.do(commands.save, noted(home, garages=(home[1].tenancy.id,)))
    desk.do(commands.take_back, TakeBack(saved.ending_id, saved.version, "Letter of 20 November"))
    assert balance(desk, home[0].account.id) == before
    assert scalars(desk, select(Tenancy.end_on)) == [None, None]
    assert scalars(desk, select(Task).where(Task.state == "open")) == []
    # and it may be given anew
    assert desk.do(commands.save, noted(home)).ends_on == date(2026, 11, 8)


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"agreed_on": date(2036, 11, 8), "excused": "typed"}, "agreed_on", "more than 366 days ahead"),
        ({"agreed_on": date(2016, 11, 8), "excused": "typed"}, "agreed_on", "can't end on"),
        ({"agreed_on": date(2026, 10, 18)}, "excused", "By the policy the notice ends on 8 Nov 2026"),
        ({"keys_on": LATE, "waive_late": True}, "excused", "late"),
        ({"keys_on": date(2026, 11, 30)}, "keys_on", "still to come"),
        ({"left_on": date(2020, 1, 1)}, "left_on", "only began"),
        ({"garages": (999,)}, "garages", "no longer belongs"),
    ],
)
def test_what_cant_be_is_refused_with_its_field(desk, home, more, field, words):
    with pytest.raises(UserError, match=words) as refused:
        desk.do(commands.save, noted(home, **more))
    assert refused.value.field == field
    assert scalars(desk, select(Ending)) == []


def test_two_officers_cant_end_the_same_tenancy(desk, home):
    saved = desk.do(commands.save, noted(home))
    with pytest.raises(ChangedMeanwhile, match="noted meanwhile"):
        desk.do(commands.save, noted(home))
    desk.do(commands.save, noted(home, keys_on=LATE, ending_id=saved.ending_id, version=saved.version, finish=Finish()))
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.save, noted(home, ending_id=saved.ending_id, version=saved.version, finish=Finish()))
    assert len(scalars(desk, select(Account).where(Account.kind == "former_tenant"))) == 1


def test_an_end_before_the_last_posted_week_is_credited_by_the_day(desk, home):
    wanted = NoteEnding(home[0].tenancy.id, EndReason.SURRENDER, agreed_on=date(2026, 11, 18), excused="Agreed")
    desk.do(commands.save, wanted)
    # three of seven days stay of the week of 16 November: rent 42.86, service 1.93; less 4 x 60.00
    assert balance(desk, home[0].account.id) == Money(3 * 104_50 + 42_86 + 1_93 - 240_00)


def test_an_ending_isnt_finished_before_its_weeks_are_charged(desk, home):
    wanted = NoteEnding(
        home[0].tenancy.id, EndReason.SURRENDER, agreed_on=date(2026, 11, 29), excused="Agreed", finish=Finish()
    )
    with pytest.raises(UserError, match="week of 23 Nov 2026 hasn't been charged"):
        desk.do(commands.save, wanted)
    assert scalars(desk, select(Ending)) == []


def test_a_home_that_is_let_again_isnt_given_back(desk, home):
    done = desk.do(commands.save, noted(home, keys_on=LATE, finish=Finish()))
    desk.do(lettings.letting, prop=home[0].property, start_on=date(2026, 11, 23))
    with pytest.raises(UserError, match="let again from 23 Nov 2026"):
        desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "Wrong"))
    assert balance(desk, done.former_account_id) == Money(73_50)
