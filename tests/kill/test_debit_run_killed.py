"""A Direct Debit run that is killed while its file is made or its collections are posted is there once: nothing lost or twice."""

import os

import pytest
from sqlalchemy import func, select

from app.models.bacs import PaymentFile
from app.models.direct_debits.runs import DebitRunJournal, DebitRunLine
from app.models.documents import Document
from app.models.ledger import Journal
from app.services.approvals import commands as approvals
from app.services.direct_debits.runs import commands, keeping
from app.services.ledger import checks
from tests.processes import killed_before
from tests.services.direct_debits.runs.conftest import (  # noqa: F401  fixtures
    COLLECT,
    ENTRY,
    PROCESSING,
    council,
    money,
    on,
    run,
    states,
    three,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither fork nor SIGKILL")
MADE = (DebitRunLine, PaymentFile, Document, Journal, DebitRunJournal)


def stands(desk, ids):
    """The states of the collections, and how many lines, files, documents and journals there are."""

    def count(ctx):
        return tuple(ctx.session.scalar(select(func.count()).select_from(each)) for each in MADE)

    return states(desk, ids), desk.ask(count)


def test_a_killed_run_goes_and_is_posted_once(desk, colleague, three):  # noqa: F811
    nothing = (["planned"] * 3, (0, 0, 0, 0, 0))

    def ask(own):
        own.do(commands.ask, commands.AskRun(COLLECT, PROCESSING, 3, money("180.00"), "run"))

    killed_before(desk, "officer", ask, "UPDATE collection")  # its lines are written, nothing is taken yet
    assert stands(desk, three) == nothing
    killed_before(desk, "officer", ask)
    assert stands(desk, three) == (["in_run"] * 3, (3, 0, 0, 0, 0))
    request_id = run(desk, 1).request_id

    def approve(own):
        own.do(approvals.approve, [request_id])

    for step in ("INSERT INTO document", "UPDATE debit_run"):  # the file is made, and not kept; kept, and not recorded
        killed_before(desk, "colleague", approve, step)
        assert stands(desk, three) == (["in_run"] * 3, (3, 0, 0, 0, 0)), step
    killed_before(desk, "colleague", approve)
    assert stands(desk, three) == (["in_run"] * 3, (3, 1, 1, 0, 0))
    desk.do(commands.mark_sent, 1, "S0001")
    desk.do(keeping.matched, 1, "Input report")
    later = on(desk, ENTRY)

    def post(own):
        on(own, ENTRY).do(commands.post, ENTRY)

    killed_before(desk, "officer", post, "UPDATE collection")  # posted, and the collections not marked
    assert stands(desk, three) == (["in_run"] * 3, (3, 1, 1, 0, 0))
    killed_before(desk, "officer", post)
    assert stands(desk, three) == (["posted"] * 3, (3, 1, 1, 1, 1))
    assert later.do(commands.post, ENTRY).days == ()
    assert later.ask(checks.check) == ()
