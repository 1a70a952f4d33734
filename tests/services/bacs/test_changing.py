"""Bank details change with a second officer, and there is no way around it."""

from datetime import date

import pytest

from app.models.values import DetailState, Verdict
from app.services.bacs import commands, keeping, queries
from app.services.bacs.dto import NewTable
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.session import Desk
from tests.factories import lettings
from tests.services.bacs.conftest import WEIGHTS, details

REASON = "They moved to another bank."


def kept(desk, person_id):
    return desk.ask(queries.of_person, person_id)


def test_a_later_change_needs_a_second_officer(desk, colleague, let):
    first = desk.do(commands.keep, details(person_id=let.person.id))
    new = details(person_id=let.person.id, account_number="66374966")
    with pytest.raises(UserError, match="second officer"):
        desk.do(commands.keep, new)
    proposed = desk.do(keeping.propose, new)
    with pytest.raises(UserError, match="wait for a second officer already"):
        desk.do(keeping.propose, new)
    with pytest.raises(UserError, match="not in force"):
        desk.do(keeping.destinations, [proposed.detail_id])
    with pytest.raises(UserError, match="Nobody approves"):
        desk.do(keeping.approve, proposed.detail_id)
    colleague.do(keeping.approve, proposed.detail_id)
    now, before = kept(desk, let.person.id)
    assert (now.detail_id, now.state, now.from_on, now.approved_by) == (
        proposed.detail_id,
        DetailState.IN_FORCE,
        date(2026, 11, 21),
        "Test Colleague",
    )
    assert (before.detail_id, before.state, before.to_on, before.superseded_by) == (
        first.detail_id,
        DetailState.ENDED,
        date(2026, 11, 20),
        now.detail_id,
    )
    with pytest.raises(UserError, match="don't wait"):
        colleague.do(keeping.approve, proposed.detail_id)


def test_ending_them_is_no_way_around_the_second_officer(desk, let):
    made = desk.do(commands.keep, details(person_id=let.person.id))
    with pytest.raises(UserError, match="reason is missing"):
        desk.do(commands.end, made.detail_id, 1, " ")
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.end, made.detail_id, 7, REASON)
    desk.do(commands.end, made.detail_id, 1, REASON)
    assert kept(desk, let.person.id)[0].to_on == date(2026, 11, 21)
    for payee in ({"person_id": let.person.id}, {"person_id": let.person.id, "account_id": let.account.id}):
        with pytest.raises(UserError, match="second officer"):
            desk.do(commands.keep, details(**payee))
    with pytest.raises(UserError, match="not in force"):
        desk.do(commands.end, made.detail_id, 2, REASON)


def test_what_is_refused_stays_refused(desk, let):
    proposed = desk.do(keeping.propose, details(account_id=let.account.id))
    desk.do(keeping.refuse, proposed.detail_id, "Not their statement.")
    found = desk.ask(queries.of_account, let.account.id)[0]
    assert (found.state, found.reason) == (DetailState.REFUSED, "Not their statement.")
    with pytest.raises(UserError, match="second officer"):
        desk.do(commands.keep, details(account_id=let.account.id))


def test_nor_is_another_payee_of_the_same_account(desk, let):
    """Who holds the account, and what it is kept for, can't be used to put other details beside standing ones."""
    desk.do(commands.keep, details(person_id=let.person.id))
    with pytest.raises(UserError, match="second officer"):
        desk.do(commands.keep, details(account_id=let.account.id, payee_name="Mr Somebody Else"))
    other = desk.do(lettings.letting)
    desk.do(commands.keep, details(account_id=other.account.id))
    with pytest.raises(UserError, match="second officer"):
        desk.do(commands.keep, details(person_id=other.person.id))


def test_what_a_payment_goes_to(desk, colleague, let):
    person, account = let.person.id, let.account.id
    assert desk.ask(queries.in_force, person, account) is None
    first = desk.do(commands.keep, details(person_id=person))
    assert (first.checked.verdict, first.checked.old) == (Verdict.VALID, True)
    narrower = desk.do(keeping.propose, details(person_id=person, account_id=account)).detail_id
    assert desk.ask(queries.in_force, person, account).detail_id == first.detail_id
    colleague.do(keeping.approve, narrower)
    assert desk.ask(queries.in_force, person, account).detail_id == narrower
    assert desk.ask(queries.in_force, person).detail_id == first.detail_id
    assert desk.ask(queries.in_force, None, account) is None


def test_a_number_that_a_newer_table_finds_wrong_is_not_approved(desk, colleague, let):
    proposed = desk.do(keeping.propose, details(person_id=let.person.id, account_number="66374959"))
    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    manager.do(commands.load_tables, [NewTable(WEIGHTS, "v1")], date(2026, 11, 2))
    with pytest.raises(UserError, match="doesn't fit the sort code"):
        colleague.do(keeping.approve, proposed.detail_id)
