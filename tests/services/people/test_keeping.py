"""Who speaks for somebody, flags and who reads them, consents, reviews; what can't stand is told at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.values import AddressKind, Authority, PersonFlagKind
from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.people import associates, consents, flags
from app.services.people.commands.addresses import keep_address
from app.services.people.commands.associates import keep_associate
from app.services.people.commands.consents import say_consent
from app.services.people.commands.flags import keep_flag
from app.services.people.dto import KeepAddress, KeepAssociate, KeepFlag, SayConsent
from app.services.people.queries import people_of
from app.services.rent.header import account_header
from tests.prepared import prepared
from tests.services.people.conftest import restrict

TODAY = date(2026, 11, 21)
BETH = KeepAssociate(0, "Ms B Sample", "daughter", Authority.SPEAK, TODAY, phone="0191 498 0123", evidence="Form seen")
SAFE = KeepFlag(
    0, PersonFlagKind.SAFETY, "Address is secret", TODAY, note="Moved from Othertown", seen_by="team_leader"
)


def of(desk, account):
    return desk.ask(people_of, account).people[0]


def open_tasks(desk, kind):
    statement = select(Task).where(Task.kind == kind, Task.state == "open")
    return desk.ask(lambda ctx: [(task.due_on, task.subject_id) for task in ctx.session.scalars(statement)])


# Who speaks for somebody


def test_who_may_speak_stands_at_the_head_of_the_account(desk, home):
    maria, account = home
    desk.do(keep_associate, replace(BETH, person_id=maria))
    desk.do(keep_associate, replace(BETH, person_id=maria, name="Mr C Sample", authority=Authority.NONE))
    (beth,) = desk.ask(account_header, account).speakers
    assert (beth.name, beth.relation, beth.authority) == ("Ms B Sample", "daughter", Authority.SPEAK)


@pytest.mark.parametrize(
    "ended", [{"to_on": TODAY - timedelta(days=1), "from_on": date(2025, 1, 1)}, {"from_on": TODAY + timedelta(days=1)}]
)
def test_whoever_may_no_longer_or_not_yet_speak_does_not(desk, home, ended):
    maria, account = home
    desk.do(keep_associate, replace(BETH, person_id=maria, **ended))
    assert desk.ask(account_header, account).speakers == ()
    assert len(of(desk, account).associates) == 1


def test_to_act_for_somebody_takes_evidence(desk, maria):
    with pytest.raises(UserErrors) as refused:
        desk.do(keep_associate, replace(BETH, person_id=maria, authority=Authority.ACT, evidence=" "))
    assert refused.value.errors[0].field == "evidence"


def test_everything_wrong_with_somebody_is_told_at_once(desk, maria):
    wrong = KeepAssociate(
        maria, "", "", Authority.SPEAK, TODAY, phone="12", email="nobody", to_on=TODAY - timedelta(days=1)
    )
    with pytest.raises(UserErrors) as refused:
        desk.do(keep_associate, replace(wrong, review_on=date(2046, 1, 1), evidence="4111 1111 1111 1111"))
    fields = {error.field for error in refused.value.errors}
    assert fields == {"name", "relation", "phone", "email", "to_on", "review_on", "evidence"}


def test_a_review_is_a_task_of_the_account_that_follows_its_day(desk, home):
    maria, account = home
    saved = desk.do(keep_associate, replace(BETH, person_id=maria, review_on=date(2027, 5, 1)))
    kind = f"associate {saved.row_id}"
    assert open_tasks(desk, kind) == [(date(2027, 5, 1), account)]
    changed = replace(BETH, person_id=maria, associate_id=saved.row_id, version=saved.version)
    later = desk.do(keep_associate, replace(changed, review_on=date(2027, 9, 1)))
    assert open_tasks(desk, kind) == [(date(2027, 9, 1), account)]
    desk.do(keep_associate, replace(changed, to_on=TODAY, version=later.version))
    assert open_tasks(desk, kind) == []


def test_of_two_who_change_one_the_second_is_told(desk, maria):
    saved = desk.do(keep_associate, replace(BETH, person_id=maria))
    change = replace(BETH, person_id=maria, associate_id=saved.row_id, version=saved.version, relation="niece")
    desk.do(keep_associate, change)
    with pytest.raises(ChangedMeanwhile):
        desk.do(keep_associate, change)


def test_what_it_will_do_is_told_before(desk, maria):
    shown = desk.ask(associates.preview, replace(BETH, person_id=maria, evidence="", review_on=date(2027, 5, 1)))
    texts = [effect.text for effect in shown]
    assert "The head of the account says 'May speak: Ms B Sample (daughter)'" in texts
    assert "A task to look at it again is due on 1 May 2027" in texts
    assert [effect.text for effect in shown if effect.warns] == ["Nothing is noted of how the tenant agreed to it"]


# Flags


@prepared
def reception(desk, colleague):
    """Somebody at the counter, who is no team leader."""
    desk_of_admin = Desk.sit_down(desk.database, "manager", desk.clock)
    desk_of_admin.do(add, NewOfficer("counter", "Test Counter", frozenset({Role.RECEPTION})))
    return Desk.sit_down(desk.database, "counter", desk.clock)


def test_everybody_sees_the_flag_and_only_the_role_its_note(desk, home, reception, colleague):
    maria, account = home
    desk.do(keep_flag, replace(SAFE, person_id=maria))
    theirs, own = of(reception, account).flags[0], of(colleague, account).flags[0]
    assert (theirs.flag, theirs.note, theirs.hidden) == ("Address is secret", "", True)
    assert theirs.seen_by_name == "Team leader"
    assert (own.note, own.hidden) == ("Moved from Othertown", False)
    head = reception.ask(account_header, account).flags[0]
    assert (head.flag, head.note, head.kind) == ("Address is secret", "", PersonFlagKind.SAFETY)
    assert colleague.ask(account_header, account).flags[0].note == "Moved from Othertown"


def test_whoever_may_not_read_the_note_may_end_the_flag_and_change_nothing_else(desk, home, reception, colleague):
    maria, account = home
    saved = desk.do(keep_flag, replace(SAFE, person_id=maria))
    change = replace(SAFE, person_id=maria, flag_id=saved.row_id, version=saved.version, note=None)
    for other in (replace(change, seen_by=""), replace(change, note="Mine"), replace(change, flag="Another")):
        with pytest.raises(UserErrors, match="Only those who may read its note"):
            reception.do(keep_flag, other)
    reception.do(keep_flag, replace(change, to_on=TODAY))
    kept = of(colleague, account).flags[0]
    assert (kept.to_on, kept.note, kept.seen_by) == (TODAY, "Moved from Othertown", "team_leader")


def test_what_a_flag_does_is_told_before(desk, maria):
    shown = desk.ask(flags.preview, replace(SAFE, person_id=maria))
    assert [effect.text for effect in shown if effect.warns] == ["No day is set to look at it again"]
    assert any("nothing is sent to the old address" in effect.text for effect in shown)


def test_a_flag_of_an_unknown_role_or_without_words_is_refused(desk, maria):
    with pytest.raises(UserErrors) as refused:
        desk.do(keep_flag, replace(SAFE, person_id=maria, flag=" ", seen_by="nobody"))
    assert {error.field for error in refused.value.errors} == {"flag", "seen_by"}


# Consents


def test_the_latest_said_of_a_kind_counts_and_the_others_stay(desk, home):
    maria, account = home
    said = SayConsent(maria, "Surveys", agreed=True, said_on=date(2026, 5, 1), how="By telephone")
    desk.do(say_consent, said)
    (effect,) = desk.ask(consents.preview, replace(said, agreed=False, said_on=TODAY))
    assert (effect.before, effect.after) == ("agreed on 1 May 2026", "objected on 21 Nov 2026")
    desk.do(say_consent, replace(said, agreed=False, said_on=TODAY))
    rows = of(desk, account).consents
    assert [(row.agreed, row.latest, row.officer) for row in rows] == [
        (False, True, "Test Officer"),
        (True, False, "Test Officer"),
    ]


def test_nobody_can_have_said_something_tomorrow(desk, maria):
    with pytest.raises(UserErrors, match="can't have said so yet"):
        desk.do(say_consent, SayConsent(maria, "Surveys", True, TODAY + timedelta(days=1), "By telephone"))


# Addresses


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": ()}, "lines"),
        ({"lines": tuple("abcdefgh")}, "lines"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"from_on": date(2036, 11, 22)}, "from_on"),
        ({"from_on": TODAY, "to_on": TODAY - timedelta(days=1)}, "to_on"),
        ({"kind": AddressKind.CORRESPONDENCE, "from_on": TODAY + timedelta(days=1)}, "from_on"),
        ({"kind": AddressKind.CORRESPONDENCE, "postcode": ""}, "lines"),
        ({"note": "4111 1111 1111 1111"}, "note"),
        ({"address_id": 99}, None),
    ],
)
def test_an_address_that_can_not_be_is_refused_beside_its_field(desk, maria, change, field):
    good = KeepAddress(maria, AddressKind.PREVIOUS, ("7 Other Road", "Testford"), "ZZ9 9ZZ")
    with pytest.raises(UserError) as refused:
        desk.do(keep_address, replace(good, **change))
    assert refused.value.field == field


# Who may


def test_people_are_read_in_a_few_statements_however_much_is_kept(desk, home, query_log):
    maria, account = home

    def count():
        query_log.clear()
        desk.ask(people_of, account)
        return len(query_log)

    before = count()
    for _ in range(3):
        desk.do(keep_associate, replace(BETH, person_id=maria))
        desk.do(keep_flag, replace(SAFE, person_id=maria))
    assert count() == before <= 12


def test_a_restricted_record_is_neither_shown_nor_changed(desk, colleague, home):
    maria, account = home
    desk.do(restrict, maria, colleague.officer.id)
    with pytest.raises(UserError, match="restricted record"):
        desk.ask(people_of, account)
    with pytest.raises(UserError, match="restricted record"):
        desk.do(keep_flag, replace(SAFE, person_id=maria))


def test_nobody_of_that_number(desk):
    with pytest.raises(UserError, match="no person number 99"):
        desk.do(keep_flag, replace(SAFE, person_id=99))
