"""What is told of one account of a mandate leaves what is told of another alone; and nothing overtakes a run (bacs.md 2.2)."""

import pytest

from app.models.direct_debits.mandates import MandateBank
from app.models.values import ToldBy
from app.services.bacs.rules import destination
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import commands, keeping
from tests.prepared import prepared
from tests.services.direct_debits.mandates.conftest import NEW, THIRD, lodge, row, sent, state, take, waiting
from tests.services.direct_debits.mandates.test_sent import amend, by_bank, cancel, version

MOVED = ["0N sent", "0C waiting", "0N waiting"]
"""Lodged at the old bank, then amended: what the two banks are told."""


@prepared
def amended(desk, mandate_id):
    """Lodged at one bank, then amended to another, of which neither is told yet."""
    lodge(desk)
    amend(desk, mandate_id)
    assert sent(desk, mandate_id) == MOVED
    return mandate_id


def test_a_cancellation_taken_back_leaves_the_0c_to_the_old_bank(desk, amended):
    cancel(desk, amended)
    desk.do(commands.undo_cancel, amended, version(desk, amended))
    assert sent(desk, amended) == ["0N sent", "0C waiting", "0N withdrawn", "0N waiting"]
    assert state(desk, amended) == "amended"


def test_it_is_taken_back_also_while_a_run_has_the_0c_to_the_old_bank(desk, amended):
    cancel(desk, amended)
    run_id = desk.do(take, 2)
    desk.do(commands.undo_cancel, amended, version(desk, amended))
    desk.do(keeping.lodged, run_id, row(desk, amended).lodged_on)
    assert sent(desk, amended) == ["0N sent", "0C sent", "0N withdrawn", "0N waiting"]


def test_the_new_bank_cancels_and_the_old_one_is_told_all_the_same(desk, amended):
    cancel(desk, amended, ToldBy.BANK)
    assert sent(desk, amended) == ["0N sent", "0C waiting", "0N withdrawn"]


def test_a_cancellation_taken_back_asks_again_only_for_what_it_withdrew(desk, mandate_id):
    """The bank had returned the 0N: to send the same again would be returned again."""
    lodge(desk)
    by_bank(desk, mandate_id, keeping.returned, "No such account")
    cancel(desk, mandate_id)
    desk.do(commands.undo_cancel, mandate_id, version(desk, mandate_id))
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N returned"], "suspended")


def test_what_is_in_a_run_is_not_overtaken_by_what_a_bank_tells(desk, amended):
    desk.do(take, 2)
    for what, *told in (
        (keeping.transfer, destination(*THIRD), "Moved"),
        (keeping.correct, destination(*THIRD), "Put right"),
        (keeping.reinstate, "Reinstated"),
    ):
        with pytest.raises(UserError, match="in a lodgement run that isn't sent") as refused:
            by_bank(desk, amended, what, *told)
        assert refused.value.hint.endswith("then apply the report.")
    assert (sent(desk, amended), state(desk, amended)) == (["0N sent", "0C in_run", "0N in_run"], "amended")


def test_a_0c_that_was_not_sent_is_not_sent_once_the_bank_reinstated_the_mandate(desk, mandate_id):
    lodge(desk)
    cancel(desk, mandate_id)
    run_id = lodge(desk, 2)
    by_bank(desk, mandate_id, keeping.reinstate, "Reinstated")
    desk.do(keeping.put_back, run_id, "Bacs refused the file")
    assert waiting(desk, mandate_id) == []


def test_a_0n_that_was_not_sent_needs_no_0c_at_the_bank_that_was_left_meanwhile(desk, amended):
    run_id = lodge(desk, 2)
    amend(desk, amended, THIRD)
    desk.do(keeping.put_back, run_id, "Bacs refused the file")
    assert sent(desk, amended) == ["0N sent", "0C waiting", "0N withdrawn", "0C withdrawn", "0N waiting"]


def test_returned_by_the_bank_that_it_has_left_a_mandate_stands_where_it_is(desk, amended):
    lodge(desk, 2)

    desk.do(lambda ctx: keeping.returned(ctx, keeping.found(ctx, amended), "No account", bank=banks(ctx, amended)[0]))
    assert (sent(desk, amended), state(desk, amended)) == (["0N sent", "0C returned", "0N sent"], "lodged")
    assert [each.held for each in desk.ask(banks, amended)] == [False, True]


def banks(ctx, mandate_id):
    """The accounts that a mandate was and is on, in order."""
    return ctx.session.query(MandateBank).filter_by(mandate_id=mandate_id).order_by(MandateBank.id).all()


def test_put_right_by_the_bank_what_stands_there_goes_on(desk, mandate_id):
    lodge(desk)
    by_bank(desk, mandate_id, keeping.accepted)
    by_bank(desk, mandate_id, keeping.correct, destination(*NEW), "Other branch")
    by_bank(desk, mandate_id, keeping.returned, "No account")
    assert (sent(desk, mandate_id), state(desk, mandate_id)) == (["0N returned"], "suspended")
