"""Policy values changed by two officers from a day on, and verified; the past stays as it was."""

from datetime import date

import pytest

from app.models.charges import ChargeRun
from app.models.policy import PolicyValue
from app.models.values import Subject
from app.services.admin.audit.queries import history
from app.services.admin.policy.commands import ask_change, verify
from app.services.admin.policy.dto import Action, NewValue, Standing, number_of
from app.services.admin.policy.queries import list_values
from app.services.approvals.commands import approve
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from tests.prepared import prepared

DAYS = "tenancies.closing_statement_days"
NEXT_YEAR = date(2027, 4, 5)


@prepared
def manager(colleague):
    """The administrator of an office of three; `colleague`, a team leader, approves."""
    return Desk.sit_down(colleague.database, "manager", colleague.clock)


def new(value="10", starts_on=NEXT_YEAR, **but):
    given = {"action": Action.ADD, "key": DAYS, "scope": "", "source": "Cabinet, 3 Nov 2026", "reason": "new standard"}
    return NewValue(value=value, effective_from=starts_on, **given | but)


def listed(desk, key=DAYS, scope=""):
    return [row for row in desk.ask(list_values).rows if (row.key.key, row.scope) == (key, scope)]


def on(desk, day, key=DAYS, scope=""):
    return desk.ask(lambda ctx: ctx.policy.value(key, day, scope))


def approved(asker, approver, change):
    asked = asker.do(ask_change, change)
    done = approver.do(approve, [asked.request_id])
    assert done.done == (asked.request_id,), done.refused
    return asked.request_id


def test_every_value_as_shipped_with_its_mark(manager):
    (row,) = listed(manager)
    assert (row.words, row.standing, row.to_verify, row.own) == ("15 working days", Standing.NOW, True, False)
    old, now = listed(manager, "vat.standard_rate")
    assert (old.words, old.ends_on, old.standing) == ("17.5 %", date(2011, 1, 3), Standing.PAST)
    assert (now.words, now.ends_on, now.to_verify) == ("20 %", None, False)


def test_a_value_of_a_policy_that_an_earlier_version_had_is_passed_over(manager):
    old = PolicyValue(
        key="gone.days", scope="", effective_from=NEXT_YEAR, value="10", unit="days", source="Cabinet", verified_by=""
    )
    manager.do(lambda ctx: ctx.session.add(old))
    assert listed(manager, "gone.days") == []


def test_a_new_value_counts_from_its_day_once_a_second_officer_has_approved_it(manager, colleague):
    asked = manager.do(ask_change, new())
    assert [row.waits for row in listed(manager)] == [asked.request_id]
    assert on(manager, NEXT_YEAR) == "15"
    colleague.do(approve, [asked.request_id])
    now, coming = listed(manager)
    assert (now.value, now.ends_on, now.waits) == ("15", date(2027, 4, 4), None)
    assert (coming.value, coming.own, coming.changeable, coming.verified_by) == ("10", True, True, "Test Colleague")
    assert (on(manager, date(2027, 4, 4)), on(manager, NEXT_YEAR)) == ("15", "10")


def test_nobody_changes_a_value_alone(desk, manager):
    asked = manager.do(ask_change, new())
    with pytest.raises(UserError, match="another officer has to"):
        manager.do(approve, [asked.request_id])
    with pytest.raises(UserError, match="may not change policy values"):
        desk.do(ask_change, new())


def test_one_officer_is_told_how_to_add_a_second(desk):
    with pytest.raises(UserError, match="two officers"):
        desk.do(ask_change, new())


def test_what_is_to_come_is_corrected_and_withdrawn(manager, colleague):
    approved(manager, colleague, new())
    row_id = listed(manager)[1].row_id
    approved(manager, colleague, new("12", date(2027, 5, 3), action=Action.CORRECT, row_id=row_id))
    assert (on(manager, NEXT_YEAR), on(manager, date(2027, 5, 3))) == ("15", "12")
    approved(manager, colleague, new(action=Action.WITHDRAW, row_id=row_id))
    assert [row.value for row in listed(manager)] == ["15"]


def test_what_is_in_force_stays(manager, colleague):
    approved(manager, colleague, new(starts_on=date(2026, 11, 21)))
    (_, now) = listed(manager)
    assert (now.standing, now.changeable) == (Standing.NOW, False)
    with pytest.raises(UserError, match="in force since 21 Nov 2026"):
        manager.do(ask_change, new(action=Action.WITHDRAW, row_id=now.row_id))


def test_a_day_that_has_been_charged_is_past(manager):
    manager.do(lambda ctx: ctx.session.add(ChargeRun(week_on=date(2026, 11, 23), lines=1, total_pence=1, exceptions=0)))
    manager.do(_open_period)
    with pytest.raises(UserError, match="can't begin on 23 Nov 2026") as refused:
        manager.do(ask_change, new(starts_on=date(2026, 11, 23)))
    assert refused.value.field == "effective_from"
    assert manager.ask(list_values).earliest == date(2026, 11, 24)
    manager.do(ask_change, new(starts_on=date(2026, 11, 24)))


def test_a_request_whose_day_has_come_is_not_approved(manager, colleague):
    manager.do(_open_period)
    asked = manager.do(ask_change, new(starts_on=date(2026, 11, 25)))
    later = Desk.sit_down(manager.database, "colleague", FixedClock(date(2026, 11, 27)))
    with pytest.raises(UserError, match="25 Nov 2026"):
        later.do(approve, [asked.request_id])
    assert on(manager, date(2026, 12, 1)) == "15"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (new("soon"), "value"),
        (new("61"), "value"),
        (new(source=" "), "source"),
        (new(scope="bedrooms:2"), "scope"),
        (new("300.00", key="charges.weekly_rent_min"), "value"),
        (new(reason=""), "reason"),
        (new(source="card 4111 1111 1111 1111"), "source"),
    ],
)
def test_what_can_not_be_is_refused_before_anybody_is_asked(manager, change, field):
    with pytest.raises(UserError) as refused:
        manager.do(ask_change, change)
    assert refused.value.field == field
    assert listed(manager)[0].waits is None


def test_a_day_takes_one_value(manager, colleague):
    approved(manager, colleague, new())
    with pytest.raises(UserError, match="already"):
        manager.do(ask_change, new("11"))


def test_a_shipped_value_is_verified_without_changing_it(manager):
    manager.do(verify, DAYS, "", date(2000, 4, 3), "Service standards 2026, page 4")
    (row,) = listed(manager)
    assert (row.value, row.own, row.to_verify) == ("15", False, False)
    assert (row.verified_by, row.verified_on, row.source) == (
        "Test Manager",
        date(2026, 11, 21),
        "Service standards 2026, page 4",
    )
    assert [row.record for row in manager.ask(history, Subject.POLICY, number_of(DAYS, ""))] == [
        "Closing statement after a tenancy"
    ]
    with pytest.raises(UserError, match="no longer there"):
        manager.do(verify, DAYS, "", date(1999, 1, 1), "page 4")


def test_an_auditor_reads_and_a_rents_officer_does_not(desk, colleague):
    assert colleague.ask(list_values).rows
    officer = Desk.sit_down(desk.database, "officer", desk.clock)
    assert not {"edit_policy"} & officer.officer.permissions


def _open_period(ctx):
    from app.models.periods import Period

    ctx.session.add(Period(name="2026-27 P08", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30)))


def test_a_figure_that_somebody_else_publishes_is_entered_for_the_half_year_that_began(manager, colleague):
    """The base rate of 30 June is known once July has come, so that of a day that has gone may be entered; nothing else may."""
    rate = "purchasing.base_rate"
    manager.do(_open_period)
    with pytest.raises(UserError, match="begins on 1 Sep 2026") as told:
        manager.do(ask_change, new("4", date(2026, 9, 1), key=rate))
    assert told.value.hint == "It begins on 1 Jan or 1 Jul."
    assert on(manager, date(2026, 8, 1), rate) == "3.75"
    approved(manager, colleague, new("4", date(2026, 7, 1), key=rate))
    assert (on(manager, date(2026, 6, 30), rate), on(manager, date(2026, 8, 1), rate)) == ("3.75", "4")
    with pytest.raises(UserError, match="There is a value from 1 Jul 2026 already"):
        manager.do(ask_change, new("4.25", date(2026, 7, 1), key=rate))
