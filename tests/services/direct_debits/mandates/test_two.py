"""Two mandates that pay one account: nothing lets both collect the instalment unless an officer said so."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection
from app.models.tenancies import Tenancy
from app.models.values import CollectionState, Frequency, PaymentMethod, ToldBy
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import commands, keeping, queries
from app.services.direct_debits.mandates.dto import CancelMandate, ChangeMandate, ResumeMandate
from app.services.direct_debits.schedules import keeping as schedules
from app.services.direct_debits.schedules.dto import Terms
from tests.factories import lettings
from tests.services.direct_debits.mandates.conftest import NEW, lodge, new, row, state

MONTHLY = Terms(Frequency.MONTHLY, 1, date(2026, 12, 1))


def planned(desk, mandate_id):
    """What is planned of a mandate."""
    rows = select(Collection.pence).where(
        Collection.mandate_id == mandate_id, Collection.state == CollectionState.PLANNED
    )
    return desk.ask(lambda ctx: [*ctx.session.scalars(rows)])


def second(desk, account, **rest):
    """Another mandate of the account, with its schedule."""
    made = desk.do(commands.set_up, new(account, NEW, "two", **rest)).mandate_id
    desk.do(lambda ctx: schedules.make(ctx, ctx.session.get_one(Mandate, made), MONTHLY, "x").id)
    return made


def cancel(desk, mandate_id, told_by=ToldBy.PAYER):
    asked = CancelMandate(mandate_id, row(desk, mandate_id).version, "Asked for", told_by=told_by, tell=False)
    return desk.do(commands.cancel, asked)


def change(desk, mandate_id, beside=(), **rest):
    was = row(desk, mandate_id)
    return desk.do(commands.change, ChangeMandate(mandate_id, was.version, was.payer_name, 1, "", beside, **rest))


def test_the_bank_reinstates_a_mandate_and_it_waits_where_another_was_set_up_meanwhile(desk, home, mandate_id):
    desk.do(lambda ctx: schedules.make(ctx, ctx.session.get_one(Mandate, mandate_id), MONTHLY, "x").id)
    lodge(desk)
    desk.do(lambda ctx: keeping.cancel(ctx, ctx.session.get_one(Mandate, mandate_id), "", ToldBy.BANK, send=False))
    two = second(desk, home.account)
    desk.do(lambda ctx: keeping.reinstate(ctx, ctx.session.get_one(Mandate, mandate_id), "Reinstated"))
    assert state(desk, mandate_id) == "suspended"
    assert not planned(desk, mandate_id)
    assert planned(desk, two)
    task = select(Task.details).where(Task.kind == "mandate_suspended", Task.subject_id == mandate_id)
    assert "pays the same account" in desk.ask(lambda ctx: ctx.session.scalars(task).one())
    with pytest.raises(UserError, match="pays the same account"):
        desk.do(commands.resume, ResumeMandate(mandate_id, row(desk, mandate_id).version, "Goes on"))
    assert "pays the same account" in desk.ask(queries.detail, mandate_id).others[0]
    change(desk, mandate_id, despite=True)
    assert not desk.ask(queries.detail, mandate_id).others
    desk.do(commands.resume, ResumeMandate(mandate_id, row(desk, mandate_id).version, "The payer wants both"))
    assert planned(desk, mandate_id)


def test_a_reinstated_mandate_that_stands_alone_goes_on(desk, mandate_id):
    lodge(desk)
    desk.do(lambda ctx: keeping.cancel(ctx, ctx.session.get_one(Mandate, mandate_id), "", ToldBy.BANK, send=False))
    desk.do(lambda ctx: keeping.reinstate(ctx, ctx.session.get_one(Mandate, mandate_id), "Reinstated"))
    assert state(desk, mandate_id) in {"live", "lodged"}


def test_an_account_with_a_mandate_of_its_own_is_not_paid_beside_unless_it_is_ticked(desk, mandate_id):
    other = desk.do(lettings.letting, reference="70 0002")
    second(desk, other.account, despite=True)
    with pytest.raises(UserError, match="pays the same account") as refused:
        change(desk, mandate_id, (other.account.id,))
    assert refused.value.field == "despite"
    change(desk, mandate_id, (other.account.id,), despite=True)
    assert row(desk, mandate_id).despite_at is not None
    change(desk, mandate_id, (other.account.id,), note="Said once is enough")


def test_a_cancellation_is_not_taken_back_once_another_mandate_stands(desk, home, mandate_id):
    lodge(desk)
    cancel(desk, mandate_id)
    second(desk, home.account)
    with pytest.raises(UserError, match="pays the same account"):
        desk.do(commands.undo_cancel, mandate_id, row(desk, mandate_id).version)
    assert state(desk, mandate_id) == "cancelled"


def test_what_was_ticked_when_it_was_set_up_counts_for_the_mandates_that_stood(desk, home, mandate_id):
    two = second(desk, home.account, despite=True)
    cancel(desk, two)
    desk.do(commands.undo_cancel, two, row(desk, two).version)
    assert state(desk, two) == "new"


def test_the_tenancy_is_paid_for_as_before_when_the_last_of_two_mandates_ends(desk, home, mandate_id):
    def method(ctx):
        return ctx.session.scalars(select(Tenancy.payment_method)).one()

    first = row(desk, mandate_id).method_before
    two = second(desk, home.account, despite=True)
    cancel(desk, mandate_id)
    assert desk.ask(method) is PaymentMethod.DIRECT_DEBIT
    cancel(desk, two)
    assert desk.ask(method) is first is not PaymentMethod.OTHER
