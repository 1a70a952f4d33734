"""Every command names its permission, and each role can do what it holds and nothing else."""

import importlib
import inspect
import pkgutil

import pytest

import app.services
from app.services.core.clock import FixedClock
from app.services.core.context import Context, CurrentOfficer
from app.services.core.errors import UserError
from app.services.core.permissions import COMMANDS, POSTING, ROLE_PERMISSIONS, Permission, Role, permissions_of

for module in pkgutil.walk_packages(app.services.__path__, "app.services."):
    importlib.import_module(module.name)


def context(*roles, alone=False):
    held = frozenset(roles)
    officer = CurrentOfficer(1, "who", "Who", held, permissions_of(held, alone=alone))
    return Context(None, officer, FixedClock(None), None)


def command(name):
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module), function)


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_is_refused_before_anything_happens(name, role):
    if COMMANDS[name] in ROLE_PERMISSIONS[role]:
        assert COMMANDS[name] in context(role).officer.permissions
        return
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
