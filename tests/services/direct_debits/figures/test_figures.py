"""The figures of Direct Debit, worked out by hand on Saturday 21 November 2026."""

from datetime import date

import pytest

from app.models.direct_debits.mandates import Instruction, MandateBank
from app.models.direct_debits.runs import DebitRun, DebitRunJournal
from app.models.values import (
    BacsCode,
    CollectionKind,
    CollectionState,
    DebitRunKind,
    DebitRunState,
    InstructionState,
    MandateState,
    Money,
    ToldBy,
    Verdict,
)
from app.services.core.access import RESTRICTED_NAME
from app.services.core.errors import UserError
from app.services.direct_debits.figures import queries
from app.services.direct_debits.figures.dto import Sum
from tests.factories import approving, lettings
from tests.services.direct_debits.figures.conftest import collection, mandate

LIVE, SUSPENDED, NEW, CANCELLED = (
    MandateState.LIVE,
    MandateState.SUSPENDED,
    MandateState.NEW,
    MandateState.CANCELLED,
)


def letting(desk, owed=0, **columns):
    """A let home whose rent account owes so many pence."""

    def make(ctx):
        made = lettings.letting(ctx, "100.00", **columns)
        made.account.balance_pence = owed
        return made.account.id

    return desk.do(make)


def test_the_rate_is_of_the_rent_accounts_current_at_the_end_of_each_month(desk, months):
    """Three rent accounts; one mandate live from 10 September, one from 5 October to 12 November: 1, 2 and 1 of 3."""
    first, second, _third = (letting(desk) for _ in range(3))
    desk.do(mandate, first, (date(2026, 9, 1), NEW), (date(2026, 9, 10), LIVE))
    desk.do(mandate, second, (date(2026, 10, 5), LIVE), (date(2026, 11, 12), CANCELLED))
    desk.do(mandate, first, (date(2026, 9, 20), LIVE))  # a second mandate of the same account counts once
    found = desk.ask(queries.report, *months).take_up
    assert [(each.on, each.paying, each.accounts) for each in found] == [
        (date(2026, 11, 21), 1, 3),
        (date(2026, 10, 31), 2, 3),
        (date(2026, 9, 30), 1, 3),
    ]
    assert round(found[1].rate, 1) == 66.7


def test_a_step_back_on_the_same_day_counts_as_it_ended(desk, months):
    """Live and suspended on 30 September: it isn't live at the end of that day."""
    day = date(2026, 9, 30)
    desk.do(mandate, letting(desk), (date(2026, 9, 1), LIVE), (day, SUSPENDED))
    assert [each.paying for each in desk.ask(queries.report, *months).take_up] == [0, 0, 0]


def test_collections_of_the_next_days_and_those_that_nobody_sent(desk, months):
    """£50 and £70 on 1 December, £50 again on the 8th; £20 was due on Friday, no run takes £30 on Monday."""
    made = desk.do(mandate, letting(desk), (date(2026, 9, 1), LIVE))
    for day, pence, more in (
        (date(2026, 12, 1), 5_000, {}),
        (date(2026, 12, 1), 7_000, {}),
        (date(2026, 12, 8), 5_000, {"kind": CollectionKind.AGAIN}),
        (date(2026, 11, 20), 2_000, {}),
        (date(2026, 11, 23), 3_000, {}),
        (date(2027, 1, 4), 9_000, {}),
        (date(2026, 12, 1), 9_900, {"state": CollectionState.SKIPPED}),
    ):
        desk.do(collection, made, day, pence, **more)
    found = desk.ask(queries.report, *months)
    assert [(each.on, each.count, each.again, each.total) for each in found.days] == [
        (date(2026, 11, 23), 1, 0, Money(3_000)),
        (date(2026, 12, 1), 2, 0, Money(12_000)),
        (date(2026, 12, 8), 1, 1, Money(5_000)),
    ]
    assert found.standing.overdue == Sum(2, Money(5_000))


def test_collected_and_returned_by_month_and_this_months_returns_by_reason(desk, months):
    """October: 2 collections of £150.00 together, none back; November: £80.00, of which £50.00 refer to payer."""
    made = desk.do(mandate, letting(desk), (date(2026, 9, 1), LIVE))

    def posted(ctx):
        run = DebitRun(
            number=1,
            entry_key="run:1",
            kind=DebitRunKind.COLLECTION,
            state=DebitRunState.WAITING,
            processing_on=date(2026, 9, 30),
            entry_on=date(2026, 10, 1),
            last_entry_on=date(2026, 11, 2),
            count=3,
            pence=23_000,
            left_out=0,
            made_by=ctx.officer.id,
            made_at=ctx.clock.now(),
        )
        ctx.session.add(run)
        ctx.session.flush()
        approving.counts(ctx, "direct_debit_run", run, DebitRunState.POSTED)
        for day, count, pence in ((date(2026, 10, 1), 2, 15_000), (date(2026, 11, 2), 1, 8_000)):
            ctx.session.add(DebitRunJournal(run_id=run.id, entry_on=day, journal=1, count=count, pence=pence))

    desk.do(posted)
    back = {"state": CollectionState.RETURNED, "returned_on": date(2026, 11, 4), "return_code": "0"}
    desk.do(collection, made, date(2026, 11, 2), 5_000, **back)
    found = desk.ask(queries.report, *months)
    assert [(each.month_on.month, each.collected, each.returned) for each in found.months] == [
        (11, Sum(1, Money(8_000)), Sum(1, Money(5_000))),
        (10, Sum(2, Money(15_000)), Sum()),
        (9, Sum(), Sum()),
    ]
    assert (found.months[0].share, found.months[2].share) == (100, None)
    assert [(each.words, each.count, each.total) for each in found.returned] == [("Refer to payer", 1, Money(5_000))]


def waiting(ctx, mandate_id):
    """An instruction of it that waits for a run."""
    bank = MandateBank(
        mandate_id=mandate_id,
        fingerprint="a",
        sort_hash="b",
        last_two="34",
        holder="ALEX SAMPLE",
        verdict=Verdict.VALID,
        told_by=ToldBy.PAYER,
        from_on=date(2026, 11, 20),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(bank)
    ctx.session.flush()
    ctx.session.add(
        Instruction(
            mandate_id=mandate_id,
            bank_id=bank.id,
            code=BacsCode.NEW,
            state=InstructionState.WAITING,
            asked_by=ctx.officer.id,
            asked_at=ctx.clock.now(),
        )
    )


def test_what_waits_is_left_alone_or_lapses(desk, months):
    """Suspended for 15 days: more than 14. Seen last on 10 February 2025: it lapses on 10 February 2027, within 3 months."""
    account = letting(desk)
    alone = desk.do(
        mandate, account, (date(2026, 9, 1), LIVE), (date(2026, 11, 6), SUSPENDED), state_why="Unpaid twice"
    )
    desk.do(mandate, account, (date(2026, 9, 1), LIVE), (date(2026, 11, 10), SUSPENDED))
    lapses = desk.do(mandate, account, (date(2025, 1, 1), LIVE), last_bank_on=date(2025, 2, 10))
    desk.do(mandate, account, (date(2025, 1, 1), LIVE), last_bank_on=date(2026, 2, 10))
    waits = desk.do(mandate, account, (date(2026, 11, 20), NEW))

    desk.do(waiting, waits)
    found = desk.ask(queries.report, *months)
    stands = found.standing
    assert (stands.live, stands.waiting, stands.suspended, stands.left_alone, stands.dormant_soon) == (2, 1, 2, 1, 1)
    assert [(each.mandate_id, each.since, each.why) for each in found.left_alone] == [
        (alone, date(2026, 11, 6), "Unpaid twice")
    ]
    assert [(each.mandate_id, each.since, each.until) for each in found.dormant_soon] == [
        (lapses, date(2025, 2, 10), date(2027, 2, 10))
    ]


def test_accounts_that_owe_and_that_no_mandate_pays(desk, months):
    """£30 owed without, £90 with a cancelled one; £50 is paid by a new one, one is in credit; restricted names are hidden."""
    plain, cancelled, paid = letting(desk, 3_000), letting(desk, 9_000), letting(desk, 5_000)
    letting(desk, -4_000)
    desk.do(mandate, cancelled, (date(2026, 9, 1), LIVE), (date(2026, 10, 1), CANCELLED))
    desk.do(mandate, paid, (date(2026, 11, 1), NEW))
    found = desk.ask(queries.report, *months)
    assert [(each.account_id, each.balance) for each in found.owing] == [
        (cancelled, Money(9_000)),
        (plain, Money(3_000)),
    ]
    assert found.standing.owing == Sum(2, Money(12_000))
    restrict(desk, plain)
    assert desk.ask(queries.report, *months).owing[1].name == RESTRICTED_NAME


def restrict(desk, account_id):
    """Restrict the account's tenancy."""
    from app.models.access import RestrictedRecord
    from app.models.accounts import Account
    from app.models.values import Subject

    def do(ctx):
        tenancy_id = ctx.session.get_one(Account, account_id).tenancy_id
        ctx.session.add(
            RestrictedRecord(
                subject=Subject.TENANCY,
                subject_id=tenancy_id,
                reason="Sample",
                restricted_by=ctx.officer.id,
                restricted_at=ctx.clock.now(),
            )
        )

    desk.do(do)


def test_a_span_that_ends_before_it_begins_is_refused(desk, months):
    with pytest.raises(UserError, match="before the first"):
        desk.ask(queries.report, months[1], months[0])


def test_it_asks_as_much_of_many_mandates_as_of_one(desk, months, query_log):
    account = letting(desk, 1_000)

    def asked():
        query_log.clear()
        desk.ask(queries.report, *months)
        return len([each for each in query_log if each.startswith("SELECT")])

    one = asked()
    for _ in range(5):
        desk.do(mandate, account, (date(2026, 9, 1), LIVE), (date(2026, 10, 1), SUSPENDED))
    assert asked() == one
