"""Who may act: the first officer holds every role until there is a second."""

import pytest

from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM, NewOfficer, add, list_officers
from app.services.core.permissions import Permission, Role
from app.services.core.session import Desk


def sit_down(desk, name):
    return Desk.sit_down(desk.database, name, desk.clock)


def new(username, *roles):
    return NewOfficer(username, username.title(), frozenset(roles))


def test_whoever_is_not_an_officer_is_refused(desk):
    with pytest.raises(UserError, match="'stranger' is not an officer"):
        sit_down(desk, "stranger")


def test_the_first_officer_holds_everything_but_no_system_role(desk):
    assert desk.officer.roles == {Role.RENTS_OFFICER, Role.TEAM_LEADER, Role.ADMINISTRATOR}
    assert set(Permission) == set(desk.officer.permissions)


def test_scheduled_jobs_act_as_system_which_charges_but_does_not_approve(desk):
    held = sit_down(desk, SYSTEM).officer.permissions
    assert Permission.CHARGE_WEEK in held
    assert Permission.AUTHORISE_PERIOD_CHANGE not in held
    assert Permission.APPROVE_OFFICER_CHANGES not in held


def test_a_second_administrator_takes_the_administration_from_the_first(desk):
    desk.do(add, new("second", Role.ADMINISTRATOR))
    first = sit_down(desk, desk.officer.username).officer
    assert first.roles == {Role.RENTS_OFFICER, Role.TEAM_LEADER}
    assert Permission.POST_JOURNAL in first.permissions


def test_a_first_officer_who_stays_administrator_posts_nothing_more(desk):
    desk.do(add, new("second", Role.RENTS_OFFICER))
    first = sit_down(desk, desk.officer.username).officer
    assert Permission.POST_JOURNAL not in first.permissions
    assert Permission.AUTHORISE_PERIOD_CHANGE in first.permissions


def test_a_name_is_taken_once_however_it_is_written_and_needs_a_role(desk):
    desk.do(add, new("second", Role.ADMINISTRATOR))
    administrator = sit_down(desk, "second")
    with pytest.raises(UserError, match="an officer already"):
        administrator.do(add, new("SECOND", Role.TEAM_LEADER))
    for roles in ((), (Role.SYSTEM,), ("king",)):
        with pytest.raises(UserError, match="needs a role"):
            administrator.do(add, new("third", *roles))
    assert [row.username for row in administrator.ask(list_officers)] == ["officer", "system", "second"]


def test_a_role_taken_away_counts_at_a_desk_that_is_open(desk, colleague):
    from app.services.core.officers import set_roles

    def post(ctx):
        return Permission.RESTRICT_RECORDS in ctx.officer.permissions

    assert colleague.do(post)
    desk.do(set_roles, colleague.officer.id, frozenset({Role.RECEPTION}))
    assert not colleague.do(post)


@pytest.mark.parametrize("field", ["username", "name"])
def test_a_card_number_is_nobodys_name(desk, field):
    given = {"username": "new", "name": "New Officer"} | {field: "4111 1111 1111 1111"}
    with pytest.raises(UserError, match="card number") as refused:
        desk.do(add, NewOfficer(roles=frozenset({Role.RECEPTION}), **given))
    assert refused.value.field == field
