"""Cases: what they put on hold, what the search finds, and how they change and end."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.values import CaseEnd, HoldKind, Stop
from app.services.core.errors import UserError
from app.services.diary import queries as diary
from app.services.diary.dto import Shown, TaskFilter, Whose
from app.services.holds import commands as holds
from app.services.holds import jobs, queries
from app.services.holds.cases import commands
from app.services.holds.cases import queries as cases
from app.services.holds.cases.dto import ChangeCase, EndCase, SearchDebts
from app.services.holds.dto import HoldFilter, HoldsShown, PlaceHold
from app.services.holds.rules import USUAL
from tests.services.holds.cases.conftest import APPLIED, START, at

LAST = date(2027, 1, 9)


def open_case(desk, new):
    return desk.do(commands.open_case, new).case_id


def changed(detail, **changes):
    values = {
        "case_id": detail.case_id,
        "version": detail.version,
        "reference": detail.reference,
        "adviser": detail.adviser,
        "note": detail.note,
        "end_on": detail.end_on,
        "treatment_ended_on": detail.treatment_ended_on,
        "reviewed_on": detail.reviewed_on,
    }
    return ChangeCase(**values | changes)


def titles(desk):
    rows = desk.ask(diary.tasks, TaskFilter(Whose.ALL, Shown.OPEN))
    return [(row.title, row.due_on) for row in rows]


def stopped(desk, stop):
    return {account_id: each.until for account_id, each in desk.ask(queries.stops, None, stop).items()}


def words(effects):
    return [effect.text for effect in effects]


def test_a_breathing_space_stops_what_it_stops_and_no_more(desk, couple, breathing):
    case_id = open_case(desk, breathing())
    for stop in USUAL[HoldKind.BREATHING_SPACE]:
        assert stopped(desk, stop) == {couple.home: LAST}
    assert stopped(desk, Stop.STATEMENTS) == stopped(desk, Stop.WRITE_OFF) == {}
    detail = desk.ask(cases.detail, case_id)
    (debt,) = detail.debts
    assert (debt.at_start.pence, debt.now.pence, debt.named) == (400_00, 500_00, True)
    assert (detail.end_on, detail.review_on, detail.creditor_until) == (LAST, date(2026, 12, 15), date(2026, 11, 30))
    assert detail.unprotected == ("Mx Sam Example",)
    assert desk.ask(cases.protected) == {couple.home: 400_00}


def test_the_search_finds_former_garage_and_recharge_accounts(desk, couple):
    found = desk.ask(cases.search, SearchDebts((couple.one,), APPLIED))
    assert [(row.account_id, row.owed.pence) for row in found] == [
        (couple.home, 400_00),
        (couple.old, 250_00),
        (couple.garage, 30_00),
        (couple.fix, 0),
    ]
    assert found[0].others == ("Mx Sam Example",)
    assert found[1].ended_on == date(2025, 4, 6)
    theirs = desk.ask(cases.search, SearchDebts((couple.two,), APPLIED))
    assert {row.account_id for row in theirs} == {couple.home, couple.fix}


def test_debts_that_the_search_found_are_told_to_the_adviser(desk, couple, breathing):
    case_id = open_case(desk, breathing(found=(couple.old,), searched=True))
    assert stopped(desk, Stop.RECOVERY) == {couple.home: LAST, couple.old: LAST}
    assert titles(desk) == [
        ("Tell the adviser of the other debts found: case BS-0001", date(2026, 11, 23)),
        ("Ask for the outcome of the midway review: case BS-0001", date(2026, 12, 15)),
    ]
    detail = desk.ask(cases.detail, case_id)
    assert (detail.searched_by, [debt.named for debt in detail.debts]) == ("Test Officer", [True, False])
    desk.do(commands.change_case, changed(detail, told_adviser_on=date(2026, 11, 21)))
    assert [title for title, _ in titles(desk)] == ["Ask for the outcome of the midway review: case BS-0001"]


def test_a_search_that_was_not_made_is_a_task(desk, couple, breathing):
    case_id = open_case(desk, breathing())
    search = "Look through all accounts for other debts: case BS-0001"
    assert search in dict(titles(desk))
    detail = desk.ask(cases.detail, case_id)
    desk.do(commands.change_case, changed(detail, searched=True, found=(couple.garage,)))
    assert search not in dict(titles(desk))
    assert stopped(desk, Stop.LETTERS) == {couple.home: LAST, couple.garage: LAST}


def test_what_opening_will_do_is_told_first(desk, couple, breathing):
    told = desk.ask(cases.preview_open, breathing())
    assert "Letters, recovery, collection of arrears and refunds" in words(told)
    assert "The current rent is charged and collected as always" in words(told)
    warned = [effect.text for effect in told if effect.warns]
    assert [text.partition(" owed ")[2] for text in warned[:2]] == [
        "£250.00 too and isn't in the case",
        "£30.00 too and isn't in the case",
    ]
    assert warned[2].startswith("Mx Sam Example owes it too and isn't protected")
    assert desk.ask(cases.form, couple.home).case is None


def test_a_second_within_twelve_months_is_pointed_out(desk, couple, breathing):
    before = breathing(
        reference="BS-0000",
        applied_on=date(2026, 2, 1),
        notified_on=date(2026, 2, 1),
        start_on=date(2026, 2, 2),
    )
    open_case(desk, before)
    told = desk.ask(cases.preview_open, breathing())
    (warned,) = [effect.text for effect in told if effect.warns and "BS-0000" in effect.text]
    assert "ended on 2 Apr 2026: one in 12 months is allowed" in warned
    open_case(desk, breathing())


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({"reference": " "}, "reference"),
        ({"person_ids": ()}, "people"),
        ({"named": ()}, "debts"),
        ({"applied_on": date(2026, 11, 22)}, "applied_on"),
        ({"notified_on": date(2026, 11, 22)}, "notified_on"),
        ({"notified_on": date(2026, 11, 9)}, "notified_on"),
        ({"start_on": date(2026, 11, 9)}, "start_on"),
        ({"end_on": date(2026, 11, 10)}, "end_on"),
        ({"end_on": date(2027, 1, 10)}, "end_on"),
        ({"kind": HoldKind.DISPUTE}, "kind"),
        ({"kind": HoldKind.IVA, "crisis": True}, "crisis"),
        ({"kind": HoldKind.IVA, "end_on": date(2037, 1, 1)}, "to_on"),
        ({"note": "4111 1111 1111 1111"}, "note"),
        ({"adviser": "x" * 201}, "adviser"),
    ],
)
def test_a_case_that_makes_no_sense_is_refused(desk, breathing, new, field):
    with pytest.raises(UserError) as refused:
        open_case(desk, breathing(**new))
    assert refused.value.field == field
    assert desk.ask(queries.register, HoldFilter(HoldsShown.ALL)) == ()


def test_somebody_else_s_account_is_refused(desk, couple, breathing):
    with pytest.raises(UserError, match="belongs to nobody"):
        open_case(desk, breathing(person_ids=(couple.two,), named=(couple.old,)))


def test_the_same_case_or_person_twice_is_refused(desk, couple, breathing):
    open_case(desk, breathing())
    with pytest.raises(UserError, match="bs-0001 is entered already; it started on 11 Nov 2026"):
        open_case(desk, breathing(reference=" bs-0001"))
    with pytest.raises(UserError, match="Case BS-0001 protects one of them already until 9 Jan 2027"):
        open_case(desk, breathing(reference="BS-0002"))
    open_case(desk, breathing(reference="BS-0003", person_ids=(couple.two,)))


def test_crisis_has_no_end_until_treatment_ends(desk, couple, breathing):
    case_id = open_case(desk, breathing(crisis=True))
    assert stopped(desk, Stop.LETTERS) == {couple.home: None}
    detail = desk.ask(cases.detail, case_id)
    told = desk.ask(cases.preview_change, changed(detail, treatment_ended_on=date(2026, 11, 20)))
    assert (told[0].before, told[0].after) == ("no end yet", "20 Dec 2026")
    desk.do(commands.change_case, changed(detail, treatment_ended_on=date(2026, 11, 20)))
    assert stopped(desk, Stop.LETTERS) == {couple.home: date(2026, 12, 20)}


def test_a_review_that_was_seen_to_is_no_task_any_more(desk, breathing):
    case_id = open_case(desk, breathing(searched=True))
    later = at(desk, date(2026, 12, 8))
    later.do(commands.change_case, changed(later.ask(cases.detail, case_id), reviewed_on=date(2026, 12, 8)))
    assert titles(later) == []
    assert later.ask(cases.detail, case_id).review_on is None


def test_two_officers_change_one_case(desk, breathing):
    case_id = open_case(desk, breathing())
    detail = desk.ask(cases.detail, case_id)
    desk.do(commands.change_case, changed(detail, adviser="StepChange, 0800 000000"))
    with pytest.raises(UserError, match="colleague changed"):
        desk.do(commands.end_case, EndCase(case_id, detail.version, START, CaseEnd.CANCELLED))


def test_a_cancelled_case_lets_everything_go_on(desk, couple, breathing):
    case_id = open_case(desk, breathing())
    detail = desk.ask(cases.detail, case_id)
    told = desk.ask(cases.preview_end, EndCase(case_id, detail.version, date(2026, 11, 20), CaseEnd.CANCELLED))
    assert (told[0].before, told[0].after) == ("9 Jan 2027", "20 Nov 2026")
    saved = desk.do(commands.end_case, EndCase(case_id, detail.version, date(2026, 11, 20), CaseEnd.CANCELLED))
    assert saved.told == "Breathing space BS-0001 has ended; what it stopped starts again on 21 Nov 2026."
    assert stopped(desk, Stop.LETTERS) == {}
    assert titles(desk) == []
    (row,) = desk.ask(queries.listed, couple.home)
    assert (row.to_on, row.released) == (date(2026, 11, 20), "Cancelled by the adviser or the court.")
    assert jobs.note_ended(desk).ended == ()
    with pytest.raises(UserError, match="ended on 20 Nov 2026"):
        desk.do(commands.end_case, EndCase(case_id, detail.version, START, CaseEnd.CANCELLED))


def test_an_end_before_the_start_or_to_come_is_refused(desk, breathing):
    case_id = open_case(desk, breathing())
    version = desk.ask(cases.detail, case_id).version
    with pytest.raises(UserError, match="before it started"):
        desk.do(commands.end_case, EndCase(case_id, version, date(2026, 11, 9), CaseEnd.CANCELLED))
    with pytest.raises(UserError, match="still to come"):
        desk.do(commands.end_case, EndCase(case_id, version, date(2026, 11, 22), CaseEnd.CANCELLED))
    with pytest.raises(UserError, match="what the mistake was"):
        desk.do(commands.end_case, EndCase(case_id, version, START, CaseEnd.MISTAKE))


def test_a_mistake_takes_its_holds_away(desk, couple, breathing):
    case_id = open_case(desk, breathing())
    version = desk.ask(cases.detail, case_id).version
    desk.do(commands.end_case, EndCase(case_id, version, APPLIED, CaseEnd.MISTAKE, "Another Robin Example"))
    assert desk.ask(queries.listed, couple.home) == ()
    assert "BS-0001" not in " ".join(words(desk.ask(cases.preview_open, breathing())))


def test_it_ends_by_itself_and_one_task_says_so(desk, couple, breathing):
    case_id = open_case(desk, breathing(searched=True))
    desk.do(
        holds.place, PlaceHold(couple.home, HoldKind.DISPUTE, "Disputes the heating charge", to_on=date(2026, 12, 31))
    )
    on_the_last = at(desk, LAST)
    assert stopped(on_the_last, Stop.RECOVERY) == {couple.home: LAST}
    after = at(desk, date(2027, 1, 10))
    assert stopped(after, Stop.RECOVERY) == {}
    assert [each.hold_id for each in jobs.note_ended(on_the_last).ended] == [2]
    (ended,) = jobs.note_ended(after).ended
    assert (ended.case, ended.ended_on) == ("BS-0001", LAST)
    assert jobs.note_ended(after).ended == ()
    looked = [title for title, _ in titles(after) if title.startswith("Look at account")]
    assert len(looked) == 2
    detail = after.ask(cases.detail, case_id)
    assert (detail.ended_on, detail.end_reason) == (date(2027, 1, 10), CaseEnd.RAN_OUT)


def test_the_longest_of_several_holds_is_told(desk, couple, breathing):
    open_case(desk, breathing())
    desk.do(holds.place, PlaceHold(couple.home, HoldKind.DISPUTE, "Disputes the heating charge"))
    found = desk.ask(queries.stops, {couple.home}, Stop.RECOVERY)
    assert (found[couple.home].kind, found[couple.home].until) == (HoldKind.DISPUTE, None)
    assert desk.ask(queries.stops, {couple.garage}, Stop.RECOVERY) == {}


def test_the_register_finds_cases_by_name_and_reference(desk, couple, breathing):
    open_case(desk, breathing())
    desk.do(holds.place, PlaceHold(couple.old, HoldKind.DISPUTE, "Says it was paid", to_on=date(2026, 11, 30)))
    listed = lambda *wanted: [row.kind for row in desk.ask(queries.register, HoldFilter(*wanted))]  # noqa: E731
    assert listed() == [HoldKind.DISPUTE, HoldKind.BREATHING_SPACE]
    assert listed(HoldsShown.ENDING) == [HoldKind.DISPUTE]
    assert listed(HoldsShown.CASES, "bs-0001 robin") == [HoldKind.BREATHING_SPACE]
    assert listed(HoldsShown.ALL, "nobody") == []
    assert desk.ask(queries.counts) == {HoldsShown.LIVE: 2, HoldsShown.ENDING: 1, HoldsShown.REVIEW: 0}
    assert at(desk, date(2026, 12, 15)).ask(queries.counts)[HoldsShown.REVIEW] == 1


def test_stops_are_asked_in_one_statement(desk, couple, breathing, query_log):
    open_case(desk, replace(breathing(), found=(couple.old, couple.garage)))
    query_log.clear()
    desk.ask(queries.stops, None, Stop.LETTERS)
    assert len([text for text in query_log if "hold" in text]) == 1
