"""What each kind of event does to each kind of thing."""

from datetime import date

from app.models.arrangements import Arrangement
from app.models.benefits import BenefitAward, BenefitClaim
from app.models.charges import Charge
from app.models.endings import Ending
from app.models.holds import Hold
from app.models.letters import Outgoing
from app.models.people import Associate, PersonAddress
from app.models.values import (
    ArrangementState,
    BenefitKind,
    ClaimState,
    Frequency,
    HoldKind,
    LifeEvent,
)
from app.services.tenancies.life_events import commands, queries
from app.services.tenancies.life_events.dto import Choice, Happened, NoteLifeEvent
from tests.factories import lettings
from tests.factories.life_events import DIED, TOLD, death, decided, rows


def test_housing_benefit_ends_with_the_sunday_after_a_death(desk, couple):
    """Thursday 12 November 2026: the first Sunday after is the 15th (rules.md 2.5)."""
    home, _, _ = couple

    def claim(ctx):
        made = BenefitClaim(
            tenancy_id=home.tenancy.id,
            person_id=home.person.id,
            kind=BenefitKind.HOUSING_BENEFIT,
            state=ClaimState.LIVE,
            claimed_on=date(2025, 4, 7),
        )
        ctx.session.add(made)
        ctx.session.flush()
        ctx.session.add(
            BenefitAward(
                claim_id=made.id,
                from_on=date(2025, 4, 7),
                amount_pence=6_000,
                frequency=Frequency.WEEKLY,
                to_landlord=True,
            )
        )
        ctx.session.flush()

    desk.do(claim)
    desk.do(commands.note_life_event, decided(desk, death(home.person)))
    ended = rows(desk, BenefitClaim)[0]
    assert (ended.state, ended.ended_on) == (ClaimState.ENDED, date(2026, 11, 15))
    assert rows(desk, BenefitAward)[0].to_on == date(2026, 11, 15)


def test_a_sole_tenant_s_accounts_are_held_and_a_joint_one_s_are_not(desk, couple):
    home, garage, _ = couple
    desk.do(commands.note_life_event, decided(desk, death(home.person)))
    held = {(hold.account_id, hold.kind) for hold in rows(desk, Hold)}
    assert held == {(garage.account.id, HoldKind.DECEASED)}


def test_an_eviction_ends_the_home_on_its_day(desk):
    alone = desk.do(lettings.letting, "80.00", who=("Erin", "Example"))
    happened = Happened(alone.person.id, LifeEvent.EVICTION, date(2026, 11, 18))
    desk.do(commands.note_life_event, decided(desk, NoteLifeEvent(happened, TOLD)))
    assert rows(desk, Ending)[0].ends_on == date(2026, 11, 18)


def test_a_sale_ends_the_home_the_day_before(desk):
    alone = desk.do(lettings.letting, "80.00", who=("Erin", "Example"))
    happened = Happened(alone.person.id, LifeEvent.RIGHT_TO_BUY, date(2026, 12, 14))
    desk.do(commands.note_life_event, decided(desk, NoteLifeEvent(happened, TOLD)))
    assert rows(desk, Ending)[0].ends_on == date(2026, 12, 13)


def test_a_stay_in_hospital_stops_nothing_by_itself(desk):
    alone = desk.do(lettings.letting, "80.00", who=("Erin", "Example"))
    happened = Happened(alone.person.id, LifeEvent.HOSPITAL, DIED)
    found = desk.ask(queries.what_hangs, happened)
    assert {each.source: each.proposed for each in found} == {
        "tenancy": Choice.KEEP,
        "letter": Choice.DO,
        "hold": Choice.KEEP,
        "evidence": Choice.LATER,
    }


def test_the_new_address_of_who_moved_is_kept(desk):
    alone = desk.do(lettings.letting, "80.00", who=("Erin", "Example"))
    happened = Happened(alone.person.id, LifeEvent.MOVE, date(2026, 11, 28))
    new = NoteLifeEvent(happened, TOLD, address="8 Specimen Street\nTestford\nZZ9 9ZZ")
    desk.do(commands.note_life_event, decided(desk, new))
    kept = rows(desk, PersonAddress)[0]
    assert (kept.lines, kept.postcode, kept.from_on) == ("8 Specimen Street\nTestford", "ZZ9 9ZZ", date(2026, 11, 28))


def test_insurance_of_their_own_can_be_ended_with_the_week(desk):
    """A death on Thursday 12 November 2026 ends a charge before the week of Monday the 16th."""
    alone = desk.do(lettings.letting, "80.00", who=("Erin", "Example"), DCI="2.15")
    found = desk.ask(queries.what_hangs, Happened(alone.person.id, LifeEvent.DEATH, DIED))
    assert "Contents insurance, £2.15 a week" in [each.what for each in found]
    desk.do(commands.note_life_event, decided(desk, death(alone.person), charge=Choice.STOP))
    insured = rows(desk, Charge, Charge.account_id == alone.account.id, Charge.code == "DCI")[0]
    assert insured.to_on == date(2026, 11, 15)


def test_a_sole_tenant_s_arrangement_stops_and_the_family_is_written_to(desk, couple):
    _, _, _ = couple

    def make(ctx):
        alone = lettings.letting(ctx, "80.00", who=("Erin", "Example"))
        ctx.session.add(
            Arrangement(
                account_id=alone.account.id,
                amount_pence=1_000,
                frequency=Frequency.MONTHLY,
                starts_on=date(2026, 10, 1),
            )
        )
        ctx.session.flush()
        return alone

    alone = desk.do(make)
    new = death(
        alone.person,
        contact_name="Ms Dana Sample",
        relation="daughter",
        address="8 Specimen Street\nTestford\nZZ9 9ZZ",
    )
    desk.do(commands.note_life_event, decided(desk, new))
    agreed = rows(desk, Arrangement, Arrangement.account_id == alone.account.id)[0]
    assert (agreed.state, agreed.state_on) == (ArrangementState.CANCELLED, date(2026, 11, 21))
    letter = rows(desk, Outgoing, Outgoing.account_id == alone.account.id)[0]
    assert letter.addressee == "Ms Dana Sample"
    assert letter.address.splitlines()[0] == "8 Specimen Street"
    kin = rows(desk, Associate)[0]
    assert (kin.name, kin.relation, kin.next_of_kin) == ("Ms Dana Sample", "daughter", True)


def test_the_garage_of_who_died_gets_an_ending(desk, couple):
    home, garage, _ = couple
    desk.do(commands.note_life_event, decided(desk, death(home.person)))
    ending = rows(desk, Ending)[0]
    assert (ending.tenancy_id, ending.reason.value) == (garage.tenancy.id, "death")
