"""First and last days put right, and the trial of an introductory tenancy; figures worked by hand."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.charges import Charge
from app.models.endings import Ending, VoidPeriod
from app.models.tenancies import Tenancy
from app.models.values import EndReason, Fund, Money, TenancyChange, Tenure
from app.services.core.errors import UserError
from app.services.ledger import checks
from app.services.tenancies.changes import commands, queries
from app.services.tenancies.changes.dto import CorrectEnd, CorrectStart, EndTrial, Trial
from app.services.tenancies.endings import commands as endings
from app.services.tenancies.endings.dto import Finish, NoteEnding
from tests.factories import lettings
from tests.services.tenancies.changes.test_holders import scalars, told, version
from tests.services.tenancies.endings.conftest import balance, control


def start(desk, made, on):
    return CorrectStart(made.tenancy.id, version(desk, made), on, "Keys were given later")


def ended(desk, made):
    note = NoteEnding(made.tenancy.id, EndReason.OTHER, agreed_on=date(2026, 11, 8), excused="x", finish=Finish())
    return desk.do(endings.save, note)


def test_a_later_first_day_credits_the_weeks_before(desk, home):
    made, _ = home
    change = start(desk, made, date(2026, 11, 4))
    effects = told(desk, change)
    # the week of 26 October, and two of seven days of that of 2 November: 104.50 + 2/7 of 100.00 and of 4.50
    assert (
        "Charges",
        "2 weeks put right: the account is credited",
        "",
        Money(-104_50 - 28_57 - 1_29).dr_cr(),
    ) in effects
    desk.do(commands.save, change)
    assert balance(desk, made.account.id) == Money(4 * 104_50 - 4 * 60_00 - 104_50 - 28_57 - 1_29)
    assert scalars(desk, select(Charge.from_on).where(Charge.account_id == made.account.id)) == [date(2026, 11, 4)] * 2
    rows = desk.ask(queries.history, made.account.id).rows
    assert [(each.change, each.words) for each in rows] == [
        (TenancyChange.START_CORRECTED, "The first day was 3 Aug 2026 and is 4 Nov 2026.")
    ]
    assert rows[0].journal is not None
    assert desk.ask(checks.check) == ()


def test_and_back_again_to_the_penny(desk, home):
    made, _ = home
    before = balance(desk, made.account.id)
    desk.do(commands.save, start(desk, made, date(2026, 11, 4)))
    desk.do(commands.save, start(desk, made, date(2026, 8, 3)))
    assert balance(desk, made.account.id) == before


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2026, 8, 3), "already"), (date(2016, 8, 3), "too far off"), (date(2036, 8, 3), "too far off")],
)
def test_a_first_day_that_cannot_be(desk, home, on, words):
    with pytest.raises(UserError, match=words):
        desk.do(commands.save, start(desk, home[0], on))


def test_a_first_day_in_somebody_elses_tenancy_is_refused(desk):
    def build(ctx):
        old = lettings.letting(ctx, end_on=date(2026, 11, 1))
        return lettings.letting(ctx, prop=old.property, who=("Kim", "Next"), start_on=date(2026, 11, 9)), old

    made, old = desk.do(build)
    with pytest.raises(UserError, match=f"was let by {old.tenancy.ref} until 1 Nov 2026"):
        desk.do(commands.save, start(desk, made, date(2026, 10, 26)))
    desk.do(commands.save, start(desk, made, date(2026, 11, 2)))


def test_a_later_last_day_is_charged_and_carried_to_the_former_account(desk, home):
    made, _ = home
    done = ended(desk, made)
    assert done.balance == Money(2 * 104_50 - 4 * 60_00)
    change = CorrectEnd(made.tenancy.id, version(desk, made), date(2026, 11, 15))
    effects = told(desk, change)
    assert ("Tenancy", "Last day", "8 Nov 2026", "Sunday 15 Nov 2026") in effects
    assert ("Charges", "1 week put right: the account is charged", "", Money(104_50).dr_cr()) in effects
    desk.do(commands.save, change)
    assert balance(desk, done.former_account_id) == Money(3 * 104_50 - 4 * 60_00)
    assert balance(desk, made.account.id) == Money(0)
    assert control(desk, "void_loss", Fund.HRA) == Money(104_50)
    assert scalars(desk, select(VoidPeriod.from_on)) == [date(2026, 11, 16)]
    assert scalars(desk, select(Ending.ends_on)) == [date(2026, 11, 15)]
    assert desk.ask(checks.check) == ()


def test_an_earlier_last_day_gives_back_what_was_charged(desk, home):
    made, _ = home
    done = ended(desk, made)
    desk.do(commands.save, CorrectEnd(made.tenancy.id, version(desk, made), date(2026, 11, 1)))
    assert balance(desk, done.former_account_id) == Money(104_50 - 4 * 60_00)
    assert control(desk, "void_loss", Fund.HRA) == Money(3 * 104_50)
    assert scalars(desk, select(VoidPeriod.from_on)) == [date(2026, 11, 2)]


def test_a_tenancy_that_goes_on_has_no_last_day_to_correct(desk, home):
    with pytest.raises(UserError, match="hasn't ended"):
        desk.do(commands.save, CorrectEnd(home[0].tenancy.id, version(desk, home[0]), date(2026, 11, 1)))


def test_weeks_that_were_not_charged_yet_are_waited_for(desk, home):
    made, _ = home
    ended(desk, made)
    with pytest.raises(UserError, match="hasn't been charged yet"):
        desk.do(commands.save, CorrectEnd(made.tenancy.id, version(desk, made), date(2026, 11, 29)))


def on_trial(desk, start_on, ends_on):
    def build(ctx):
        made = lettings.letting(ctx, tenure=Tenure.INTRODUCTORY, start_on=start_on)
        made.tenancy.trial_ends_on = ends_on
        return made

    return desk.do(build)


def test_it_is_secure_when_the_trial_is_over(desk):
    made = on_trial(desk, date(2025, 11, 10), date(2026, 11, 9))
    early = EndTrial(made.tenancy.id, version(desk, made), date(2026, 11, 9))
    with pytest.raises(UserError, match="The trial lasts to 9 Nov 2026"):
        desk.do(commands.save, early)
    desk.do(commands.save, EndTrial(made.tenancy.id, early.version, date(2026, 11, 10)))
    held = scalars(desk, select(Tenancy).where(Tenancy.id == made.tenancy.id))[0]
    assert (held.tenure, held.trial_ends_on) == (Tenure.SECURE, None)


def test_a_trial_is_extended_once_and_in_time(desk):
    # a year from 1 February 2026 ends on 31 January 2027; eight weeks before that is 6 December
    made = on_trial(desk, date(2026, 2, 1), date(2027, 1, 31))
    form = desk.ask(queries.form, made.account.id)
    assert (form.notice_by, form.extended_to) == (date(2026, 12, 6), date(2027, 7, 31))
    change = EndTrial(made.tenancy.id, version(desk, made), date(2026, 11, 20), Trial.EXTEND)
    desk.do(commands.save, change)
    assert scalars(desk, select(Tenancy.trial_ends_on).where(Tenancy.id == made.tenancy.id)) == [date(2027, 7, 31)]
    with pytest.raises(UserError, match="extended before"):
        desk.do(commands.save, EndTrial(made.tenancy.id, version(desk, made), date(2026, 11, 20), Trial.EXTEND))


def test_notice_of_an_extension_that_came_too_late(desk):
    made = on_trial(desk, date(2025, 12, 1), date(2026, 11, 30))
    late = EndTrial(made.tenancy.id, version(desk, made), date(2026, 10, 6), Trial.EXTEND)
    with pytest.raises(UserError, match="served by 5 Oct 2026"):
        desk.do(commands.save, late)


def test_another_first_day_of_an_ended_tenancy_is_settled_on_the_former_account(desk, home):
    made, _ = home
    done = ended(desk, made)
    desk.do(commands.save, start(desk, made, date(2026, 11, 2)))
    # of the two weeks of 104.50 one is left
    assert balance(desk, done.former_account_id) == Money(104_50 - 4 * 60_00)
    assert balance(desk, made.account.id) == Money(0)
