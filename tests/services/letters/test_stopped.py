"""Letters that were queued before letters to their account were stopped."""

from datetime import date

import pytest

from app.models.letters import Outgoing
from app.models.people import Person
from app.models.values import HoldKind, Stop
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.letters.commands import queue as commands
from app.services.letters.commands.sending import take
from app.services.letters.dto import NewLetter, OutgoingState
from app.services.letters.queries.queue import print_run, rows
from tests.prepared import prepared
from tests.services.letters.conftest import tenant

WHY = "Letters are stopped: court proceedings (claim 1234), until 30 Nov 2026"
ANSWERS = {"subject": "Your tenancy", "text": "Thank you for calling."}
ELSEWHERE = ("9 Sample Road", "Testford", "ZZ12 3AB")


@prepared
def accounts(desk, landlord):
    return desk.do(lambda ctx: [tenant(ctx), tenant(ctx)])


def write(desk, account_id, **more):
    return desk.do(commands.write, NewLetter("general_letter", account_id, ANSWERS, **more)).outgoing_id


def stop(desk, account_id, kind=HoldKind.COURT, reason="claim 1234", to_on=date(2026, 11, 30)):
    desk.do(holds.place, PlaceHold(account_id, kind, reason, to_on=to_on))


def test_a_letter_that_was_queued_waits_until_the_hold_has_ended(desk, accounts):
    held, free = (write(desk, each) for each in accounts)
    stop(desk, accounts[0])
    assert desk.ask(print_run, [held, free], two_sided=False).outgoing_ids == (free,)
    assert [row.what for row in desk.ask(rows, [held, free])] == [WHY, ""]
    with pytest.raises(UserError, match="must not go; nothing was marked"):
        desk.do(commands.mark_printed, [held, free])
    with pytest.raises(UserError, match="letters to their account are stopped"):
        desk.ask(print_run, [held], two_sided=False)
    later = Desk(desk.database, desk.officer, FixedClock(date(2026, 12, 1)))
    later.do(commands.mark_printed, [held, free])
    assert later.do(lambda ctx: ctx.session.get_one(Outgoing, held).state) == OutgoingState.PRINTED


def test_one_that_was_printed_before_can_be_printed_again(desk, accounts):
    letter = write(desk, accounts[0])
    desk.do(commands.mark_printed, [letter])
    stop(desk, accounts[0])
    assert desk.ask(print_run, [letter], two_sided=False).outgoing_ids == (letter,)


@pytest.mark.parametrize(("kind", "goes"), [(HoldKind.DECEASED, True), (HoldKind.COURT, False)])
def test_an_executor_is_written_to_after_a_death_and_not_during_proceedings(desk, accounts, kind, goes):
    to = {"addressee": "Executors of A Sample", "address": ELSEWHERE}
    letter = write(desk, accounts[0], **to)
    stop(desk, accounts[0], kind)
    if goes:
        write(desk, accounts[0], **to)
        assert desk.ask(print_run, [letter], two_sided=False).outgoing_ids == (letter,)
    else:
        with pytest.raises(UserError, match="Letters are stopped"):
            write(desk, accounts[0], **to)
        with pytest.raises(UserError, match="None of these"):
            desk.ask(print_run, [letter], two_sided=False)


def test_do_not_contact_of_a_person_stops_letters_without_a_hold(desk, accounts):
    def quiet(ctx):
        ctx.session.get_one(Person, 1).do_not_contact = True

    desk.do(quiet)
    with pytest.raises(UserError, match="Do not contact"):
        write(desk, accounts[0])
    write(desk, accounts[0], addressee="Support worker of A Sample", address=ELSEWHERE)
    write(desk, accounts[1])


def test_an_email_waits_as_well(desk, accounts):
    def reach(ctx):
        for person_id in (1, 2):
            ctx.session.get_one(Person, person_id).email = f"tenant{person_id}@tenant.example"

    desk.do(reach)
    messages = [desk.do(commands.write, NewLetter("email_general", each, ANSWERS)).outgoing_id for each in accounts]
    stop(desk, accounts[0])
    taken = desk.do(take)
    assert taken is not None
    assert taken.outgoing_id == messages[1]
    assert desk.do(take) is None


def test_a_hold_that_stops_something_else_stops_no_letter(desk, accounts):
    desk.do(holds.place, PlaceHold(accounts[0], HoldKind.OTHER, "Refund in question", stops=frozenset({Stop.REFUNDS})))
    desk.do(commands.mark_printed, [write(desk, accounts[0])])
