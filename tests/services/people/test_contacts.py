"""Contact details: changed, found by, refused, and never overwritten unseen."""

import threading

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.values import FormatNeed, PreferredContact
from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.people.commands.contacts import change_contacts
from app.services.rent.contacts import Contacts, contacts
from app.services.rent.queries import find
from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.prepared import prepared

GIVEN = Contacts(
    phone="0191 498 0123",
    mobile="+44 7700 900123",
    email="maria@example.org",
    correspondence_address=("Care of Sample", "1 Sample Close", "Testford"),
    preferred_contact=PreferredContact.EMAIL,
    format_need=FormatNeed.LARGE_PRINT,
    language="Polish",
    contact_note="Mornings only",
)


@prepared
def person(desk):
    def let(ctx):
        made = lettings.letting(ctx, who=("Maria", "Testerton"), reference="0012 4471 03")
        refresh_search(ctx)
        return made.person.id

    return desk.do(let)


def test_they_are_kept_as_given_with_who_and_when(desk, person, clock):
    before = desk.ask(contacts, person)
    changes = desk.do(change_contacts, person, GIVEN, before.version).changes
    after = desk.ask(contacts, person)
    assert Contacts(**after.values) == GIVEN
    assert after.version == before.version + 1
    assert (after.by, after.at) == ("Test Officer", clock.now())
    assert "rent" in changes.areas
    assert len(changes.account_ids) == 1


def test_the_audit_says_what_was_there_before(desk, person):
    desk.do(change_contacts, person, Contacts(phone="0191 498 0123"), desk.ask(contacts, person).version)
    entry = desk.ask(
        lambda ctx: ctx.session.scalars(
            select(AuditEntry).where(AuditEntry.table_name == "person", AuditEntry.action == "update")
        ).one()
    )
    assert '"phone": "0191 498 0123"' in entry.after


def test_they_are_found_by_the_new_number_and_not_by_the_old(desk, person):
    desk.do(change_contacts, person, Contacts(mobile="07700 900123"), 1)
    assert [row.reference for row in desk.ask(find, "07700900123")] == ["0012 4471 03"]
    desk.do(change_contacts, person, Contacts(mobile="07700 900456"), 2)
    assert desk.ask(find, "07700900123") == ()


def test_an_older_version_is_refused_and_nothing_is_saved(desk, person):
    desk.do(change_contacts, person, Contacts(phone="0191 498 0123"), 1)
    with pytest.raises(ChangedMeanwhile, match="Somebody else changed this record"):
        desk.do(change_contacts, person, GIVEN, 1)
    assert desk.ask(contacts, person).values["phone"] == "0191 498 0123"


def test_everything_that_is_wrong_is_told_at_once(desk, person):
    wrong = Contacts(
        phone="by and by",
        mobile="12",
        email="maria at example",
        correspondence_address=tuple("abcdefgh"),
        preferred_contact=PreferredContact.POST,
        contact_note="Card 4111 1111 1111 1111",
    )
    with pytest.raises(UserErrors) as refused:
        desk.do(change_contacts, person, wrong, 1)
    assert {error.field for error in refused.value.errors} == {
        "phone",
        "mobile",
        "email",
        "correspondence_address",
        "contact_note",
    }
    assert desk.ask(contacts, person).version == 1


@pytest.mark.parametrize(
    ("preferred", "there"),
    [
        (PreferredContact.EMAIL, {"email": "maria@example.org"}),
        (PreferredContact.TEXT, {"mobile": "07700 900123"}),
        (PreferredContact.PHONE, {"phone": "0191 498 0123"}),
    ],
)
def test_a_preferred_way_needs_its_number_or_address(desk, person, preferred, there):
    with pytest.raises(UserErrors, match="is needed"):
        desk.do(change_contacts, person, Contacts(preferred_contact=preferred), 1)
    desk.do(change_contacts, person, Contacts(preferred_contact=preferred, **there), 1)


@pytest.mark.parametrize("number", ["0191 498 0000", "(0191) 498-0000", "+44 191 498 0000", "0191 498 0000 ext 12"])
def test_numbers_as_they_are_written(desk, person, number):
    desk.do(change_contacts, person, Contacts(phone=number), 1)
    assert desk.ask(contacts, person).values["phone"] == number


def test_nobody_of_that_number(desk):
    with pytest.raises(UserError, match="no person number 99"):
        desk.ask(contacts, 99)


def test_of_two_who_save_at_once_one_is_told(desk, person):
    started, told = threading.Barrier(2), []

    def save(phone):
        started.wait()
        try:
            desk.do(change_contacts, person, Contacts(phone=phone), 1)
        except ChangedMeanwhile as error:
            told.append((phone, error))

    both = [threading.Thread(target=save, args=(phone,)) for phone in ("0191 498 0001", "0191 498 0002")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(told) == 1
    kept = desk.ask(contacts, person)
    assert kept.version == 2
    assert kept.values["phone"] != told[0][0]
