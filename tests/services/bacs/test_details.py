"""Bank details: sealed, masked, revealed with a trace, changed by a second officer."""

from datetime import date

import pytest
from sqlalchemy import select, text

from app.models.access import DeclaredAccount, RestrictedReader, RestrictedRecord
from app.models.audit import AuditEntry
from app.models.values import DetailState, NameCheck, Relation, Subject
from app.services.admin.audit.queries import history
from app.services.bacs import commands, keeping, queries, rules
from app.services.bacs.dto import NewNameCheck
from app.services.core import keys
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from tests.factories import lettings
from tests.services.bacs.conftest import details

REASON = "They moved to another bank."


def kept(desk, person_id):
    return desk.ask(queries.of_person, person_id)


def test_the_numbers_are_nowhere_in_the_clear(desk, let, database_file):
    made = desk.do(commands.keep, details(person_id=let.person.id, roll_number="A/123 456-7"))
    shown = kept(desk, let.person.id)[0]
    assert (shown.detail_id, shown.masked.account_number, shown.masked.words) == (
        made.detail_id,
        "••••••58",
        "account ending 58",
    )
    assert (shown.masked.sort_code, shown.masked.has_roll_number) == ("••-••-••", True)
    assert (shown.state, shown.is_new, shown.elsewhere) == (DetailState.IN_FORCE, True, 0)
    desk.database.close()
    content = database_file.read_bytes()
    wal = database_file.with_name(database_file.name + "-wal")
    content += wal.read_bytes() if wal.exists() else b""
    for number in (b"66374958", b"089999", b"A/123 456-7"):
        assert number not in content
    assert "66374958" not in repr(details()) + repr(desk.do(commands.reveal, made.detail_id))


def test_revealing_leaves_a_trace(desk, let):
    made = desk.do(commands.keep, details(person_id=let.person.id))
    found = desk.do(commands.reveal, made.detail_id)
    assert (found.sort_code, found.account_number, found.payee_name) == ("08-99-99", "66374958", "Mrs Made Up")
    entry = desk.ask(lambda ctx: ctx.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first())
    assert (entry.action, entry.table_name, entry.row_key) == ("reveal", "bank_detail", str(made.detail_id))
    assert '"last_two": "58"' in entry.after
    written = desk.ask(
        lambda ctx: " ".join(
            ctx.session.scalars(select(AuditEntry.after).where(AuditEntry.table_name == "bank_detail"))
        )
    )
    assert "66374958" not in written
    assert "fingerprint" in written


def test_the_trail_tells_it_in_words(desk, let):
    made = desk.do(commands.keep, details(account_id=let.account.id))
    desk.do(commands.reveal, made.detail_id)

    told = desk.ask(history, Subject.ACCOUNT, let.account.id)
    rows = told.rows if hasattr(told, "rows") else told
    assert ("Bank details", "revealed") in {(row.kind, row.action) for row in rows}


def test_what_was_sealed_for_one_row_opens_for_no_other(desk, let):
    first = desk.do(commands.keep, details(person_id=let.person.id)).detail_id
    other = desk.do(lettings.person).id
    second_id = desk.do(commands.keep, details(person_id=other, account_number="66374966")).detail_id
    swap = text("UPDATE bank_detail SET sealed = (SELECT sealed FROM bank_detail WHERE id = :one) WHERE id = :other")
    desk.database.transact(lambda session: session.execute(swap, {"one": first, "other": second_id}))
    with pytest.raises(UserError, match="altered"):
        desk.do(commands.reveal, second_id)


def test_new_until_paid_and_new_again_when_it_comes_back(desk, let):
    other = desk.do(lettings.person).id
    made = desk.do(commands.keep, details(person_id=let.person.id)).detail_id
    same = desk.do(commands.keep, details(person_id=other)).detail_id
    assert [each.elsewhere for each in desk.ask(queries.details, [made, same]).values()] == [1, 1]
    desk.do(keeping.note_paid, [made], date(2026, 11, 25))
    assert [each.is_new for each in desk.ask(queries.details, [made, same]).values()] == [False, False]
    desk.do(keeping.note_returned, [made])
    assert kept(desk, let.person.id)[0].is_new


def test_a_roll_number_makes_another_account_of_it(desk, let):
    other = desk.do(lettings.person).id
    desk.do(commands.keep, details(person_id=let.person.id, roll_number="A1"))
    desk.do(commands.keep, details(person_id=other, roll_number="A2"))
    assert kept(desk, other)[0].elsewhere == 0


def test_the_hash_stays_the_same_when_the_key_is_changed(desk):
    before = desk.do(keys.keyed_hash, "text", "about")
    desk.do(lambda ctx: keys.make(ctx.session, ctx.clock))
    assert desk.do(keys.keyed_hash, "text", "about") == before
    assert desk.do(keys.keyed_hash, "text", "other") != before != desk.do(keys.keyed_hash, "other", "about")


def test_how_the_name_was_proved(desk, let):
    made = desk.do(commands.keep, details(person_id=let.person.id)).detail_id
    on = date(2026, 11, 20)
    for check, day, note, words in (
        (NameCheck.CLOSE_MATCH, on, "", "name that the bank gave"),
        (NameCheck.MATCH, date(2026, 11, 22), "", "still to come"),
        (NameCheck.NONE, on, "", "how the name was proved"),
    ):
        with pytest.raises(UserError, match=words):
            desk.do(commands.prove, NewNameCheck(made, 1, check, day, note))
    desk.do(commands.prove, NewNameCheck(made, 1, NameCheck.CLOSE_MATCH, on, "Mrs M Up"))
    found = kept(desk, let.person.id)[0]
    assert (found.name_check, found.checked_on, found.checked_by, found.check_note) == (
        NameCheck.CLOSE_MATCH,
        on,
        "Test Officer",
        "Mrs M Up",
    )


WRONG = (
    ({"sort_code": "08-99-9"}, "sort_code"),
    ({"sort_code": "00-00-00"}, "sort_code"),
    ({"account_number": "12345"}, "account_number"),
    ({"account_number": "1234567890"}, "account_number"),
    ({"account_number": "66374959"}, "account_number"),
    ({"payee_name": " "}, "payee_name"),
    ({"payee_name": "李小龙"}, "payee_name"),
    ({"payee_name": "x" * 71}, "payee_name"),
    ({"payee_name": "4111 1111 1111 1111"}, "payee_name"),
    ({"roll_number": "💷"}, "roll_number"),
    ({"roll_number": "4111111111111111"}, "roll_number"),
    ({"from_on": date(2026, 11, 22)}, "from_on"),
    ({"name_check": NameCheck.MATCH}, "checked_on"),
    ({"person_id": None}, "payee"),
    ({"person_id": 999_999}, "payee"),
)


def test_what_is_wrong_is_told_beside_its_field(tabled, let):
    for changes, field in WRONG:
        with pytest.raises(UserError) as told:
            tabled.do(commands.keep, details(**{"person_id": let.person.id} | changes))
        assert told.value.field == field, changes
    assert kept(tabled, let.person.id) == ()


def test_reception_neither_keeps_nor_sees_them(desk, colleague, let):
    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    manager.do(add, NewOfficer("front", "Test Front", frozenset({Role.RECEPTION})))
    manager.do(add, NewOfficer("rents", "Test Rents", frozenset({Role.RENTS_OFFICER})))
    front, rents = (Desk.sit_down(desk.database, name, desk.clock) for name in ("front", "rents"))
    with pytest.raises(UserError, match="may not keep bank details"):
        front.do(commands.keep, details(person_id=let.person.id))
    made = rents.do(commands.keep, details(person_id=let.person.id))
    for who in (front, rents):
        with pytest.raises(UserError, match="may not see bank details in full"):
            who.do(commands.reveal, made.detail_id)
    assert colleague.do(commands.reveal, made.detail_id).account_number == "66374958"


def test_a_page_of_them_is_a_few_queries(desk, query_log):
    people = [desk.do(lettings.person).id for _ in range(12)]
    ids = [desk.do(commands.keep, details(person_id=each)).detail_id for each in people]
    query_log.clear()
    assert len(desk.ask(queries.details, ids)) == 12
    asked = [each for each in query_log if each.startswith("SELECT")]
    assert len(asked) <= 6
    assert desk.ask(queries.details, ids)[ids[0]].elsewhere == 11


def test_merged_people_keep_their_bank_details(desk, let):
    from app.services.people.merging import commands as merging
    from app.services.people.merging.dto import MergePeople

    other = desk.do(lettings.person)
    made = desk.do(commands.keep, details(person_id=other.id)).detail_id
    desk.do(merging.merge_people, MergePeople(let.person.id, other.id, "One and the same."))
    assert [each.detail_id for each in kept(desk, let.person.id)] == [made]
    assert desk.do(commands.reveal, made).account_number == "66374958"


def test_nobody_works_on_declared_or_restricted_records(desk, colleague, let):
    made = desk.do(commands.keep, details(person_id=let.person.id)).detail_id
    declared = DeclaredAccount(
        officer_id=desk.officer.id,
        account_id=let.account.id,
        relation=Relation.RELATIVE,
        from_on=date(2026, 1, 1),
        declared_by=desk.officer.id,
    )
    desk.do(lambda ctx: ctx.session.add(declared))
    for work in (
        lambda ctx: commands.reveal(ctx, made),
        lambda ctx: commands.end(ctx, made, 1, REASON),
        lambda ctx: keeping.propose(ctx, details(person_id=let.person.id)),
    ):
        with pytest.raises(UserError, match="a relative's account"):
            desk.do(work)
    restricted = RestrictedRecord(
        subject=Subject.PERSON,
        subject_id=let.person.id,
        reason="Made up.",
        restricted_by=desk.officer.id,
        restricted_at=desk.clock.now(),
    )
    desk.do(lambda ctx: ctx.session.add(restricted))
    desk.do(lambda ctx: ctx.session.add(RestrictedReader(restricted_id=restricted.id, officer_id=desk.officer.id)))
    with pytest.raises(UserError, match="restricted record"):
        colleague.do(commands.reveal, made)
    with pytest.raises(UserError, match="restricted record"):
        colleague.ask(queries.of_person, let.person.id)
    assert colleague.ask(queries.details, [made]) == {}


def test_opening_many_for_a_file_is_a_few_queries_and_one_line_of_the_audit(desk, query_log):
    people = [desk.do(lettings.person).id for _ in range(12)]
    ids = [desk.do(commands.keep, details(person_id=each)).detail_id for each in people]
    query_log.clear()
    found = desk.do(keeping.destinations, ids)
    assert {each.account_number for each in found.values()} == {"66374958"}
    assert len([each for each in query_log if "encryption_key" in each]) == 1
    assert len([each for each in query_log if "bank_detail" in each]) == 1
    last = desk.ask(lambda ctx: ctx.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first())
    assert (last.action, last.row_key, '"rows": 12' in last.after) == ("reveal", "", True)


def test_an_erased_number_is_told_so(desk, let):
    made = desk.do(commands.keep, details(person_id=let.person.id)).detail_id
    desk.database.transact(lambda session: session.execute(text("UPDATE bank_detail SET sealed = NULL")))
    with pytest.raises(UserError, match="hold no numbers any more"):
        desk.do(commands.reveal, made)


def test_an_account_is_sealed_for_any_other_row_the_same_way(desk):
    account = rules.destination("08-99-99", "66374958")
    sealed = desk.do(keeping.seal_account, "mandate_bank:7", account)
    assert b"66374958" not in sealed
    assert desk.ask(keeping.open_account, "mandate_bank:7", sealed) == account
    with pytest.raises(UserError, match="altered"):
        desk.ask(keeping.open_account, "mandate_bank:8", sealed)
    with pytest.raises(UserError, match="hold no numbers"):
        desk.ask(keeping.open_account, "mandate_bank:7", None)
    assert desk.ask(keeping.fingerprint, account) == desk.ask(keeping.fingerprint, account)
