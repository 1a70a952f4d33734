"""Every command names its permission, and each role can do what it holds and nothing else."""

import importlib
import inspect
import pkgutil

import pytest

import app.services
from app.services.core.clock import FixedClock
from app.services.core.context import Context, CurrentOfficer
from app.services.core.errors import UserError
from app.services.core.permissions import (
    COMMANDS,
    POSTING,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    permissions_of,
    permissions_of_role,
    require,
)

for module in pkgutil.walk_packages(app.services.__path__, "app.services."):
    importlib.import_module(module.name)


def context(*roles, alone=False):
    held = frozenset(roles)
    officer = CurrentOfficer(1, "who", "Who", held, permissions_of(held, alone=alone))
    return Context(None, officer, FixedClock(None), None)


def command(name):
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module), function)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_is_refused_before_anything_happens(role):
    for name, needed in sorted(COMMANDS.items()):
        if needed in ROLE_PERMISSIONS[role]:
            assert needed in context(role, alone=True).officer.permissions
            continue
        arguments = [None] * sum(
            parameter.default is parameter.empty
            and parameter.kind in {parameter.POSITIONAL_OR_KEYWORD, parameter.POSITIONAL_ONLY}
            for parameter in list(inspect.signature(command(name)).parameters.values())[1:]
        )
        with pytest.raises(UserError, match="may not"):
            command(name)(context(role), *arguments)


def test_every_public_command_of_an_area_names_its_permission():
    for module in pkgutil.walk_packages(app.services.__path__, "app.services."):
        if not module.name.endswith(".commands"):
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == module.name and not name.startswith("_")
            if own:
                assert f"{module.name}.{name}" in COMMANDS, f"{module.name}.{name} names no permission"


def test_with_a_second_officer_an_administrator_posts_nothing():
    every = frozenset({Role.RENTS_OFFICER, Role.TEAM_LEADER, Role.ADMINISTRATOR})
    assert Permission.POST_JOURNAL in permissions_of(every, alone=True)
    assert permissions_of(every, alone=False) == permissions_of(every, alone=True) - POSTING


def test_scheduled_jobs_never_authorise():
    assert Permission.AUTHORISE_PERIOD_CHANGE not in ROLE_PERMISSIONS[Role.SYSTEM]


def edited_context(role, permission, *, held):
    """A context of a role that an office gave a permission to, or took it from."""
    edits = {(role.value, permission.value): held}
    permissions = permissions_of(frozenset({role}), alone=False, edits=edits)
    return Context(None, CurrentOfficer(1, "who", "Who", frozenset({role}), permissions), FixedClock(None), None)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_an_edited_role_is_what_counts_for_every_command(role):
    for needed in sorted(set(COMMANDS.values())):
        taken = edited_context(role, needed, held=False)
        assert needed not in taken.officer.permissions
        with pytest.raises(UserError, match="may not"):
            require(taken, needed)
        given = edited_context(role, needed, held=True)
        administers = role is Role.ADMINISTRATOR or Permission.MANAGE_OFFICERS in given.officer.permissions
        if needed in POSTING and administers:
            assert needed not in given.officer.permissions
        else:
            require(given, needed)


def test_a_permission_of_a_later_version_arrives_with_its_default():
    known = {
        (role.value, each.value): False for role in Role for each in Permission if each is not Permission.VIEW_AUDIT
    }
    assert permissions_of_role("auditor", known) == {Permission.VIEW_AUDIT}


def test_an_edit_of_a_permission_that_is_gone_is_passed_over():
    assert permissions_of_role("auditor", {("auditor", "fly"): True}) == ROLE_PERMISSIONS[Role.AUDITOR]


def test_a_role_of_the_offices_own_ships_empty():
    assert permissions_of_role("post_room") == frozenset()


def test_every_permission_is_told_in_words_and_held_by_some_role():
    from app.services.core.permissions import DESCRIPTIONS

    assert set(DESCRIPTIONS) == set(Permission)
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == set(Permission)
