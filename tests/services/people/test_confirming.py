"""A change of contact is confirmed by the old way, never shows the new, and is never sent where a safety flag is set."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.letters import Outgoing
from app.models.people import Person, PersonAddress, Tenant
from app.models.values import AddressKind, HoldKind, PersonFlagKind, PreferredContact, Stop
from app.services.holds.commands import place
from app.services.holds.dto import PlaceHold
from app.services.letters.queries import queue
from app.services.people import addresses
from app.services.people.commands.addresses import keep_address
from app.services.people.commands.contacts import change_contacts
from app.services.people.commands.flags import keep_flag
from app.services.people.dto import KeepAddress, KeepFlag
from app.services.rent.contacts import Contacts
from tests.factories import lettings
from tests.services.people.conftest import person

OLD = Contacts(phone="0191 498 0000", mobile="07700 900123", email="old@example.org")
NEW_MAIL = replace(OLD, email="new@example.org")


def change(desk, person_id, given):
    return desk.do(change_contacts, person_id, given, person(desk, person_id).version)


def sent(desk):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(Outgoing).order_by(Outgoing.id))))


def tasks(desk):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(Task).where(Task.kind == "confirm_contact"))))


def test_another_e_mail_address_is_confirmed_at_the_old_one_without_showing_the_new(desk, maria):
    saved = change(desk, maria, NEW_MAIL)
    (mail,) = sent(desk)
    assert (mail.channel, mail.address, mail.person_id) == ("email", "old@example.org", maria)
    assert "your e-mail address" in mail.body
    assert "new@example.org" not in mail.body + mail.subject_line
    assert saved.told == "The contact details are saved. An e-mail to the old address says so."
    assert tasks(desk) == []


def test_another_mobile_number_is_confirmed_by_text_to_the_old_one(desk, maria):
    change(desk, maria, replace(OLD, mobile="07700 900456"))
    (text,) = sent(desk)
    assert (text.channel, text.address) == ("text", "+447700900123")
    assert "900456" not in text.body


def test_another_address_for_letters_is_confirmed_by_letter_to_the_home(desk, maria):
    change(desk, maria, replace(OLD, correspondence_address=("7 Other Road", "Testford", "ZZ9 9ZZ")))
    (letter,) = sent(desk)
    assert letter.channel == "letter"
    assert letter.address.splitlines()[0] == "1 Sample Close"
    content = desk.ask(queue.letter_file, letter.id).content
    assert b"Other Road" not in content


def test_a_number_written_another_way_and_what_is_no_way_to_reach_them_need_no_word(desk, maria):
    change(desk, maria, replace(OLD, mobile="+44 7700 900 123", contact_note="Mornings", language="Polish"))
    change(desk, maria, replace(OLD, mobile="+44 7700 900 123", preferred_contact=PreferredContact.EMAIL))
    assert sent(desk) == []
    assert tasks(desk) == []


@pytest.mark.usefixtures("maria")
def test_one_of_two_tenants_is_written_to_alone(desk):
    def join(ctx):
        tenancy_id = ctx.session.scalars(select(Tenant.tenancy_id)).one()
        other = lettings.person(ctx, "Tom", "Testerton", email="tom@example.org")
        ctx.session.add(Tenant(tenancy_id=tenancy_id, person_id=other.id, position=2))
        return other.id

    tom = desk.do(join)
    change(desk, tom, Contacts(email="tom@elsewhere.example"))
    change(desk, tom, Contacts(email="tom@elsewhere.example", phone="0191 498 0001"))
    mail, letter = sent(desk)
    assert (mail.address, mail.addressee) == ("tom@example.org", "Mx Tom Testerton")
    assert letter.addressee == "Mx Tom Testerton"
    assert letter.address.splitlines()[0] == "1 Sample Close"


@pytest.mark.parametrize("ended", [False, True])
def test_where_a_safety_flag_is_set_nothing_is_sent_and_somebody_asks_them(desk, home, ended, clock):
    maria, account = home
    today = clock.today()
    past = today - timedelta(days=30)
    until = today - timedelta(days=1) if ended else None
    desk.do(keep_flag, KeepFlag(maria, PersonFlagKind.SAFETY, "Address is secret", past, to_on=until))
    saved = change(desk, maria, NEW_MAIL)
    assert len(sent(desk)) == (1 if ended else 0)
    if ended:
        return
    (task,) = tasks(desk)
    assert (task.subject_id, task.kind) == (account, "confirm_contact")
    assert "safety flag" in task.details
    assert "new@example.org" not in task.title + task.details
    assert saved.told.endswith("A task asks to confirm it with them.")


def test_whoever_is_not_to_be_contacted_is_asked_by_hand(desk, maria):
    change(desk, maria, replace(OLD, do_not_contact=True))
    change(desk, maria, replace(NEW_MAIL, do_not_contact=True))
    assert sent(desk) == []
    (task,) = tasks(desk)
    assert "not to be contacted" in task.details


def test_where_letters_are_stopped_somebody_asks_them(desk, home):
    maria, account = home
    desk.do(place, PlaceHold(account, HoldKind.DISPUTE, "Heating", stops=frozenset({Stop.LETTERS})))
    change(desk, maria, NEW_MAIL)
    assert sent(desk) == []
    (task,) = tasks(desk)
    assert "on hold" in task.details


def test_somebody_without_an_account_or_who_died_is_not_written_to(desk, maria, clock):
    nobody = desk.do(lambda ctx: lettings.person(ctx, email="old@example.org").id)
    change(desk, nobody, NEW_MAIL)

    def die(ctx):
        ctx.session.get_one(Person, maria).died_on = clock.today()

    desk.do(die)
    change(desk, maria, NEW_MAIL)
    assert sent(desk) == []
    assert tasks(desk) == []


# The address for letters, over time

ELSEWHERE = KeepAddress(0, AddressKind.CORRESPONDENCE, ("7 Other Road", "Testford"), "zz9 9zz")


def rows(desk, person_id):
    statement = select(PersonAddress).where(PersonAddress.person_id == person_id).order_by(PersonAddress.id)
    return desk.ask(lambda ctx: list(ctx.session.scalars(statement)))


def test_an_address_for_letters_is_where_letters_go_and_is_confirmed_at_the_home(desk, maria, clock):
    new = replace(ELSEWHERE, person_id=maria, from_on=clock.today())
    shown = desk.ask(addresses.preview, new)
    assert [(effect.group, effect.before, effect.after) for effect in shown][1] == (
        "Letters",
        "the home",
        "7 Other Road, Testford, ZZ9 9ZZ",
    )
    desk.do(keep_address, new)
    assert person(desk, maria).correspondence_address == "7 Other Road\nTestford\nZZ9 9ZZ"
    (letter,) = sent(desk)
    assert letter.address.splitlines()[0] == "1 Sample Close"


def test_only_one_address_for_letters_stands(desk, maria, clock):
    today = clock.today()
    desk.do(keep_address, replace(ELSEWHERE, person_id=maria, from_on=today - timedelta(days=10)))
    desk.do(keep_address, replace(ELSEWHERE, person_id=maria, lines=("8 Other Road", "Testford"), from_on=today))
    first, second = rows(desk, maria)
    assert (first.to_on, second.to_on) == (today - timedelta(days=1), None)
    assert person(desk, maria).correspondence_address.startswith("8 Other Road")
    assert sent(desk)[1].address.splitlines()[0] == "7 Other Road"


def test_the_sheet_of_contact_details_keeps_the_addresses_in_step(desk, maria, clock):
    today = clock.today()
    desk.do(keep_address, replace(ELSEWHERE, person_id=maria, from_on=today - timedelta(days=10)))
    change(desk, maria, replace(OLD, correspondence_address=("8 Other Road", "Testford", "ZZ9 9ZZ")))
    change(desk, maria, OLD)
    (first,) = rows(desk, maria)
    assert (first.lines, first.to_on) == ("7 Other Road\nTestford", today - timedelta(days=1))
    assert person(desk, maria).correspondence_address == ""


def test_an_ended_address_for_letters_sends_them_home_again(desk, maria, clock):
    today = clock.today()
    saved = desk.do(keep_address, replace(ELSEWHERE, person_id=maria, from_on=today - timedelta(days=10)))
    ends = replace(
        ELSEWHERE,
        person_id=maria,
        from_on=today - timedelta(days=10),
        to_on=today - timedelta(days=1),
        address_id=saved.row_id,
        version=saved.version,
    )
    desk.do(keep_address, ends)
    assert person(desk, maria).correspondence_address == ""


def test_an_address_that_ends_later_raises_a_task_for_that_day(desk, maria, clock):
    ends = clock.today() + timedelta(days=60)
    saved = desk.do(keep_address, replace(ELSEWHERE, person_id=maria, from_on=clock.today(), to_on=ends))
    kind = f"person_address {saved.row_id}"
    (task,) = desk.ask(lambda ctx: list(ctx.session.scalars(select(Task).where(Task.kind == kind))))
    assert task.due_on == ends


def test_another_kind_of_address_sends_no_letter(desk, maria, clock):
    desk.do(keep_address, replace(ELSEWHERE, person_id=maria, kind=AddressKind.PREVIOUS))
    assert sent(desk) == []
    assert person(desk, maria).correspondence_address == ""
