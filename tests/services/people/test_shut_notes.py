"""The note of a flag is shut to others in the audit too."""

from dataclasses import replace
from datetime import date

from app.models.values import PersonFlagKind, Subject
from app.services.admin.audit.queries import audit_ids, audit_rows, history
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.people.commands.flags import keep_flag
from app.services.people.dto import KeepFlag
from tests.prepared import prepared
from tests.services.people.conftest import restrict

FLAG = KeepFlag(0, PersonFlagKind.SAFETY, "Secret", date(2026, 11, 21), note="Moved from Othertown")


@prepared
def auditor(colleague):
    administrator = Desk.sit_down(colleague.database, "manager", colleague.clock)
    administrator.do(add, NewOfficer("auditor", "Test Auditor", frozenset({Role.AUDITOR})))
    return Desk.sit_down(colleague.database, "auditor", colleague.clock)


def read(desk):
    return str(desk.ask(audit_rows, list(desk.ask(audit_ids))))


def test_a_shut_note_is_shut_in_the_audit(desk, maria, auditor, colleague):
    saved = desk.do(keep_flag, replace(FLAG, person_id=maria, seen_by="team_leader"))
    desk.do(
        keep_flag,
        replace(
            FLAG,
            person_id=maria,
            seen_by="team_leader",
            note="Moved from Elsewhere",
            flag_id=saved.row_id,
            version=saved.version,
        ),
    )
    assert "Othertown" not in read(auditor)
    assert "Elsewhere" not in read(auditor)
    assert "Read by the role named for it" in read(auditor)
    assert "Othertown" in read(colleague)


def test_a_note_for_everybody_is_there_for_everybody(desk, maria, auditor):
    desk.do(keep_flag, replace(FLAG, person_id=maria))
    assert "Othertown" in read(auditor)


def test_the_history_of_an_account_tells_of_the_flags_of_its_people(desk, home):
    maria, account = home
    desk.do(keep_flag, replace(FLAG, person_id=maria))
    assert "Flag on a person" in {row.kind for row in desk.ask(history, Subject.ACCOUNT, account)}


def test_what_is_kept_of_somebody_restricted_is_shut_in_the_audit(desk, maria, auditor, colleague):
    desk.do(keep_flag, replace(FLAG, person_id=maria))
    desk.do(restrict, maria, colleague.officer.id)
    assert "Othertown" not in read(auditor)
    assert "Othertown" in read(colleague)
