"""What was done on an account while its money was in suspense is listed, and is a task of whoever found the account."""

from datetime import UTC, date, datetime

from app.models.arrangements import Arrangement
from app.models.letters import Outgoing
from app.models.values import AccountKind, ArrangementState, Frequency, JournalKind, Subject
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append
from app.services.letters.dto.outgoing import OutgoingState
from app.services.letters.templates import version_to_use
from app.services.reception_payments.suspense import repairs
from app.services.reception_payments.suspense.dto import NewPart
from tests.factories import debits, lettings
from tests.services.direct_debits.notices.conftest import schedule
from tests.services.reception_payments.suspense.held import alone, clear, hold, tasks

BEFORE, MEANWHILE = date(2026, 11, 12), date(2026, 11, 16)


def letter(ctx, account_id, on, title="You owe rent", state=OutgoingState.PRINTED):
    row = Outgoing(
        title=title,
        subject=Subject.ACCOUNT.value,
        subject_id=account_id,
        account_id=account_id,
        channel="letter",
        format="standard",
        letter_date=on,
        subject_line=title,
        body="",
        state=state.value,
        asked_by=ctx.officer.id,
        asked_at=datetime.combine(on, datetime.min.time(), UTC),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row


def broken(ctx, account_id, on):
    ctx.session.add(
        Arrangement(
            account_id=account_id,
            amount_pence=20_00,
            frequency=Frequency.WEEKLY,
            starts_on=date(2026, 9, 7),
            state=ArrangementState.BROKEN,
            state_on=on,
        )
    )


def said(desk, item):
    return [(each.on, each.what, each.words) for each in desk.ask(repairs.meanwhile, item.id)]


def test_letters_arrangements_costs_and_direct_debits_of_the_days_between_are_listed(desk, reception):
    """Paid on 13 November, found on the 21st: what was done on the 12th would have been done anyway."""
    alone(desk)
    item = hold(desk)

    def wrong(ctx):
        for on in (BEFORE, MEANWHILE):
            letter(ctx, reception.rent, on)
            broken(ctx, reception.rent, on)
        letter(ctx, reception.rent, MEANWHILE, "Second letter", OutgoingState.QUEUED)
        letter(ctx, reception.rent, MEANWHILE, "Called off", OutgoingState.CANCELLED)
        letter(ctx, reception.other, MEANWHILE)
        costs = lettings.account(ctx, ctx.session.get_one(lettings.Tenancy, reception.tenancy), AccountKind.COURT_COSTS)
        header = JournalHeader(JournalKind.CHARGE_RUN, MEANWHILE, "test", "costs")
        append(ctx, header, [Line(costs.id, "DCC", 69_00, MEANWHILE)])
        mandate = debits.bare(ctx, reception.rent)
        made = schedule(ctx, mandate)
        ctx.session.add(
            repairs.SchedulePart(schedule_id=made.id, place=1, account_id=reception.rent, kind="balance", pence=1)
        )

    desk.do(wrong)
    assert said(desk, item) == []
    clear(desk, item, NewPart(50_00, reception.rent, why="The name"))
    assert said(desk, item) == [
        (MEANWHILE, "Letter", "You owe rent, printed."),
        (MEANWHILE, "Letter", "Second letter, queued. Cancel it if it is wrong."),
        (MEANWHILE, "Arrangement broken", "£20.00 a time. Make it anew if this payment kept it."),
        (MEANWHILE, "Court costs", "£69.00 were charged. Take them off if the case was brought for this payment."),
        (date(2026, 11, 21), "Direct Debit", "Worked out without this payment: £441.66 each time. Work it out again."),
    ]
    (task,) = tasks(desk, repairs.REPAIR)
    assert task == ("Put right what was done while item 1 of £50.00 was in suspense", desk.officer.id, "open")


def test_where_nothing_was_done_meanwhile_there_is_no_task(desk, reception):
    alone(desk)
    desk.do(lambda ctx: letter(ctx, reception.rent, BEFORE))

    def signpost(ctx):
        """Nobody is sent to debt advice by the office for owing money: they asked."""
        letter(ctx, reception.rent, MEANWHILE).template_version_id = version_to_use(ctx, "signpost_text", BEFORE).id

    desk.do(signpost)
    item = hold(desk)
    clear(desk, item, NewPart(50_00, reception.rent))
    assert (said(desk, item), tasks(desk, repairs.REPAIR)) == ([], [])


def test_a_split_item_lists_what_was_done_on_each_account(desk, reception):
    alone(desk)
    item = hold(desk)
    desk.do(lambda ctx: [letter(ctx, each, MEANWHILE) for each in (reception.rent, reception.other)] and None)
    clear(desk, item, NewPart(30_00, reception.rent), NewPart(20_00, reception.other))
    assert {each.account_id for each in desk.ask(repairs.meanwhile, item.id)} == {reception.rent, reception.other}
    assert len(tasks(desk, repairs.REPAIR)) == 2
