"""`rentbook approve`: closing October waits for a colleague, who decides on the command line."""

from datetime import date

import pytest

from app.models.values import JournalKind
from app.services.ledger.commands import post
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def asked(office, desk, colleague):
    def make(ctx):
        made = lettings.letting(ctx, "100.00", reference="7001")
        day = date(2026, 10, 5)
        header = JournalHeader(JournalKind.CHARGE_RUN, day, "test", "october")
        post(ctx, header, [Line(made.account.id, "DBR", 10000, day, day)])

    desk.do(make)
    assert office("period", "close", "2026-10").code == 0
    return office("approve", "list", "--which", "asked", "--json").data["requests"][0]["request"]


@pytest.fixture
def second(office, monkeypatch):
    """The same command line in the hands of a colleague."""

    def run(*arguments):
        with monkeypatch.context() as hands:
            hands.setattr("app.cli.frame.system_user", lambda: ("colleague", "Test Colleague"))
            return office(*arguments)

    return run


def test_whoever_asked_sees_it_and_cannot_approve_it(office, asked):
    assert office("approve", "list").out.strip() == "Nothing waits for your approval."
    assert "Close 2026-27 P07" in office("approve", "list", "--which", "all").out
    refused = office("approve", "approve", str(asked))
    assert refused.code == 1
    assert "Nobody decides on what they asked for" in refused.err


def test_a_colleague_reads_it_whole_and_approves_it(office, second, asked):
    found = second("approve", "show", str(asked), "--json").data
    assert found["changes"] == [{"what": "State", "before": "open", "after": "closed"}]
    assert (found["evidence"], found["may_approve"]) == (["Reconciliation 2026-27 P07.pdf"], True)
    assert "State: open -> closed" in second("approve", "show", str(asked)).out
    done = second("approve", "approve", str(asked), "--reason", "Agreed with the cash book")
    assert (done.code, done.out.strip()) == (0, f"Approved and done: request {asked}.")
    assert "closed" in office("period", "status").out
    assert "Agreed with the cash book" in office("approve", "show", str(asked)).out


def test_a_colleague_refuses_with_a_reason(office, second, asked):
    assert second("approve", "refuse", str(asked)).code == 2
    assert second("approve", "refuse", str(asked), "--reason", "A receipt is missing").code == 0
    rows = office("approve", "list", "--which", "asked", "--json").data["requests"]
    assert [(row["state"], row["decided_by"]) for row in rows] == [("refused", "Test Colleague")]


def test_some_of_several_that_fail_are_told(second, asked):
    answer = second("approve", "approve", str(asked), "99")
    assert answer.code == 1
    assert "There is no request 99" in answer.err
