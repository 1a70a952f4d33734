"""The home page's card of runs: £180.00 of three collections that move on Wednesday 25 November 2026."""

from datetime import date

from app.services.core.permissions import Role
from app.services.direct_debits.runs import commands, keeping
from app.services.home import debits
from app.services.home.cards import cards
from tests.services.direct_debits.runs.conftest import approve, ask, council, on, three

__all__ = ["council", "three"]


def said(desk):
    return [(each.title, each.words, each.tone.value) for each in desk.ask(debits.runs)]


def test_each_step_of_a_run_has_its_line_until_it_is_done(desk, colleague, three):
    assert any(each.key == "debit_runs" for each in cards())
    assert said(desk) == []
    asked = ask(desk)
    assert said(desk) == [("To approve", "Run 1, by 23 Nov 2026", "warning")]
    approve(colleague, asked)
    assert said(desk)[0][0] == "To send"
    desk.do(commands.mark_sent, asked.run_id, "S0001")
    moves = ("Money moves on 25 Nov 2026", "3, £180.00", "")
    assert said(desk) == [moves]
    wednesday = on(desk, date(2026, 11, 25))
    assert [each[0] for each in said(wednesday)] == ["To match"]
    desk.do(keeping.matched, asked.run_id, "Input report")
    assert said(wednesday) == [("To post", "Run 1, by 25 Nov 2026", "warning")]
    thursday = on(desk, date(2026, 11, 26))
    assert said(thursday) == [("To post", "Run 1, was due 25 Nov 2026", "bad")]
    wednesday.do(commands.post, date(2026, 11, 25))
    assert said(wednesday) == []


def test_whoever_has_no_part_in_runs_has_no_card(desk, three, colleague):
    from app.services.core.officers import NewOfficer, add
    from app.services.core.session import Desk

    ask(desk)
    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    manager.do(add, NewOfficer("counter", "Test Counter", frozenset({Role.RECEPTION})))
    assert said(Desk.sit_down(desk.database, "counter", desk.clock)) == []
