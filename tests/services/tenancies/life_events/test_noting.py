"""Life events noted: everything that hangs on somebody is found, and stopped, moved or kept by choice."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.access import DeclaredAccount, RestrictedRecord
from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.benefits import BenefitAward, BenefitClaim
from app.models.charges import Charge
from app.models.diary import Task
from app.models.documents import DocumentLink
from app.models.holds import Hold
from app.models.letters import Outgoing
from app.models.people import Associate, Person, PersonAddress
from app.models.tenancies import Ending, LifeEventStep, Tenancy, TenancyEvent, Tenant
from app.models.values import (
    ArrangementState,
    BenefitKind,
    ClaimState,
    Frequency,
    HoldKind,
    LifeEvent,
    PaymentMethod,
    Relation,
    Subject,
    TenancyChange,
)
from app.services.core.errors import UserError, UserErrors
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.tenancies.life_events import checklists, commands, queries
from app.services.tenancies.life_events.dto import Choice, Happened, NoteLifeEvent
from tests.factories import lettings

DIED = date(2026, 11, 12)
TOLD = date(2026, 11, 20)


@pytest.fixture
def couple(desk):
    """A home that two people hold, paid by Direct Debit, with a garage of the first and an arrangement."""

    def make(ctx):
        first = lettings.person(ctx, "Maria", "Testerton")
        second = lettings.person(ctx, "Sam", "Testerton")
        home = lettings.letting(ctx, "100.00", people=[first, second], reference="0012 4471 03")
        home.account.name = "Mx Maria Testerton and Mx Sam Testerton"
        home.tenancy.payment_method = PaymentMethod.DIRECT_DEBIT
        garage = lettings.garage_letting(ctx, home=home)
        ctx.session.add(
            Arrangement(
                account_id=home.account.id,
                amount_pence=500,
                frequency=Frequency.WEEKLY,
                starts_on=date(2026, 10, 5),
            )
        )
        ctx.session.flush()
        return home, garage, second

    return desk.do(make)


def death(person, **said):
    return NoteLifeEvent(Happened(person.id, LifeEvent.DEATH, DIED), TOLD, **said)


def decided(desk, new, **instead):
    """The event with what is proposed of everything, save for sources named."""
    found = desk.ask(queries.what_hangs, new.happened)
    choices = {each.key: instead.get(each.source, each.proposed) for each in found}
    return NoteLifeEvent(
        new.happened, new.told_on, new.told_by, new.note, new.contact_name, new.relation, new.address, choices
    )


def rows(desk, model, *where):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(model).where(*where))))


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


def test_a_death_leaves_the_home_to_the_joint_tenant(desk, couple):
    home, _garage, second = couple
    noted = desk.do(commands.note_life_event, decided(desk, death(home.person, told_by="Their sister")))
    assert noted.open_steps == 1
    tenancy = rows(desk, Tenancy, Tenancy.id == home.tenancy.id)[0]
    assert (tenancy.end_on, tenancy.succeeded) == (None, True)
    assert rows(desk, Tenant, Tenant.tenancy_id == tenancy.id, Tenant.person_id == home.person.id)[0].to_on == DIED
    assert rows(desk, Tenant, Tenant.tenancy_id == tenancy.id, Tenant.person_id == second.id)[0].to_on is None
    assert rows(desk, Account, Account.id == home.account.id)[0].name == "Mx Sam Testerton"
    assert rows(desk, Person, Person.id == home.person.id)[0].died_on == DIED
    letter = rows(desk, Outgoing)[0]
    assert (letter.addressee, letter.title) == ("Mx Sam Testerton", "After a death, to the other joint tenant")
    told = {event.change for event in rows(desk, TenancyEvent, TenancyEvent.tenancy_id == tenancy.id)}
    assert told == {TenancyChange.LIFE_EVENT, TenancyChange.SUCCESSION}


def test_the_garage_of_who_died_gets_an_ending(desk, couple):
    home, garage, _ = couple
    desk.do(commands.note_life_event, decided(desk, death(home.person)))
    ending = rows(desk, Ending)[0]
    assert (ending.tenancy_id, ending.reason.value) == (garage.tenancy.id, "death")


def test_what_is_decided_later_is_a_task_and_a_step_that_waits(desk, couple):
    home, _, _ = couple
    noted = desk.do(commands.note_life_event, decided(desk, death(home.person)))
    shown = desk.ask(checklists.checklist, noted.event_id)
    waiting = [step for step in shown.steps if not step.done]
    assert [step.what for step in waiting] == ["Death certificate, or the interim certificate"]
    assert [step.due_on for step in waiting] == [date(2026, 11, 27)]
    (row,) = desk.ask(checklists.events)
    assert (row.open_steps, row.next_due_on, row.name) == (1, date(2026, 11, 27), "Mx Maria Testerton")


def test_a_step_is_ticked_off_here_or_by_its_task(desk, couple):
    from app.services.diary import commands as diary

    home, _, _ = couple
    noted = desk.do(commands.note_life_event, decided(desk, death(home.person), tenancy=Choice.LATER))
    first, garage, second = [step for step in desk.ask(checklists.checklist, noted.event_id).steps if not step.done]
    desk.do(commands.finish_step, garage.step_id, "Their partner keeps it; a new letting was made")
    left = desk.do(commands.finish_step, first.step_id, "The partner was told that it is theirs")
    assert left.open_steps == 1
    task = rows(desk, Task, Task.kind == f"life_event_{second.step_id}")[0]
    desk.do(diary.finish_task, task.id, "Copy taken", "Certificate of 16 Nov 2026")
    steps = desk.ask(checklists.checklist, noted.event_id).steps
    assert [step.done for step in steps if step.step_id in {first.step_id, second.step_id}] == [True, True]
    assert desk.ask(checklists.events) == ()
    assert len(desk.ask(checklists.events, open_only=False)) == 1


def test_the_checklist_is_kept_as_a_document_on_each_account(desk, couple):
    home, garage, _ = couple
    desk.do(commands.note_life_event, decided(desk, death(home.person)))
    kept = rows(desk, DocumentLink, DocumentLink.kind == "life_event")
    assert {link.subject_id for link in kept} == {home.account.id, garage.account.id}
    assert len({link.sha256 for link in kept}) == 1


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


def test_nothing_is_done_unless_everything_was_decided(desk, couple):
    home, _, _ = couple
    new = decided(desk, death(home.person))
    choices = dict(new.choices)
    choices.pop(next(iter(choices)))
    half = NoteLifeEvent(new.happened, new.told_on, choices=choices)
    with pytest.raises(UserError, match="Something hangs on them"):
        desk.do(commands.note_life_event, half)
    assert rows(desk, LifeEventStep) == []
    assert rows(desk, Person, Person.id == home.person.id)[0].died_on is None


def test_what_somebody_dealt_with_meanwhile_is_told(desk, couple):
    home, _, _ = couple
    new = decided(desk, death(home.person))

    def cancel(ctx):
        ctx.session.scalars(select(Arrangement)).one().state = ArrangementState.CANCELLED

    desk.do(cancel)
    with pytest.raises(UserError, match="dealt with 1 of these meanwhile"):
        desk.do(commands.note_life_event, new)


def test_nobody_dies_twice(desk, couple):
    home, _, _ = couple
    desk.do(commands.note_life_event, decided(desk, death(home.person)))
    again = decided(desk, death(home.person))
    with pytest.raises(UserError, match="Death on 12 Nov 2026 is noted already"):
        desk.do(commands.note_life_event, again)


def test_a_choice_that_there_isn_t_is_refused(desk, couple):
    home, _, _ = couple
    new = decided(desk, death(home.person), arrangement=Choice.MOVE)
    with pytest.raises(UserError, match="can't be chosen for Arrangement"):
        desk.do(commands.note_life_event, new)


def test_card_numbers_and_a_contact_without_a_relation_are_refused(desk, couple):
    home, _, _ = couple
    with pytest.raises(UserError, match="card"):
        desk.do(commands.note_life_event, decided(desk, death(home.person, note="4111 1111 1111 1111")))
    with pytest.raises(UserErrors, match="who they are"):
        desk.do(commands.note_life_event, decided(desk, death(home.person, contact_name="Ms Dana Sample")))


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


def test_a_record_that_the_officer_declared_is_left_alone(desk, couple, colleague):
    home, _, _ = couple

    def declare(ctx):
        ctx.session.add(
            DeclaredAccount(
                officer_id=ctx.officer.id,
                account_id=home.account.id,
                relation=Relation.OWN,
                from_on=date(2026, 1, 1),
                reason="",
                declared_by=ctx.officer.id,
            )
        )

    colleague.do(declare)
    with pytest.raises(UserError, match="your own account"):
        colleague.do(commands.note_life_event, decided(desk, death(home.person)))
    assert rows(desk, LifeEventStep) == []


def test_insurance_of_their_own_can_be_ended_with_the_week(desk):
    """A death on Thursday 12 November 2026 ends a charge before the week of Monday the 16th."""
    alone = desk.do(lettings.letting, "80.00", who=("Erin", "Example"), DCI="2.15")
    found = desk.ask(queries.what_hangs, Happened(alone.person.id, LifeEvent.DEATH, DIED))
    assert "Contents insurance, £2.15 a week" in [each.what for each in found]
    desk.do(commands.note_life_event, decided(desk, death(alone.person), charge=Choice.STOP))
    insured = rows(desk, Charge, Charge.account_id == alone.account.id, Charge.code == "DCI")[0]
    assert insured.to_on == date(2026, 11, 15)


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
