"""October 2026 has one journal and is over; closing it takes two officers."""

from datetime import date

import pytest

from app.models.values import JournalKind
from app.services.ledger.commands import post
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def october(desk):
    def make(ctx):
        made = lettings.letting(ctx, "100.00", reference="7001")
        day = date(2026, 10, 5)
        header = JournalHeader(JournalKind.CHARGE_RUN, day, "test", "october")
        post(ctx, header, [Line(made.account.id, "DBR", 10000, day, day)])

    desk.do(make)


@pytest.fixture
def second(office, colleague, monkeypatch):
    """The same command line in the hands of a colleague."""

    def run(*arguments):
        with monkeypatch.context() as hands:
            hands.setattr("app.cli.frame.system_user", lambda: ("colleague", "Test Colleague"))
            return office(*arguments)

    return run


def state(office):
    rows = office("period", "status", "--json").data["periods"]
    return {row["starts_on"]: (row["state"], row["waiting_to_be"]) for row in rows}["2026-10-01"]


def test_one_officer_alone_closes_nothing(office, october):
    answer = office("period", "close", "2026-10")
    assert answer.code == 1
    assert "two officers" in answer.err


def test_one_asks_and_another_closes_and_reopens(office, second, october):
    asked = office("period", "close", "2026-10", "--json").data
    assert (asked["state"], asked["waiting_to_be"], asked["requested_by"]) == ("open", "closed", "Test Officer")
    assert state(office) == ("open", "closed")
    assert office("period", "close", "2026-10").code == 1
    closed = second("period", "close", "2026-10", "--json")
    assert (closed.code, closed.data["state"], closed.data["journals"]) == (0, "closed", 1)
    assert office("period", "reopen", "2026-10").code == 1
    assert "another officer authorises" in office("period", "reopen", "2026-10", "--reason", "A late receipt").out
    assert office("period", "close", "2026-10").code == 1
    assert second("period", "reopen", "2026-10").out.strip().endswith("is reopened.")
    assert state(office) == ("open", None)


def test_status_says_what_stands_in_the_way(office, october):
    assert "Not charged: " in office("period", "status").out


def test_a_period_that_is_not_there_is_refused(office, october):
    assert office("period", "close", "1999-01").code == 1
    assert office("period", "close").code == 2
