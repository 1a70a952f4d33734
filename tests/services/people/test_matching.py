"""Likely duplicates, found in the tables."""

from datetime import date

import pytest

from app.services.core.errors import UserError
from app.services.people.matching import likely, likely_duplicates
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.people.conftest import restrict

BORN = date(1980, 2, 3)


@prepared
def maria(desk):
    def let(ctx):
        made = lettings.letting(ctx, who=("Maria", "Testerton"))
        made.person.date_of_birth = BORN
        made.person.mobile = "+44 7700 900123"
        made.person.email = "Maria@Example.org"
        return made.person.id

    return desk.do(let)


def found(desk, first="", last="", born=None, phone="", email="", postcode=""):
    return desk.ask(likely, first, last, born, phone, email, postcode)


def test_by_the_date_of_birth_and_a_similar_name(desk, maria):
    (match,) = found(desk, "Mara", "Testerten", BORN)
    assert (match.person_id, match.sure) == (maria, True)
    assert match.why == "a similar name, the same date of birth"
    assert match.address == "1 Sample Close, ZZ11 1AA"


@pytest.mark.parametrize("phone", ["07700900123", "(07700) 900-123", "0044 7700 900 123"])
def test_by_a_number_written_another_way(desk, maria, phone):
    assert [each.person_id for each in found(desk, "Maria", "Testerton", phone=phone)] == [maria]


def test_by_the_e_mail_address_whatever_its_capitals(desk, maria):
    assert [each.sure for each in found(desk, "M", "Testerton", email="maria@example.org")] == [True]


def test_nobody_for_nothing(desk, maria):
    assert found(desk) == ()
    assert found(desk, "Tom", "Other", BORN) == ()


def test_duplicates_of_somebody_who_is_there_are_not_themselves(desk, maria):
    twin = desk.do(lambda ctx: lettings.person(ctx, "Maria", "Testerton", date_of_birth=BORN).id)
    assert [each.person_id for each in desk.ask(likely_duplicates, maria)] == [twin]


def test_a_merged_record_is_told_no_more(desk, maria):
    def merged(ctx):
        twin = lettings.person(ctx, "Maria", "Testerton", date_of_birth=BORN)
        twin.merged_into_id = maria

    desk.do(merged)
    assert desk.ask(likely_duplicates, maria) == ()


def test_people_of_restricted_records_are_not_told(desk, colleague, maria):
    desk.do(restrict, maria, colleague.officer.id)
    assert found(desk, "Maria", "Testerton", BORN) == ()
    with pytest.raises(UserError, match="restricted record"):
        desk.ask(likely_duplicates, maria)
    assert len(found(colleague, "Maria", "Testerton", BORN)) == 1
