"""Officers, roles and limits change only with a second person; a new office doesn't lock itself out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.diary import Task
from app.models.limits import OfficerLimit
from app.models.officers import Credential, RolePermission
from app.models.values import LimitKind, Money
from app.services.admin import limits, officers, roles
from app.services.admin.officers_dto import Leaver, RoleEdit
from app.services.approvals.commands import approve
from app.services.core.errors import UserError
from app.services.core.limits import Limit
from app.services.core.officers import NewOfficer, list_officers, people_count
from app.services.core.permissions import (
    POSTING,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    permissions_of,
    permissions_of_role,
)
from app.services.core.session import Desk
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task
from tests.prepared import prepared

HUNDRED, THOUSAND = Money(10_000), Money(100_000)


def sit_down(desk, name):
    return Desk.sit_down(desk.database, name, desk.clock)


def new(username, *held):
    return NewOfficer(username, username.title(), frozenset(role.value for role in held))


def roles_of(desk, username):
    return next(set(row.roles) for row in desk.ask(list_officers) if row.username == username)


@prepared
def manager(colleague):
    """The administrator of the office of three; `colleague` is its team leader."""
    return sit_down(colleague, "manager")


# A new office


def test_the_first_officer_adds_the_second_at_once_and_the_third_with_approval(desk):
    assert desk.ask(officers.page).alone
    assert desk.do(officers.add, new("second", Role.TEAM_LEADER)).request_id is None
    asked = desk.do(officers.add, new("third", Role.RECEPTION), "A new post")
    assert asked.request_id is not None
    assert [row.username for row in desk.ask(list_officers)] == ["officer", "system", "second"]
    sit_down(desk, "second").do(approve, [asked.request_id])
    assert roles_of(desk, "third") == {"reception"}


def test_an_office_whose_second_officer_may_not_approve_is_not_locked_out(desk):
    desk.do(officers.add, new("second", Role.RENTS_OFFICER))
    page = desk.ask(officers.page)
    assert (page.alone, page.direct) == (False, True)
    second = next(row.officer_id for row in page.officers if row.username == "second")
    assert desk.do(officers.change_roles, second, frozenset({"team_leader"}), "").request_id is None
    assert roles_of(desk, "second") == {"team_leader"}
    asked = desk.do(officers.add, new("third", Role.RECEPTION), "A new post")
    assert asked.request_id is not None, "from now on there is a second person"


def test_nobody_changes_their_own_roles_alone(desk):
    desk.do(officers.add, new("second", Role.RENTS_OFFICER))
    with pytest.raises(UserError):
        desk.do(officers.change_roles, desk.officer.id, frozenset({"rents_officer"}), "")
    asked = desk.do(officers.change_roles, desk.officer.id, frozenset({"rents_officer", "administrator"}), "Tidying")
    assert asked.request_id is not None
    with pytest.raises(UserError):
        desk.do(approve, [asked.request_id])


def test_alone_nothing_that_needs_a_second_person_is_asked_for(desk):
    with pytest.raises(UserError, match="two officers") as refused:
        desk.do(limits.change, desk.officer.id, (Limit(LimitKind.REFUND, HUNDRED, THOUSAND),), "Why not")
    assert "Add a second officer" in refused.value.hint


# Roles


def test_roles_change_only_when_somebody_else_approves(manager, colleague, desk):
    asked = manager.do(officers.change_roles, desk.officer.id, frozenset({"senior_officer"}), "Promoted")
    assert roles_of(manager, "officer") == {"rents_officer", "team_leader"}
    with pytest.raises(UserError):
        manager.do(approve, [asked.request_id])
    colleague.do(approve, [asked.request_id])
    assert roles_of(manager, "officer") == {"senior_officer"}


def test_the_last_administrator_stays_one(manager, colleague):
    asked = manager.do(officers.change_roles, manager.officer.id, frozenset({"reception"}), "I want to")
    with pytest.raises(UserError, match="only one left"):
        colleague.do(approve, [asked.request_id])
    assert roles_of(manager, "manager") == {"administrator"}


def test_a_role_keeps_only_what_was_edited_of_it(manager, colleague):
    held = permissions_of_role("reception") | {Permission.PLACE_HOLDS}
    held -= {Permission.SEND_LETTERS}
    asked = manager.do(roles.edit, RoleEdit("reception", "Front desk", held, "They place holds now"))
    colleague.do(approve, [asked.request_id])
    kept = manager.ask(lambda ctx: ctx.session.scalars(select(RolePermission)).all())
    assert {(row.permission, row.held) for row in kept} == {("place_holds", True), ("send_letters", False)}
    line = next(row for row in manager.ask(roles.page) if row.key == "reception")
    assert (line.name, line.own) == ("Front desk", False)
    back = manager.do(roles.edit, RoleEdit("reception", "Front desk", ROLE_PERMISSIONS[Role.RECEPTION], "As it was"))
    colleague.do(approve, [back.request_id])
    assert manager.ask(lambda ctx: ctx.session.scalars(select(RolePermission)).all()) == []


def test_a_role_of_the_offices_own_can_be_given(manager, colleague, desk):
    wanted = RoleEdit("", "Post room", frozenset({Permission.ATTACH_DOCUMENTS, Permission.WRITE_NOTES}), "The post")
    asked = manager.do(roles.edit, wanted)
    colleague.do(approve, [asked.request_id])
    given = manager.do(officers.change_roles, desk.officer.id, frozenset({"post_room"}), "Moves to the post")
    colleague.do(approve, [given.request_id])
    assert sit_down(desk, "officer").officer.permissions == wanted.permissions


def test_a_role_may_not_take_the_last_administration_or_approval_away(manager):
    nothing = frozenset({Permission.WRITE_NOTES})
    with pytest.raises(UserError, match="Nobody would be left"):
        manager.do(roles.edit, RoleEdit("administrator", "Administrator", nothing, "Oops"))


@pytest.mark.parametrize("name", ["", "  ", "Finance", "finance"])
def test_a_new_role_has_a_name_of_its_own(manager, name):
    with pytest.raises(UserError) as refused:
        manager.do(roles.edit, RoleEdit("", name, frozenset({Permission.WRITE_NOTES}), "x"))
    assert refused.value.field == "name"


@given(
    st.frozensets(st.sampled_from([role.value for role in Role if role is not Role.SYSTEM]), min_size=1),
    st.dictionaries(
        st.tuples(st.sampled_from([role.value for role in Role]), st.sampled_from([each.value for each in Permission])),
        st.booleans(),
    ),
)
def test_however_roles_are_edited_whoever_changes_officers_posts_nothing_beside_others(held, edits):
    permissions = permissions_of(held, alone=False, edits=edits)
    if Permission.MANAGE_OFFICERS in permissions or Role.ADMINISTRATOR in held:
        assert not permissions & POSTING
    every = permissions_of(held, alone=True, edits=edits)
    assert permissions <= every
    for role, permission in edits:
        if role in held and edits[role, permission]:
            assert Permission(permission) in every


# Limits


def test_limits_change_only_when_somebody_else_approves(manager, colleague, desk):
    asked = manager.do(
        limits.change, desk.officer.id, (Limit(LimitKind.REFUND, HUNDRED, THOUSAND),), "Covers for the leader"
    )
    line = next(row for row in manager.ask(limits.page) if row.officer_id == desk.officer.id)
    assert (line.limits, line.waiting) == ((), 1)
    with pytest.raises(UserError):
        manager.do(approve, [asked.request_id])
    colleague.do(approve, [asked.request_id])
    line = next(row for row in manager.ask(limits.page) if row.officer_id == desk.officer.id)
    assert line.limits == ((LimitKind.REFUND, HUNDRED, THOUSAND),)


@pytest.mark.parametrize(
    ("line", "batch", "field"), [(THOUSAND, HUNDRED, "refund_batch"), (Money(-1), HUNDRED, "refund_line")]
)
def test_a_limit_is_an_amount_and_a_batch_holds_a_line(manager, desk, line, batch, field):
    with pytest.raises(UserError) as refused:
        manager.do(limits.change, desk.officer.id, (Limit(LimitKind.REFUND, line, batch),), "x")
    assert refused.value.field == field


# Leavers, passwords


def test_a_leaver_cant_sign_in_and_their_tasks_are_handed_over(manager, colleague, desk):
    def give(ctx):
        add_task(ctx, NewTask("Ring back", date(2026, 11, 30), officer_id=desk.officer.id))

    manager.do(give)
    manager.do(officers.leave, Leaver(desk.officer.id, date(2026, 11, 20), colleague.officer.id))
    with pytest.raises(UserError, match="has left"):
        sit_down(desk, "officer")
    with pytest.raises(UserError, match="has left"):
        desk.do(lambda ctx: None)
    task = manager.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert task.officer_id == colleague.officer.id
    assert manager.ask(lambda ctx: people_count(ctx.session)) == 2
    back = manager.do(officers.bring_back, desk.officer.id, "It was a slip")
    colleague.do(approve, [back.request_id])
    assert sit_down(desk, "officer").officer.roles == {"rents_officer", "team_leader"}


def test_who_may_not_be_made_a_leaver(manager, desk):
    today = date(2026, 11, 21)
    with pytest.raises(UserError, match="yourself"):
        manager.do(officers.leave, Leaver(manager.officer.id, today))
    with pytest.raises(UserError, match="still to come"):
        manager.do(officers.leave, Leaver(desk.officer.id, today + timedelta(days=1)))


def test_a_reset_password_is_told_once_and_must_be_changed(manager, desk):
    told = manager.do(officers.reset_password, desk.officer.id)
    row = manager.ask(lambda ctx: ctx.session.get(Credential, desk.officer.id))
    assert row.must_change
    assert told not in row.password_hash
    with pytest.raises(UserError, match="your own password"):
        manager.do(officers.reset_password, manager.officer.id)


def test_a_locked_name_is_unlocked_by_an_administrator(manager, desk):
    manager.do(officers.reset_password, desk.officer.id)

    def lock(ctx):
        row = ctx.session.get(Credential, desk.officer.id)
        row.failed_tries, row.locked_until = 10, ctx.clock.now() + timedelta(minutes=15)

    manager.do(lock)
    line = next(row for row in manager.ask(officers.page).officers if row.username == "officer")
    assert line.locked_until is not None
    manager.do(officers.unlock, desk.officer.id)
    with pytest.raises(UserError, match="isn't locked"):
        manager.do(officers.unlock, desk.officer.id)


def test_every_change_of_trust_is_in_the_audit(manager, colleague, desk):
    asked = manager.do(officers.change_roles, desk.officer.id, frozenset({"senior_officer"}), "Promoted")
    limit = manager.do(limits.change, desk.officer.id, (Limit(LimitKind.ORDER, HUNDRED, HUNDRED),), "Orders")
    role = manager.do(roles.edit, RoleEdit("", "Post room", frozenset({Permission.WRITE_NOTES}), "The post"))
    colleague.do(approve, [asked.request_id, limit.request_id, role.request_id])
    entries = manager.ask(lambda ctx: ctx.session.scalars(select(AuditEntry)).all())
    by_colleague = {(row.table_name, row.action) for row in entries if row.officer_id == colleague.officer.id}
    assert {
        ("officer_role", "insert"),
        ("officer_role", "delete"),
        ("officer_limit", "insert"),
        ("role_permission", "insert"),
        ("role", "insert"),
    } <= by_colleague
    assert (
        manager.ask(lambda ctx: ctx.session.get(OfficerLimit, (desk.officer.id, LimitKind.ORDER))).line_pence == 10_000
    )
