"""What a run leaves out, read from the tables in one preview: every reason once, and what goes beside them."""

from datetime import date

import pytest
from sqlalchemy import update

from app.models.access import RestrictedRecord
from app.models.arrangements import Arrangement
from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.direct_debits.schedules import DebitSchedule, SchedulePart
from app.models.holds import Hold, HoldStop
from app.models.values import (
    BacsCode,
    CollectionKind,
    CollectionState,
    DebitCaseKind,
    DebitCaseState,
    Frequency,
    HoldKind,
    MandateState,
    PartKind,
    ScheduleState,
    Stop,
    Subject,
)
from app.services.core import access
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.runs import queries
from tests.factories import debits
from tests.services.direct_debits.runs.conftest import ENTRY, LODGE, PROCESSING, TOLD, ask, due, home, money, preview


def left(shown):
    return {(row.reference[-2:], row.reason.value) for row in shown.left_out}


def schedule(ctx, mandate, kind):
    """A schedule with a part of a kind."""
    made = DebitSchedule(
        mandate_id=mandate.id,
        number=1,
        state=ScheduleState.CURRENT,
        frequency=Frequency.MONTHLY,
        day=1,
        starts_on=ENTRY,
        first_week_on=ENTRY,
        ends_on=date(2027, 3, 28),
        count=1,
        pence=50_00,
        first_pence=50_00,
        total_pence=50_00,
        forecast_pence=0,
        reason="",
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(made)
    ctx.session.flush()
    ctx.session.add(SchedulePart(schedule_id=made.id, place=1, account_id=mandate.account_id, kind=kind, pence=50_00))
    ctx.session.flush()
    return made.id


def stop(ctx, account_id):
    hold = Hold(
        account_id=account_id,
        kind=HoldKind.BREATHING_SPACE,
        reason="Breathing space",
        from_on=date(2026, 11, 1),
        placed_by=ctx.officer.id,
    )
    ctx.session.add(hold)
    ctx.session.flush()
    ctx.session.add(HoldStop(hold_id=hold.id, stop=Stop.ARREARS_COLLECTION))


def claim(ctx, mandate):
    ctx.session.add(
        DebitCase(
            number=1,
            entry_key="claim",
            kind=DebitCaseKind.INDEMNITY,
            state=DebitCaseState.CHALLENGED,
            mandate_id=mandate.id,
            opened_on=TOLD,
            words="Claims",
            pence=50_00,
            officer_id=ctx.officer.id,
            made_by=ctx.officer.id,
            made_at=ctx.clock.now(),
        )
    )


def arrangement(ctx, account_id):
    ctx.session.add(
        Arrangement(account_id=account_id, amount_pence=5_00, frequency=Frequency.WEEKLY, starts_on=date(2026, 11, 2))
    )


def people(ctx):
    """1 goes; 2 ended, 3 with an arrangement; 4 the payer died, 5 the only tenant."""
    due(ctx, home(ctx, 1)[1])
    let, ended = home(ctx, 2)
    let.tenancy.end_on = date(2026, 11, 15)
    due(ctx, ended)
    let, agreed = home(ctx, 3)
    let.tenancy.end_on = date(2026, 11, 15)
    arrangement(ctx, let.account.id)
    due(ctx, agreed)
    let, died = home(ctx, 4)
    let.person.died_on = date(2026, 11, 10)
    due(ctx, died)
    let, another = home(ctx, 5, person_id=None, payer_name="A Son")
    let.person.died_on = date(2026, 11, 10)
    due(ctx, another)


def stopped(ctx):
    """6 takes arrears in a breathing space, 7 current rent alone; 8 is claimed, 9 suspended."""
    let, space = home(ctx, 6)
    stop(ctx, let.account.id)
    due(ctx, space, schedule_id=schedule(ctx, space, PartKind.BALANCE))
    let, current = home(ctx, 7)
    stop(ctx, let.account.id)
    due(ctx, current, schedule_id=schedule(ctx, current, PartKind.CHARGES))
    _let, claimed = home(ctx, 8)
    claim(ctx, claimed)
    due(ctx, claimed)
    _let, stopped = home(ctx, 9, state=MandateState.SUSPENDED)
    due(ctx, stopped)


def notices(ctx):
    """10 was told too late, 11 of another amount, 12 not at all."""
    _let, told_late = home(ctx, 10)
    due(ctx, told_late, noticed_on=date(2026, 11, 20))
    _let, told_other = home(ctx, 11)
    due(ctx, told_other, noticed_pence=49_00)
    _let, untold = home(ctx, 12)
    due(ctx, untold, noticed_on=None, noticed_due_on=None, noticed_pence=None, notice_id=None)


def written(ctx):
    """13 is too dear, 14 can't be opened, 15 isn't split, 16 has no reference that Bacs takes."""
    due(ctx, home(ctx, 13)[1], 2_500_01)
    _let, gone = home(ctx, 14)
    due(ctx, gone)
    ctx.session.execute(update(MandateBank).where(MandateBank.mandate_id == gone.id).values(sealed=b"altered"))
    let, odd = home(ctx, 15)
    due(ctx, odd, shares={let.account.id: 49_00})
    due(ctx, home(ctx, 16, reference="1111111")[1])
    late = home(ctx, 17)[1]
    first = debits.collected(ctx, late, due_on=date(2026, 10, 19), state=CollectionState.RETURNED)
    due(ctx, late, kind=CollectionKind.AGAIN, again_of=first.id)


def test_every_reason_is_found_in_the_tables(desk, colleague, council):
    for make in (people, stopped, notices, written):
        desk.do(make)
    shown = preview(desk)
    assert [line.reference[-2:] for line in shown.lines] == ["01", "03", "07"]
    assert left(shown) == {
        ("02", "tenancy_ended"),
        ("04", "deceased"),
        ("05", "deceased"),
        ("06", "breathing_space"),
        ("08", "claim_open"),
        ("09", "suspended"),
        ("10", "notice_too_short"),
        ("11", "changed_since_notice"),
        ("12", "no_notice"),
        ("13", "above_limit"),
        ("14", "bad_details"),
        ("15", "bad_shares"),
        ("17", "past_month"),
        ("11", "bad_reference"),
    }
    assert all(row.words and row.todo and row.heading for row in shown.left_out)
    assert [each.reason.value for each in shown.reasons][:2] == ["tenancy_ended", "deceased"]
    asked = ask(desk)
    assert (asked.count, asked.left_out) == (3, 14)
    assert {(row.reference[-2:], row.reason.value) for row in desk.ask(queries.left_out, asked.run_id)} == left(shown)


def test_what_no_run_took_is_overdue_until_somebody_moves_it(desk, council):
    def make(ctx):
        _let, mandate = home(ctx, 1)
        due(ctx, mandate)
        due(ctx, mandate, 45_00, date(2026, 11, 18))

    desk.do(make)
    shown = preview(desk)
    assert [(row.due_on, row.amount) for row in shown.overdue] == [(date(2026, 11, 18), money("45.00"))]


def test_a_restricted_payer_is_not_named_and_is_collected_all_the_same(desk, council):
    def make(ctx):
        let, mandate = home(ctx, 1)
        due(ctx, mandate)
        ctx.session.add(
            RestrictedRecord(
                subject=Subject.ACCOUNT,
                subject_id=let.account.id,
                reason="Known to staff",
                restricted_by=ctx.officer.id,
                restricted_at=ctx.clock.now(),
            )
        )

    desk.do(make)
    [line] = preview(desk).lines
    assert line.payer == access.RESTRICTED_NAME


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2026, 11, 23), r"A file for Monday 23 Nov 2026 had to be sent by Friday 20 Nov 2026"),
        (date(2026, 11, 22), r"Bacs doesn't process on Sunday 22 Nov 2026"),
        (date(2026, 12, 25), r"Bacs doesn't process on Friday 25 Dec 2026: Christmas Day"),
        (date(2027, 11, 24), r"is more than \d+ days ahead"),
    ],
)
def test_a_day_on_which_bacs_takes_no_file_is_refused(desk, council, day, message):
    with pytest.raises(UserError, match=message):
        preview(desk, processing_on=day)


def test_without_a_second_officer_nothing_is_asked_for(desk, council):
    desk.do(lambda ctx: due(ctx, home(ctx, 1)[1]))
    with pytest.raises(UserError, match="This takes two officers"):
        ask(desk)


def test_questions_grow_no_statements_with_the_collections(desk, council, query_log):
    def make(ctx, first, last):
        for number in range(first, last):
            due(ctx, home(ctx, number)[1])

    desk.do(make, 1, 3)
    query_log.clear()
    preview(desk)
    few = len(query_log)
    desk.do(make, 3, 12)
    query_log.clear()
    preview(desk)
    assert len(query_log) == few


def test_a_lodgement_takes_what_waits_the_cancelled_first(desk, council):
    def make(ctx):
        _let, new = home(ctx, 1, state=MandateState.NEW)
        keeping.instruct(ctx, new, BacsCode.NEW, keeping.bank_of(ctx, new.id), "Set up")
        _let, over = home(ctx, 2, state=MandateState.CANCELLED)
        keeping.instruct(ctx, over, BacsCode.CANCEL, keeping.bank_of(ctx, over.id), "Cancelled")
        _let, stopped = home(ctx, 3, state=MandateState.SUSPENDED)
        keeping.instruct(ctx, stopped, BacsCode.NEW, keeping.bank_of(ctx, stopped.id), "Set up")

    desk.do(make)
    shown = preview(desk, LODGE)
    assert [(line.code.value, line.reference[-1]) for line in shown.lines] == [("0C", "2"), ("0N", "1")]
    assert left(shown) == {("03", "suspended")}
    assert (shown.count, shown.total.pence, shown.days[0].processing_on) == (2, 0, PROCESSING)


def test_what_two_mandates_collect_for_one_account_is_left_out_until_somebody_says_that_both_do(desk, council):
    def make(ctx):
        let, first = home(ctx, 1)
        second = debits.mandate(ctx, let, "RENT 00000002", collect_from=date(2026, 9, 15))
        _other, third = home(ctx, 3)
        due(ctx, first)
        due(ctx, second, due_on=date(2026, 12, 8))
        due(ctx, third)
        return second.id

    second_id = desk.do(make)
    shown = preview(desk)
    assert left(shown) == {("01", "other_mandate")}
    assert shown.left_out[0].words == "Mandate RENT 00000002 collects for the same account."
    assert [line.reference[-2:] for line in shown.lines] == ["03"]

    def tick(ctx):
        ctx.session.get_one(Mandate, second_id).despite_at = ctx.clock.now()

    desk.do(tick)
    assert not left(preview(desk))
