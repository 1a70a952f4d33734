"""Transfers, exchanges and decants: one tenancy ends as another begins; figures worked by hand."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.arrangements import Arrangement
from app.models.endings import Ending, VoidPeriod
from app.models.holds import Flag
from app.models.tenancies import Tenancy, TenancyEvent
from app.models.values import (
    AccountKind,
    ArrangementState,
    EndingState,
    EndReason,
    Frequency,
    Fund,
    Money,
    PaymentMethod,
    TenancyChange,
    Tenure,
    VoidReason,
)
from app.services.core.errors import UserError
from app.services.ledger import checks
from app.services.tenancies.changes import commands, queries
from app.services.tenancies.changes.dto import (
    Balance,
    Decant,
    Exchange,
    Return,
    Transfer,
)
from app.services.tenancies.endings import commands as endings
from app.services.tenancies.endings import queries as endings_queries
from app.services.tenancies.endings.dto import Finish, NoteEnding, TakeBack
from tests.factories import lettings
from tests.services.tenancies.changes.test_holders import scalars, told, version
from tests.services.tenancies.changes.test_passing import account_of, tenancy, void_lines
from tests.services.tenancies.endings.conftest import balance, control

MOVED = date(2026, 11, 16)  # a Monday


def other_home(desk, **more):
    def build(ctx):
        place = lettings.dwelling(ctx, lettings.rent_group(ctx))
        gone = lettings.letting(ctx, "90.00", prop=place, end_on=date(2026, 11, 1), **more)
        return place, gone

    return desk.do(build)


def moving(desk, made, place, **more):
    values = {"tenure": Tenure.SECURE, "payment_method": PaymentMethod.BANK_TRANSFER} | more
    return Transfer(made.tenancy.id, version(desk, made), MOVED, place.id, **values)


def test_a_transfer_ends_one_and_starts_the_other_with_the_garage(desk, home):
    made, garage = home
    place, _ = other_home(desk)
    change = moving(desk, made, place, keep_garages=(garage.tenancy.id,), near=(garage.tenancy.id,))
    effects = told(desk, change)
    where = f"{garage.property.address_1}, {garage.property.postcode}"
    assert ("Garages", f"{where} goes with the new home", "", "no VAT") in effects
    assert not [each for each in effects if each[0] == "To put right"]
    saved = desk.do(commands.save, change)
    # three weeks of 104.50 less four of 60.00 stay behind; the week of 16 November is at 90.00 in the new home
    former = account_of(desk, made.tenancy.id, AccountKind.FORMER_TENANT)
    assert (former.name, balance(desk, former.id)) == ("Mx Alex Sample", Money(3 * 104_50 - 4 * 60_00))
    assert balance(desk, saved.account_id) == Money(90_00)
    # the old home is void for the week of 16 November, and the new one no longer
    assert control(desk, "void_loss", Fund.HRA) == Money(104_50)
    assert balance(desk, garage.account.id) == Money(4 * 17_80)
    voids = scalars(desk, select(VoidPeriod).where(VoidPeriod.property_id == made.property.id))
    assert [(each.reason, each.from_on) for each in voids] == [(VoidReason.TO_LET, MOVED)]
    assert next(each.other for each in desk.ask(queries.history, saved.account_id).rows) == made.tenancy.ref
    assert desk.ask(checks.check) == ()


def test_the_ending_of_a_transfer_is_taken_back_once_the_new_tenancy_has_ended(desk, home):
    made, garage = home
    place, _ = other_home(desk)
    before = balance(desk, made.account.id)
    kept = (garage.tenancy.id,)
    saved = desk.do(commands.save, moving(desk, made, place, keep_garages=kept, near=kept))
    new = tenancy(desk, saved.tenancy_id)
    (ending,) = scalars(desk, select(Ending).where(Ending.tenancy_id == made.tenancy.id))
    wanted = TakeBack(ending.id, ending.version, "They didn't move")
    for ask in (lambda: desk.ask(endings_queries.preview_back, wanted), lambda: desk.do(endings.take_back, wanted)):
        with pytest.raises(UserError, match=f"goes on as {new.ref} from 16 Nov 2026") as refused:
            ask()
        assert refused.value.hint == f"End {new.ref} first: then this ending can be taken back."
    wrong = NoteEnding(new.id, EndReason.OTHER, agreed_on=MOVED, excused="They never moved in", finish=Finish())
    desk.do(endings.save, wrong)
    desk.do(endings.take_back, wanted)
    assert tenancy(desk, made.tenancy.id).end_on is None
    assert balance(desk, made.account.id) == before
    assert balance(desk, garage.account.id) == Money(4 * 17_80)
    assert desk.ask(checks.check) == ()


def test_the_balance_goes_along_where_that_is_agreed(desk, home):
    made, _ = home
    place, _ = other_home(desk)
    saved = desk.do(commands.save, moving(desk, made, place, balance=Balance.NEW))
    assert account_of(desk, made.tenancy.id, AccountKind.FORMER_TENANT) is None
    assert balance(desk, made.account.id) == Money(0)
    assert balance(desk, saved.account_id) == Money(3 * 104_50 - 4 * 60_00 + 90_00)


def test_a_move_to_come_notes_the_ending_and_starts_the_tenancy(desk, home):
    made, _ = home
    place, _ = other_home(desk)
    ahead = Transfer(
        made.tenancy.id,
        version(desk, made),
        date(2026, 12, 7),
        place.id,
        Tenure.SECURE,
        PaymentMethod.BANK_TRANSFER,
    )
    assert any("closed once the weeks to 6 Dec 2026 are charged" in text for _, text, _, _ in told(desk, ahead))
    with pytest.raises(UserError, match="haven't all been charged"):
        desk.do(
            commands.save,
            Transfer(
                ahead.tenancy_id, ahead.version, ahead.on, place.id, ahead.tenure, ahead.payment_method,
                balance=Balance.NEW,
            ),
        )  # fmt: skip
    saved = desk.do(commands.save, ahead)
    assert scalars(desk, select(Ending.state)) == [EndingState.NOTICE]
    assert tenancy(desk, saved.tenancy_id).start_on == date(2026, 12, 7)
    assert balance(desk, made.account.id) == Money(4 * 104_50 - 4 * 60_00)


def test_a_home_that_is_let_refuses_the_whole_transfer(desk, home):
    made, _ = home
    other = desk.do(lettings.letting, "90.00", who=("Kim", "Elsewhere"))
    with pytest.raises(UserError, match="is let"):
        desk.do(commands.save, moving(desk, made, other.property))
    assert tenancy(desk, made.tenancy.id).end_on is None
    assert scalars(desk, select(TenancyEvent)) == []


def test_two_households_exchange_their_homes(desk, home):
    made, garage = home
    other = desk.do(lettings.letting, "90.00", who=("Kim", "Elsewhere"), start_on=date(2026, 8, 3))
    change = Exchange(made.tenancy.id, version(desk, made), MOVED, other.account.payment_reference)
    groups = {group for group, *_ in told(desk, change)}
    assert {"Mx Alex Sample: charges", "Mx Kim Elsewhere: charges"} <= groups
    assert not [group for group in groups if "to put right" in group]
    saved = desk.do(commands.save, change)
    mine = tenancy(desk, saved.tenancy_id)
    theirs = scalars(desk, select(Tenancy).where(Tenancy.before_id == other.tenancy.id))[0]
    assert (mine.property_id, theirs.property_id) == (other.property.id, made.property.id)
    assert balance(desk, saved.account_id) == Money(90_00)
    assert balance(desk, account_of(desk, theirs.id).id) == Money(104_50)
    assert void_lines(desk) == ()
    assert scalars(desk, select(VoidPeriod)) == []
    # the garage stays behind with nobody of its home: VAT from the week of 16 November
    assert balance(desk, garage.account.id) == Money(4 * 17_80)
    assert desk.ask(checks.check) == ()


def test_who_is_on_trial_may_not_exchange(desk, home):
    made, _ = home
    other = desk.do(lettings.letting, "90.00", who=("Kim", "Elsewhere"), tenure=Tenure.INTRODUCTORY)
    change = Exchange(made.tenancy.id, version(desk, made), MOVED, other.tenancy.ref)
    with pytest.raises(UserError, match="may not exchange"):
        desk.do(commands.save, change)


def test_a_decant_and_the_way_home(desk, home):
    made, _ = home
    place, _ = other_home(desk)
    before = balance(desk, made.account.id)
    change = Decant(made.tenancy.id, version(desk, made), MOVED, place.id, reason="Flood")
    assert ("Charges", "Nothing is charged for the temporary home", "", "") in told(desk, change)
    desk.do(commands.save, change)
    form = desk.ask(queries.form, made.account.id)
    assert form.decanted
    licence = scalars(desk, select(Tenancy).where(Tenancy.before_id == made.tenancy.id))[0]
    assert (licence.tenure, licence.start_on) == (Tenure.LICENCE, MOVED)
    assert balance(desk, made.account.id) == before
    with pytest.raises(UserError, match="already"):
        desk.do(commands.save, Decant(made.tenancy.id, form.version, MOVED, place.id))
    back = Return(made.tenancy.id, form.version, date(2026, 11, 20))
    assert any(each[1].startswith("The licence") for each in told(desk, back))
    saved = desk.do(commands.save, back)
    assert saved.tenancy_id == made.tenancy.id
    assert tenancy(desk, licence.id).end_on == date(2026, 11, 19)
    assert not desk.ask(queries.form, made.account.id).decanted
    changes = [each.change for each in desk.ask(queries.history, made.account.id).rows]
    assert changes == [TenancyChange.RETURN, TenancyChange.DECANT]
    assert desk.ask(checks.check) == ()


def test_an_arrangement_and_a_hold_go_along_with_the_balance(desk, home):
    made, _ = home
    place, _ = other_home(desk)

    def agree(ctx):
        ctx.session.add_all(
            [
                Flag(account_id=made.account.id, flag="two officers visit", from_on=date(2026, 9, 1), note=""),
                Arrangement(
                    account_id=made.account.id,
                    amount_pence=5_00,
                    frequency=Frequency.WEEKLY,
                    starts_on=date(2026, 11, 2),
                ),
            ]
        )

    desk.do(agree)
    saved = desk.do(commands.save, moving(desk, made, place, balance=Balance.NEW))
    assert scalars(desk, select(Arrangement.account_id)) == [saved.account_id]
    assert scalars(desk, select(Arrangement.state)) == [ArrangementState.LIVE]
    assert sorted(scalars(desk, select(Flag.account_id))) == sorted([made.account.id, saved.account_id])


def test_what_an_ending_or_a_start_refuses_stands_beside_a_field_of_the_change(desk, home):
    made, _ = home
    other = desk.do(lettings.letting, "90.00", who=("Kim", "Elsewhere"))
    with pytest.raises(UserError) as refused:
        desk.do(commands.save, moving(desk, made, other.property))
    assert {each.field for each in refused.value.errors} == {"on"}


def test_a_garage_of_somebody_else_does_not_go_along(desk, home):
    _, garage = home
    place, _ = other_home(desk)
    other = desk.do(lettings.letting, "90.00", who=("Kim", "Elsewhere"))
    with pytest.raises(UserError, match="no longer belongs"):
        desk.do(commands.save, moving(desk, other, place, keep_garages=(garage.tenancy.id,)))
