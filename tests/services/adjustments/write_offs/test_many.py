"""A schedule of many cases is looked at, submitted, approved, posted and paid in as many statements as one of a few."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.values import JournalKind, Money
from app.models.write_offs import WriteOff, WriteOffDebt
from app.services.adjustments.write_offs import commands, keeping
from app.services.adjustments.write_offs.dto import NewCase, NewSchedule
from app.services.core.errors import UserError
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.services.adjustments.write_offs.conftest import ENDED

OWN = ("UPDATE write_off SET", "INSERT INTO write_back")


def drafts(office, many):
    """So many cases of 100.00 each, of tenancies that ended with that debt and a person each; the ids."""

    def make(ctx):
        homes = [lettings.letting(ctx, start_on=date(2018, 4, 2), end_on=ENDED) for _ in range(many)]
        header = JournalHeader(JournalKind.ADJUSTMENT, ctx.clock.today(), "test", f"debts:{many}")
        ledger.post(ctx, header, [Line(each.account.id, "DBR", 100_00, date(2025, 3, 24)) for each in homes])
        shown = office._evidence(ctx, homes[0].account.id)
        return tuple(
            keeping.keep(
                ctx,
                NewCase(
                    f"{many}:{each.tenancy.id}",
                    each.tenancy.id,
                    "prison",
                    {each.account.id: Money(100_00)},
                    evidence=(shown,),
                ),
            )[0].id
            for each in homes
        )

    return office.asks.do(make)


def receive(ctx, accounts):
    """20.00 comes in on each account, in one journal."""
    today = ctx.clock.today()
    header = JournalHeader(JournalKind.RECEIPTS, today, "test", f"paid:{len(accounts)}")
    ledger.post(ctx, header, [Line(each, "RCP", -20_00, today) for each in sorted(accounts)])


def put_back(ctx, schedule_id):
    """What has come back of the cases of a schedule, in pence."""
    of_it = select(func.sum(WriteOffDebt.back_pence)).join(WriteOff, WriteOff.id == WriteOffDebt.write_off_id)
    return ctx.session.scalar(of_it.where(WriteOff.schedule_id == schedule_id))


def test_thirty_cases_take_as_many_statements_as_three(office, query_log):
    """Each case is written once a step, by a statement of its own that the audit tells of; all else is for all of them."""

    def counted(step, *given):
        query_log.clear()
        done = step(*given)
        own = [said for said in query_log if said.startswith(OWN)]
        counts.append((len(query_log) - len(own), len(own) / many))
        return done

    steps = []
    for many in (3, 30):
        counts = []
        new = NewSchedule(f"all:{many}", "Former tenants", drafts(office, many))
        made = counted(office.asks.do, commands.make_schedule, new)
        submitted = counted(office.asks.do, commands.submit, made.record_id)
        counted(office.approve, submitted)
        posted = counted(office.posts.do, commands.post, made.record_id)
        assert posted.told.endswith(f"{Money(many * 100_00)} written off.")
        counted(office.asks.do, receive, posted.changes.account_ids)
        assert office.asks.ask(put_back, posted.record_id) == many * 20_00
        steps.append(counts)
    assert steps[0] == steps[1]
    assert [own for _, own in steps[0]] == [1, 1, 1, 1, 1]


def test_a_case_of_which_nothing_is_owed_any_more_is_named(office):
    first, paid = office.owes("300.00"), office.owes("200.00")
    cases = [office.build(*first, "300.00"), office.build(*paid, "200.00")]
    office.post(paid[1], "-200.00", "RCP", date(2026, 11, 20))
    with pytest.raises(UserError, match="Nothing is owed any more for write-off 2") as refused:
        office.schedule(*cases)
    assert refused.value.field == "case_ids"
