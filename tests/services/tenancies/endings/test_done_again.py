"""An ending that is taken back and done again on the same day."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.values import Money
from app.services.tenancies.endings import commands
from app.services.tenancies.endings.dto import Finish, TakeBack
from tests.services.tenancies.endings.conftest import post
from tests.services.tenancies.endings.test_ending import noted, scalars

ADDRESS = "1 New Street\nTestford\nZZ1 1ZZ"


def test_an_ending_done_again_on_its_day_sends_its_own_statement(desk, home):
    # four weeks from 20 October are over on Sunday 22 November, up to which all is charged: 4 x 104.50 - 4 x 60.00 are
    # owed and paid, so nothing is posted by either ending, and the second statement is the first to the byte
    post(desk, home[0].account, ("RBP", -178_00, date(2026, 11, 20), None))
    ending = replace(
        noted(home, keys_on=date(2026, 11, 20), forwarding_address=ADDRESS, finish=Finish()),
        notice_on=date(2026, 10, 20),
    )
    done = desk.do(commands.save, ending)
    assert done.balance == Money(0)
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "The wrong home"))
    desk.do(commands.save, ending)
    lines = scalars(desk, select(Outgoing).order_by(Outgoing.id))
    assert [each.state for each in lines] == ["cancelled", "cancelled", "queued", "queued"]
    assert [each.title.split(" 3 Aug")[0] for each in lines[2:]] == [
        "Closing statement of an ended tenancy",
        "Closing statement",
    ]
    assert lines[1].document_sha256 == lines[3].document_sha256
