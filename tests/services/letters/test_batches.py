"""Batches of letters: who is left out and told before, made once, stopped and carried on."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.models.letters import Outgoing
from app.models.values import FormatNeed, HoldKind
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.letters import jobs
from app.services.letters.commands import batches as commands
from app.services.letters.commands import queue as queue_commands
from app.services.letters.dto import EVERYTHING, BatchRequest, OutgoingSort, OutgoingState, Variant
from app.services.letters.queries import batches, queue
from tests.prepared import prepared
from tests.services.letters.conftest import tenant


@prepared
def roll(desk, landlord, needs):
    """Six tenants: two usual ones, large print, on hold, without an address, and braille."""
    made = [desk.do(tenant, ("Cy", f"Tenant{n}")) for n in range(6)]
    needs(made[2], format_need=FormatNeed.LARGE_PRINT)
    desk.do(holds.place, PlaceHold(made[3], HoldKind.DECEASED, "bereaved"))
    needs(made[4], correspondence_address="Somewhere")
    needs(made[5], format_need=FormatNeed.BRAILLE)
    return tuple(made)


def asked(roll, **more):
    return BatchRequest("account_balance", roll, **more)


def outgoing(desk):
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Outgoing)))


def test_a_rehearsal_names_whoever_is_left_out_and_makes_nothing(desk, roll):
    found = desk.ask(batches.rehearse, asked(roll))
    assert (found.count, dict(found.variants)) == (3, {Variant.STANDARD: 2, Variant.LARGE_PRINT: 1})
    assert [(each.account_id, each.what, each.stops) for each in found.concerns] == [
        (roll[3], "Letters are stopped: tenant has died (bereaved)", True),
        (roll[4], "The address is too short: it needs 3 lines with the name.", True),
        (roll[5], "Needs braille: make it by hand.", True),
    ]
    assert set(found.samples) == {roll[0], roll[2]}
    assert outgoing(desk) == 0


def test_a_rehearsal_asks_for_the_blanks_first(desk, roll):
    with pytest.raises(UserError, match="'Subject' is not filled in"):
        desk.ask(batches.rehearse, BatchRequest("general_letter", roll))


def test_e_mails_go_to_those_who_have_an_address_and_the_others_are_named(desk, roll, needs):
    needs(roll[0], email="cy@example.com")
    request = BatchRequest("email_balance", roll[:2])
    found = desk.ask(batches.rehearse, request)
    assert [(each.account_id, each.what) for each in found.concerns] == [(roll[1], "No e-mail address.")]
    assert jobs.make_batch(desk, request).made == 1


def test_a_batch_is_made_in_one_file_with_the_pages_of_each(desk, roll):
    result = jobs.make_batch(desk, asked(roll))
    assert (result.made, result.left_out, result.state) == (3, 3, OutgoingState.QUEUED)
    found = desk.ask(queue.ids, EVERYTHING, OutgoingSort.ADDRESS, descending=False)
    run = desk.ask(queue.print_run, list(found), two_sided=False)
    assert len(run.outgoing_ids) == 3
    for outgoing_id in found:
        file = desk.ask(queue.letter_file, outgoing_id)
        assert file.content.startswith(b"%PDF")
    assert (
        next(each.what for each in desk.ask(batches.left_out, result.batch_id))
        == "Letters are stopped: tenant has died (bereaved)"
    )
    (listed,) = desk.ask(batches.listed)
    assert (listed.made, listed.left_out, listed.to_do) == (3, 3, 0)


def test_the_same_batch_is_not_made_twice(desk, roll):
    first = jobs.make_batch(desk, asked(roll))
    with pytest.raises(UserError, match=f"made before, as batch {first.batch_id}"):
        jobs.make_batch(desk, asked(roll))
    assert outgoing(desk) == 3
    assert jobs.make_batch(desk, asked(roll, again=True)).made == 3


def test_a_batch_that_is_stopped_carries_on_and_makes_nothing_twice(desk, roll, monkeypatch):
    monkeypatch.setattr(commands, "CHUNK", 2)
    cancel = CancelToken()

    def stop(done, total, text=""):
        if done:
            cancel.cancel()

    with pytest.raises(Cancelled):
        jobs.make_batch(desk, asked(roll), stop, cancel)
    assert outgoing(desk) == 2
    (listed,) = desk.ask(batches.listed)
    assert (listed.state, listed.to_do) == ("stopped", 4)
    result = jobs.carry_on(desk, listed.batch_id)
    assert (result.carried_on, result.made, result.left_out) == (True, 3, 3)
    assert outgoing(desk) == 3
    with pytest.raises(UserError, match="has been made"):
        jobs.carry_on(desk, listed.batch_id)


def test_a_batch_that_was_killed_is_taken_up_by_asking_again(desk, roll, monkeypatch):
    monkeypatch.setattr(commands, "CHUNK", 1)
    begun = desk.do(commands.begin, asked(roll))
    desk.do(commands.make_some, begun.batch_id)
    assert jobs.make_batch(desk, asked(roll)).made == 3
    assert outgoing(desk) == 3


def test_a_batch_that_needs_a_second_person_is_approved_whole(desk, roll, second):
    answers = {"asked_on": "1 May", "decision": "Yes", "reason": "Because"}
    result = jobs.make_batch(desk, BatchRequest("refund_decision", roll[:2], answers))
    assert result.state is OutgoingState.WAITING
    ids = list(desk.ask(queue.ids, EVERYTHING, OutgoingSort.ASKED, descending=False))
    second.do(queue_commands.approve, ids[:1])
    assert {row.state for row in desk.ask(queue.rows, ids)} == {OutgoingState.QUEUED}
    wanted = replace(EVERYTHING, batch_id=result.batch_id)
    assert len(desk.ask(queue.ids, wanted, OutgoingSort.ASKED, descending=False)) == 2


def test_a_batch_reads_in_a_handful_of_statements(desk, roll, query_log):
    more = tuple(desk.do(tenant, ("Di", f"Tenant{n}")) for n in range(20))
    query_log.clear()
    desk.ask(batches.rehearse, asked(roll))
    few = len(query_log)
    query_log.clear()
    desk.ask(batches.rehearse, asked(roll + more))
    assert len(query_log) <= few


def test_a_portion_reads_the_landlord_for_its_fields_and_its_head_not_for_each_letter(desk, roll, query_log):
    begun = desk.do(commands.begin, asked(roll))
    query_log.clear()
    desk.do(commands.make_some, begun.batch_id)
    assert len([each for each in query_log if "FROM landlord" in each]) == len(("fields", "head"))
