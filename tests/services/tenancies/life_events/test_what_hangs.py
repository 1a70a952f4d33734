"""All that hangs on somebody, told before anything is done."""

import pytest

from app.models.access import RestrictedRecord
from app.models.values import (
    LifeEvent,
    Subject,
)
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.tenancies.life_events import commands, queries
from app.services.tenancies.life_events.dto import Happened
from tests.factories import lettings
from tests.factories.life_events import DIED, death, decided


def test_all_that_hangs_on_somebody_is_found_over_every_account(desk, couple):
    home, garage, _ = couple
    found = desk.ask(queries.what_hangs, Happened(home.person.id, LifeEvent.DEATH, DIED))
    told = [(each.source, each.what, each.proposed.value) for each in found]
    assert told == [
        ("tenancy", "Secure tenancy of 1 Sample Close", "move"),
        ("tenancy", "Letting of Garage 2", "stop"),
        ("arrangement", "Arrangement of £5.00 a week from 5 Oct 2026", "keep"),
        ("letter", "After a death, to the other joint tenant", "do"),
        ("hold", "Hold on the garage of Garage 2", "do"),
        ("evidence", "Death certificate, or the interim certificate", "later"),
    ]
    assert {each.account_id for each in found} == {home.account.id, garage.account.id}


def test_the_preview_says_what_will_be_done(desk, couple):
    home, _, _ = couple
    new = decided(desk, death(home.person))
    effects = desk.ask(queries.preview, new)
    assert (effects[0].group, effects[0].text, effects[0].after) == (
        "Passes on",
        "Secure tenancy of 1 Sample Close, 0012 4471 03",
        "Passes to the other tenant",
    )
    garage = [effect for effect in effects if effect.group == "Letting of Garage 2"]
    assert garage
    assert {effect.group for effect in effects} >= {"Stops", "Is done", "Becomes a task", "Stays as it is"}


def test_whoever_holds_the_account_now_may_be_chosen(desk, couple):
    home, _, second = couple
    assert [each.name for each in desk.ask(queries.whom, home.account.id)] == ["Mx Maria Testerton", "Mx Sam Testerton"]
    desk.do(commands.note_life_event, decided(desk, death(home.person)))
    assert [each.person_id for each in desk.ask(queries.whom, home.account.id)] == [second.id]


def test_more_accounts_take_no_more_questions(desk, couple, query_log):
    home, _, _ = couple

    def count():
        query_log.clear()
        found = desk.ask(queries.what_hangs, Happened(home.person.id, LifeEvent.DEATH, DIED))
        return len(found), len(query_log)

    few, asked = count()
    desk.do(lambda ctx: [lettings.garage_letting(ctx, home=home) for _ in range(5)])
    more, asked_again = count()
    assert more > few + 4
    assert asked_again == asked


def test_what_hangs_on_a_restricted_person_is_shut(desk, couple, colleague):
    home, _, _ = couple

    def restrict(ctx):
        ctx.session.add(
            RestrictedRecord(
                subject=Subject.PERSON,
                subject_id=home.person.id,
                reason="A colleague",
                restricted_at=ctx.clock.now(),
                restricted_by=ctx.officer.id,
            )
        )

    colleague.do(restrict)
    with pytest.raises(UserError, match="restricted record"):
        _hired(desk).ask(queries.what_hangs, Happened(home.person.id, LifeEvent.DEATH, DIED))


def _hired(desk):
    """A rents officer, who may not open restricted records."""
    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    manager.do(add, NewOfficer("newcomer", "Test Newcomer", frozenset({Role.RENTS_OFFICER})))
    return Desk.sit_down(desk.database, "newcomer", desk.clock)
