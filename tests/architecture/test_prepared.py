"""Set-ups that are made once, as tests/prepared.py says."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.values import AccountKind
from tests.factories import lettings
from tests.prepared import prepared

made = {"home": 0, "second": 0, "after": 0, "asked": 0}


@pytest.fixture(scope="module", autouse=True)
def _from_the_start():
    made.update(dict.fromkeys(made, 0))


@prepared
def home(desk):
    """The account of a letting."""
    made["home"] += 1
    return desk.do(lettings.letting).account


@prepared
def second(desk, home):
    """The account of another."""
    made["second"] += 1
    return desk.do(lettings.letting).account


@pytest.fixture
def more(desk):
    """An ordinary fixture that changes the database."""
    return desk.do(lettings.letting).account


@prepared
def after(desk, more):
    """Stands on an ordinary one."""
    made["after"] += 1
    return desk.do(lettings.letting).account


def accounts(desk):
    return desk.ask(
        lambda ctx: ctx.session.scalar(
            select(func.count()).where(Account.kind != AccountKind.CONTROL).select_from(Account)
        )
    )


@pytest.mark.parametrize("time", [1, 2, 3])
def test_it_is_made_once_and_what_a_test_does_with_it_is_gone(desk, home, second, time):
    assert (made["home"], made["second"]) == (1, 1)
    assert accounts(desk) == 2
    assert desk.ask(lambda ctx: ctx.session.get_one(Account, second.id)).name == second.name
    desk.do(lettings.letting)
    second.name = "Somebody else"


@pytest.mark.parametrize("time", [1, 2])
def test_one_is_there_without_the_other(desk, home, time):
    assert accounts(desk) == 1
    assert home.name != "Somebody else"


@pytest.mark.parametrize("time", [1, 2])
def test_the_file_holds_it_before_anybody_opens_it(home, database_file, time):
    assert home.payment_reference.encode() in Path(database_file).read_bytes()


@pytest.mark.parametrize("time", [1, 2])
def test_after_an_ordinary_fixture_that_changed_something_it_is_made_anew(desk, after, time):
    made["asked"] += 1
    assert made["after"] == made["asked"]
    assert accounts(desk) == 2
