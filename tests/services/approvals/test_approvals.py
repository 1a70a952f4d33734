"""One officer asks, another decides, and what was seen is what is done."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.approvals import ApprovalRequest
from app.models.officers import Team
from app.models.values import ApprovalState, Money, Subject
from app.services.approvals import commands, keeping, queries
from app.services.approvals.dto import View
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from tests.services.approvals.conftest import limit, name_of


def ask(desk, new):
    return desk.do(keeping.ask, new)


def opened(desk, request_id):
    return desk.ask(queries.request, request_id)


def ids(desk, view):
    return [row.request_id for row in desk.ask(queries.queue, view).rows]


def test_alone_nobody_asks_and_is_told_how_to_add_an_officer(desk, new):
    with pytest.raises(UserError, match="takes two officers") as refused:
        ask(desk, new())
    assert "officer add" in refused.value.hint


def test_what_one_asks_another_approves_and_it_is_done_then(clerk, leader, new, team):
    asked = ask(clerk, new())
    assert name_of(clerk, team) == "Income"
    assert (ids(leader, View.FOR_ME), ids(clerk, View.FOR_ME), ids(clerk, View.MINE)) == ([asked], [], [asked])
    decided = leader.do(commands.approve, [asked], "Fine by me.")
    assert (decided.done, decided.refused) == ((asked,), ())
    assert decided.changes.areas == {"approvals", "admin"}
    assert name_of(clerk, team) == "Rents"
    found = opened(clerk, asked)
    assert (found.row.state, found.row.decided_by, found.row.decision) == (
        ApprovalState.APPROVED,
        "Demo Leader",
        "Fine by me.",
    )
    assert [(step.officer, step.action, step.reason) for step in found.trail] == [
        ("Demo Clerk", "asked", "It was agreed."),
        ("Demo Leader", "approved", "Fine by me."),
    ]
    assert [(line.label, line.before, line.after) for line in found.details] == [("Name", "Income", "Rents")]
    assert ids(leader, View.DECIDED) == [asked]


def test_nobody_approves_what_they_asked_for_nor_without_the_permission(leader, clerk, new, team):
    own = ask(leader, new())
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        leader.do(commands.approve, [own])
    with pytest.raises(UserError, match="may not authorise a period"):
        clerk.do(commands.approve, [own])
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        leader.do(commands.refuse, [own], "no")
    assert name_of(leader, team) == "Income"


def test_the_officer_whom_it_is_about_does_not_decide(leader, clerk, finance, new):
    asked = ask(clerk, new(subject=(Subject.OFFICER, leader.officer.id)))
    with pytest.raises(UserError, match="You are the officer whom this is about"):
        leader.do(commands.approve, [asked])
    assert opened(clerk, asked).deciders == ("Demo Finance", "Test Officer")
    finance.do(commands.approve, [asked])


def test_nobody_takes_two_linked_steps(leader, finance, clerk, desk, new):
    first = ask(clerk, new("One", chain="job:1"))
    leader.do(commands.approve, [first])
    with pytest.raises(UserError, match="approved a linked step"):
        ask(leader, new("Two", chain="job:1"))
    second = ask(desk, new("Two", chain="job:1"))
    with pytest.raises(UserError, match="took an earlier step"):
        leader.do(commands.approve, [second])
    assert not opened(leader, second).row.may_decide
    finance.do(commands.approve, [second])


def test_linked_steps_are_not_approved_together(finance, clerk, desk, new):
    both = [ask(clerk, new("One", chain="job:1")), ask(desk, new("Two", chain="job:1"))]
    decided = finance.do(commands.approve, both)
    assert decided.done == (both[0],)
    assert "linked step" in decided.refused[0].message


@pytest.mark.parametrize(
    ("line", "batch", "said"),
    [
        (None, None, "There is no money limit for refunds"),
        (9_999, 50_000, "Its largest line, £100.00, is above your limit of £99.99"),
        (10_000, 24_999, "Its total, £250.00, is above your limit of £249.99 for a batch"),
        (10_000, 25_000, ""),
    ],
)
def test_limits_hold_for_the_line_and_for_the_batch(leader, clerk, new, team, line, batch, said):
    if line is not None:
        limit(clerk, "leader", line, batch)
    asked = ask(clerk, new(pence=25_000, largest=10_000))
    assert opened(leader, asked).row.why_not.startswith(said)
    if said:
        with pytest.raises(UserError, match=said):
            leader.do(commands.approve, [asked])
        leader.do(commands.return_for_change, [asked], "Split it.")
    else:
        leader.do(commands.approve, [asked])
    assert name_of(clerk, team) == ("Income" if said else "Rents")


def test_several_together_are_one_batch(leader, clerk, new):
    limit(clerk, "leader", 10_000, 15_000)
    both = [ask(clerk, new("One", pence=8_000)), ask(clerk, new("Two", pence=8_000))]
    with pytest.raises(UserError, match=r"Together they come to £160.00, above your limit of £150.00"):
        leader.do(commands.approve, both)
    leader.do(commands.approve, both[:1])


def test_what_is_approved_is_what_was_seen(leader, clerk, new, team):
    asked = ask(clerk, new())
    seen = opened(leader, asked).row.digest
    leader.do(commands.return_for_change, [asked], "A better name, please.")
    clerk.do(keeping.ask_again, asked, new("Housing income"))
    with pytest.raises(UserError, match="changed after you opened it"):
        leader.do(commands.approve, [asked], seen={asked: seen})
    leader.do(commands.approve, [asked], seen={asked: opened(leader, asked).row.digest})
    assert name_of(clerk, team) == "Housing income"


def test_a_payload_changed_in_the_database_is_not_carried_out(leader, clerk, new, team):
    asked = ask(clerk, new())
    clerk.do(
        lambda ctx: setattr(ctx.session.get(ApprovalRequest, asked), "payload", f'{{"name": "Mine", "team": {team}}}')
    )
    with pytest.raises(UserError, match="is not what was asked for"):
        leader.do(commands.approve, [asked])


def test_one_that_is_overtaken_says_so_and_is_asked_again(leader, clerk, new, team):
    asked = ask(clerk, new())
    clerk.do(lambda ctx: setattr(ctx.session.get(Team, team), "name", "Revenues"))
    (said,) = opened(leader, asked).overtaken
    assert said == "Name was 'Income' when this was asked; it is 'Revenues' now."
    with pytest.raises(UserError, match="has changed since it was asked"):
        leader.do(commands.approve, [asked])
    clerk.do(commands.ask_again, asked, "Still wanted.")
    leader.do(commands.approve, [asked])
    assert [step.action for step in opened(clerk, asked).trail] == ["asked", "asked again", "approved"]


def test_one_that_has_waited_too_long_is_asked_again(leader, clerk, new):
    asked = ask(clerk, new())
    later = FixedClock(clerk.clock.today() + timedelta(days=31))
    row = opened(replace(leader, clock=later), asked).row
    assert row.expired
    with pytest.raises(UserError, match="was to be decided by 21 Dec 2026"):
        replace(leader, clock=later).do(commands.approve, [asked])
    replace(clerk, clock=later).do(commands.ask_again, asked, "Still wanted.")
    replace(leader, clock=later).do(commands.approve, [asked])


def test_what_cannot_be_carried_out_is_left_whole_and_the_rest_is_done(leader, clerk, new, team):
    bad, good = ask(clerk, new("Forbidden")), ask(clerk, new("Rents"))
    decided = leader.do(commands.approve, [bad, good])
    assert decided.done == (good,)
    assert [(each.request_id, each.message) for each in decided.refused] == [
        (bad, "No team may be called Forbidden. Choose another name.")
    ]
    assert name_of(clerk, team) == "Rents"
    assert opened(clerk, bad).row.state is ApprovalState.WAITING
    assert [step.action for step in opened(clerk, bad).trail] == ["asked"]


def test_whoever_asked_sees_refusals_and_returns(leader, clerk, new):
    refused, returned = ask(clerk, new("One")), ask(clerk, new("Two"))
    leader.do(commands.refuse, [refused], "Not in this office.")
    leader.do(commands.return_for_change, [returned], "Spell it out.")
    rows = clerk.ask(queries.queue, View.MINE).rows
    assert [(row.request_id, row.state.value, row.decision) for row in rows] == [
        (returned, "returned", "Spell it out."),
        (refused, "refused", "Not in this office."),
    ]
    assert clerk.ask(queries.returned_to_me) == 1
    with pytest.raises(UserError, match="refused already"):
        clerk.do(commands.ask_again, refused, "please")


def test_withdrawing_is_for_whoever_asked(leader, clerk, new):
    asked = ask(clerk, new())
    with pytest.raises(UserError, match="Somebody else asked"):
        leader.do(commands.withdraw, asked)
    clerk.do(commands.withdraw, asked, "A mistake.")
    with pytest.raises(UserError, match="withdrawn already"):
        leader.do(commands.approve, [asked])


def test_the_same_is_not_asked_twice_nor_without_a_reason_nor_with_a_card_number(clerk, leader, new):
    first = ask(clerk, new())
    with pytest.raises(UserError, match=f"request {first} waits"):
        ask(leader, new(reason="Another reason"))
    with pytest.raises(UserError, match="Say why"):
        ask(clerk, new("Other", reason=" "))
    with pytest.raises(UserError, match="card number"):
        ask(clerk, new("Other", reason="Paid with 4111 1111 1111 1111"))
    with pytest.raises(UserError, match="Say why"):
        leader.do(commands.refuse, [first], "")
    for decide in (commands.refuse, commands.approve):
        with pytest.raises(UserError, match=r"10,000,000 characters long; 1,000 is the most"):
            leader.do(decide, [first], "x" * 10_000_000)


def test_the_queue_counts_its_kinds_with_their_totals(leader, clerk, new):
    limit(clerk, "leader", 100_000, 100_000)
    ask(clerk, new("One", pence=1_250))
    ask(clerk, new("Two", pence=2_500))
    ask(clerk, new("Three"))
    found = leader.ask(queries.queue, View.FOR_ME)
    assert [(each.title, each.count, each.total and each.total.pence) for each in found.kinds] == [
        ("Name of a team", 1, None),
        ("Refund", 2, 3_750),
    ]
    assert found.views == {View.FOR_ME: 3, View.MINE: 0, View.WAITING: 3}
    assert leader.ask(queries.waiting_for_me) == found.kinds
    assert [row.kind for row in leader.ask(queries.queue, View.FOR_ME, "test_name").rows] == ["test_name"]


def test_the_queue_asks_no_more_questions_for_more_requests(leader, clerk, new, query_log):
    ask(clerk, new("One", chain="a"))
    query_log.clear()
    leader.ask(queries.queue)
    few = len(query_log)
    for at in range(8):
        ask(clerk, new(f"More {at}", chain=f"b{at}"))
    query_log.clear()
    leader.ask(queries.queue)
    assert len(query_log) == few


@pytest.mark.sqlite_file
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE approval_event SET reason = 'x'",
        "DELETE FROM approval_event",
        "INSERT OR REPLACE INTO approval_event SELECT * FROM approval_event",
    ],
)
def test_the_trail_is_append_only(leader, clerk, new, statement):
    ask(clerk, new())
    with pytest.raises(DBAPIError, match="append only"):
        clerk.do(lambda ctx: ctx.session.execute(text(statement)))


def test_documents_shown_as_evidence_stay_beside_the_request(leader, clerk, new):
    from app.services.documents import keeping as documents
    from app.services.documents.dto import NewLink

    def attach(ctx):
        sha256 = documents.put(ctx, b"the minutes", "text/plain")
        return documents.link(ctx, sha256, NewLink(Subject.TEAM, 1, "file", "Minutes", "minutes.txt"))

    asked = ask(clerk, replace(new(), evidence=(clerk.do(attach),)))
    assert [each.title for each in opened(leader, asked).evidence] == ["Minutes"]


def test_decided_requests_are_counted_by_kind_however_many_are_listed(clerk, leader, new, monkeypatch):
    monkeypatch.setattr(queries, "MOST_DECIDED", 2)
    names = [ask(clerk, new(f"Team {number}")) for number in range(2)]
    refunds = [ask(clerk, new(f"Refund {number}", pence=1_000 + number)) for number in range(3)]
    leader.do(commands.refuse, [*names, *refunds], "Not agreed.")
    found = leader.ask(queries.queue, View.DECIDED)
    assert (len(found.rows), found.more) == (2, True)
    assert [(each.title, each.count, each.total) for each in found.kinds] == [
        ("Name of a team", 2, None),
        ("Refund", 3, Money(3_003)),
    ]
    assert sorted(row.request_id for row in leader.ask(queries.queue, View.DECIDED, "test_name").rows) == names
