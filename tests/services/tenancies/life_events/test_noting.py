"""Life events noted: everything is done as it was chosen, in one transaction, and the checklist is kept."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.access import DeclaredAccount
from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.diary import Task
from app.models.documents import DocumentLink
from app.models.letters import Outgoing
from app.models.life_events import LifeEventStep
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy, TenancyEvent
from app.models.values import (
    ArrangementState,
    Relation,
    TenancyChange,
)
from app.services.core.errors import UserError, UserErrors
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import queue_letter
from app.services.rent.header import account_header
from app.services.statements import keeping as statements
from app.services.tenancies.life_events import checklists, commands
from app.services.tenancies.life_events.dto import Choice, NoteLifeEvent
from tests.factories.life_events import DIED, death, decided, rows


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


def test_a_letter_that_is_stopped_takes_its_statement_with_it(desk, couple):
    home, _, _ = couple

    def write(ctx):
        letter = queue_letter(
            ctx, NewLetter("general_letter", home.account.id, {"subject": "Your rent", "text": "Hello"})
        )
        statements.make(ctx, home.account.id, date(2026, 10, 5), date(2026, 11, 1), behind=letter)

    desk.do(write)
    desk.do(commands.note_life_event, decided(desk, death(home.person), queued_letter=Choice.STOP))
    assert [each.state for each in rows(desk, Outgoing)[:2]] == ["cancelled", "cancelled"]


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


def test_the_account_says_so_until_the_last_step_is_seen_to(desk, couple):
    home, garage, _ = couple
    noted = desk.do(commands.note_life_event, decided(desk, death(home.person)))

    def marks(account):
        return [mark.text for mark in desk.ask(account_header, account.id).marks if "Death" in mark.text]

    assert marks(home.account) == marks(garage.account) == ["Death: 1 step waits"]
    (step,) = [step for step in desk.ask(checklists.checklist, noted.event_id).steps if not step.done]
    desk.do(commands.finish_step, step.step_id, "Copy taken")
    assert marks(home.account) == []
