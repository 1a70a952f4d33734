"""What the bank is told of a mandate, case by case (bacs.md 2.2, 4), and where the mandate stands then."""

from datetime import date

import pytest

from app.models.values import InstructionState, ToldBy
from app.services.bacs.rules import destination
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.direct_debits.mandates import commands, keeping
from app.services.direct_debits.mandates.dto import AmendMandate, CancelMandate, ResumeMandate, SuspendMandate
from tests.services.direct_debits.mandates.conftest import (
    NEW,
    OLD,
    THIRD,
    history,
    lodge,
    new,
    row,
    sent,
    state,
    take,
    waiting,
)


def version(desk, mandate_id):
    return row(desk, mandate_id).version


def amend(desk, mandate_id, bank=NEW):
    """The payer gives another bank account on the telephone."""
    asked = AmendMandate(mandate_id, version(desk, mandate_id), "Mx Alex Sample", *bank, "Rang us", confirm=False)
    return desk.do(commands.amend, asked)


def cancel(desk, mandate_id, told_by=ToldBy.PAYER):
    asked = CancelMandate(mandate_id, version(desk, mandate_id), "Rang us", told_by, tell=False)
    return desk.do(commands.cancel, asked)


def by_bank(desk, mandate_id, what, *args):
    """The bank tells us something of it."""
    desk.do(lambda ctx: what(ctx, keeping.found(ctx, mandate_id), *args))


def on(desk, day):
    """The same desk on another day."""
    return Desk(desk.database, desk.officer, FixedClock(day))


def test_a_new_one_waits_is_lodged_and_is_live_when_the_banks_days_are_over(desk, mandate_id):
    assert (state(desk, mandate_id), sent(desk, mandate_id)) == ("new", ["0N waiting"])
    lodge(desk)
    assert (state(desk, mandate_id), sent(desk, mandate_id)) == ("lodged", ["0N sent"])
    kept = row(desk, mandate_id)
    # processed on Tuesday 24 November; five working days of Bacs after it is Tuesday 1 December
    assert (kept.lodged_on, kept.collect_from, kept.last_bank_on) == (
        date(2026, 11, 24),
        date(2026, 12, 1),
        date(2026, 11, 24),
    )
    assert on(desk, date(2026, 11, 30)).do(keeping.settle) == 0
    later = on(desk, date(2026, 12, 1))
    assert later.do(keeping.settle) == 1
    assert later.do(keeping.settle) == 0
    assert (state(desk, mandate_id), sent(desk, mandate_id)) == ("live", ["0N accepted"])
    assert history(desk, mandate_id) == ["set_up", "lodged", "accepted"]


def test_paper_that_the_bank_has_is_converted(desk, home):
    from app.models.values import MandateWay

    made = desk.do(commands.set_up, new(home.account, way=MandateWay.PAPER, form_number="F 12", converts=True))
    assert sent(desk, made.mandate_id) == ["0S waiting"]
    lodge(desk)
    assert state(desk, made.mandate_id) == "lodged"


def test_other_details_before_it_was_lodged_take_its_place(desk, mandate_id):
    amend(desk, mandate_id)
    assert sent(desk, mandate_id) == ["0N withdrawn", "0N waiting"]
    assert state(desk, mandate_id) == "new"


def test_other_details_of_a_lodged_one_are_a_0c_to_the_old_bank_then_a_0n(desk, mandate_id):
    lodge(desk)
    amend(desk, mandate_id)
    assert sent(desk, mandate_id) == ["0N sent", "0C waiting", "0N waiting"]
    assert (state(desk, mandate_id), row(desk, mandate_id).collect_from) == ("amended", None)
    lodge(desk, 2, date(2026, 11, 26))
    assert (state(desk, mandate_id), row(desk, mandate_id).collect_from) == ("lodged", date(2026, 12, 3))


def test_details_amended_twice_leave_one_0c_and_one_0n(desk, mandate_id):
    lodge(desk)
    amend(desk, mandate_id)
    amend(desk, mandate_id, THIRD)
    assert waiting(desk, mandate_id) == ["0C", "0N"]


def test_back_at_the_old_bank_before_it_was_told_sends_nothing(desk, mandate_id):
    lodge(desk)
    amend(desk, mandate_id)
    amend(desk, mandate_id, OLD)
    assert (waiting(desk, mandate_id), state(desk, mandate_id)) == ([], "lodged")
    assert row(desk, mandate_id).collect_from == date(2026, 12, 1), "as it was lodged there"


def test_the_same_account_is_no_amendment(desk, mandate_id):
    with pytest.raises(UserError, match="on this bank account already"):
        amend(desk, mandate_id, OLD)


def test_nothing_is_amended_while_a_run_has_it(desk, mandate_id):
    desk.do(take)
    with pytest.raises(UserError, match="in a lodgement run that isn't sent"):
        amend(desk, mandate_id)


def test_a_cancellation_tells_the_bank_only_what_it_has_and_did_not_say(desk, home):
    for at, (lodged, told_by, told) in enumerate(
        (
            (False, ToldBy.PAYER, ["0N withdrawn"]),
            (True, ToldBy.PAYER, ["0N sent", "0C waiting"]),
            (True, ToldBy.OFFICER, ["0N sent", "0C waiting"]),
            (True, ToldBy.BANK, ["0N sent"]),
            (False, ToldBy.BANK, ["0N withdrawn"]),
        ),
        start=1,
    ):
        mandate_id = desk.do(commands.set_up, new(home.account, key=f"case {at}", despite=True)).mandate_id
        if lodged:
            lodge(desk, at)
        cancel(desk, mandate_id, told_by)
        assert (sent(desk, mandate_id), state(desk, mandate_id)) == (told, "cancelled")


def test_amended_then_cancelled_the_old_bank_is_told_and_the_new_one_never(desk, mandate_id):
    lodge(desk)
    amend(desk, mandate_id)
    cancel(desk, mandate_id)
    assert sent(desk, mandate_id) == ["0N sent", "0C waiting", "0N withdrawn"]


def test_cancelled_while_a_run_has_it_the_0c_follows_and_both_go_if_the_run_does_not(desk, mandate_id):
    run_id = desk.do(take)
    cancel(desk, mandate_id)
    assert sent(desk, mandate_id) == ["0N in_run", "0C waiting"]
    assert desk.do(keeping.put_back, run_id) == 1
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N withdrawn", "0C withdrawn"], "cancelled")


def test_a_run_that_is_not_sent_leaves_all_as_it_was(desk, mandate_id):
    run_id = desk.do(take)
    desk.do(keeping.put_back, run_id)
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N waiting"], "new")


def test_a_file_refused_whole_takes_the_lodgement_back(desk, mandate_id):
    run_id = lodge(desk)
    desk.do(keeping.put_back, run_id, "Bacs refused the file")
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N waiting"], "new")
    assert (row(desk, mandate_id).lodged_on, row(desk, mandate_id).collect_from) == (None, None)
    lodge(desk, 2)
    assert state(desk, mandate_id) == "lodged"


def test_moved_to_another_bank_a_0n_goes_there_and_never_a_0c_to_the_old_one(desk, mandate_id):
    lodge(desk)
    by_bank(desk, mandate_id, keeping.transfer, destination(*NEW), "Moved to another bank")
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N sent", "0N waiting"], "amended")
    cancel(desk, mandate_id)
    assert sent(desk, mandate_id) == ["0N sent", "0N withdrawn"]


def test_moved_by_its_bank_after_we_amended_it_the_0c_to_the_bank_before_stays(desk, mandate_id):
    """That bank has the instruction still, and said nothing of it."""
    lodge(desk)
    amend(desk, mandate_id)
    by_bank(desk, mandate_id, keeping.transfer, destination(*THIRD), "Moved to another bank")
    assert sent(desk, mandate_id) == ["0N sent", "0C waiting", "0N withdrawn", "0N waiting"]


def test_details_put_right_by_the_bank_send_nothing(desk, mandate_id):
    lodge(desk)
    by_bank(desk, mandate_id, keeping.correct, destination(*NEW), "Other branch")
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N sent"], "lodged")
    cancel(desk, mandate_id)
    assert waiting(desk, mandate_id) == ["0C"]


def test_reinstated_neither_a_0c_nor_a_0n_is_sent(desk, mandate_id):
    lodge(desk)
    cancel(desk, mandate_id)
    by_bank(desk, mandate_id, keeping.reinstate, "Reinstated")
    assert (waiting(desk, mandate_id), state(desk, mandate_id)) == ([], "lodged")


def test_returned_by_the_bank_it_is_suspended_until_the_details_are_amended(desk, mandate_id):
    lodge(desk)
    by_bank(desk, mandate_id, keeping.returned, "No account")
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N returned"], "suspended")
    with pytest.raises(UserError, match="bank hasn't the instruction"):
        desk.do(commands.resume, ResumeMandate(mandate_id, version(desk, mandate_id), "Asked"))
    amend(desk, mandate_id)
    assert (waiting(desk, mandate_id), state(desk, mandate_id)) == (["0N"], "amended")


def test_returned_after_it_was_cancelled_the_bank_has_nothing_to_cancel(desk, mandate_id):
    lodge(desk)
    cancel(desk, mandate_id)
    by_bank(desk, mandate_id, keeping.returned, "No account")
    assert (waiting(desk, mandate_id), state(desk, mandate_id)) == ([], "cancelled")


def test_suspended_and_resumed_it_stands_as_far_as_it_had_come(desk, mandate_id):
    def turn(command, what):
        return desk.do(command, what(mandate_id, version(desk, mandate_id), "Payer asked"))

    for then in ("new", "lodged"):
        turn(commands.suspend, SuspendMandate)
        assert (state(desk, mandate_id), row(desk, mandate_id).resume_on) == ("suspended", date(2026, 12, 5))
        turn(commands.resume, ResumeMandate)
        assert (state(desk, mandate_id), row(desk, mandate_id).resume_on) == (then, None)
        lodge(desk, then)


def test_lodged_while_suspended_it_stays_suspended_and_its_days_are_kept(desk, mandate_id):
    desk.do(commands.suspend, SuspendMandate(mandate_id, version(desk, mandate_id), "Payer asked"))
    lodge(desk)
    assert (state(desk, mandate_id), row(desk, mandate_id).collect_from) == ("suspended", date(2026, 12, 1))


def test_a_cancellation_of_today_is_taken_back_before_the_bank_is_told(desk, mandate_id):
    cancel(desk, mandate_id)
    desk.do(commands.undo_cancel, mandate_id, version(desk, mandate_id))
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N withdrawn", "0N waiting"], "new")
    lodge(desk)
    cancel(desk, mandate_id)
    desk.do(commands.undo_cancel, mandate_id, version(desk, mandate_id))
    assert (waiting(desk, mandate_id), state(desk, mandate_id)) == ([], "lodged")
    cancel(desk, mandate_id)
    with pytest.raises(UserError, match="own day only"):
        on(desk, date(2026, 11, 22)).do(commands.undo_cancel, mandate_id, version(desk, mandate_id))
    desk.do(take, 2)
    with pytest.raises(UserError, match="being told of the cancellation"):
        desk.do(commands.undo_cancel, mandate_id, version(desk, mandate_id))


def test_what_the_bank_cancelled_only_the_bank_reinstates(desk, mandate_id):
    cancel(desk, mandate_id, ToldBy.BANK)
    with pytest.raises(UserError, match="only the bank reinstates"):
        desk.do(commands.undo_cancel, mandate_id, version(desk, mandate_id))


def test_what_is_over_can_not_be_changed(desk, mandate_id):
    cancel(desk, mandate_id)
    with pytest.raises(UserError, match="cancelled: it can't be amended"):
        amend(desk, mandate_id)
    with pytest.raises(UserError, match="can't be suspended"):
        desk.do(commands.suspend, SuspendMandate(mandate_id, version(desk, mandate_id), "Payer asked"))
    assert sent(desk, mandate_id, InstructionState.WAITING) == []
