"""The landlord's details are given once and printed from then on."""

from dataclasses import replace

import pytest

from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.core.landlord import LandlordDetails, landlord, landlord_as_kept, set_landlord

GIVEN = LandlordDetails("Sample Council", "White Lion House", ("1 High Street", "Sampletown"), how_to_pay=("By card",))


def test_until_they_are_given_the_landlord_has_no_name(desk):
    assert desk.ask(landlord) == LandlordDetails()


def test_what_is_given_is_kept_and_replaced(desk):
    desk.do(set_landlord, GIVEN)
    desk.do(set_landlord, replace(GIVEN, phone="01234 567890"))
    assert desk.ask(landlord) == replace(GIVEN, phone="01234 567890")


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (replace(GIVEN, name="  "), "name"),
        (replace(GIVEN, phone="0" * 41), "phone"),
        (replace(GIVEN, how_to_pay=("By card", "such as 4111 1111 1111 1111")), "how_to_pay"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(desk, bad, field):
    with pytest.raises(UserError) as refused:
        desk.do(set_landlord, bad)
    assert refused.value.field == field


def test_everything_that_is_wrong_is_told_at_once(desk):
    with pytest.raises(UserErrors) as refused:
        desk.do(set_landlord, replace(GIVEN, name="", phone="0" * 41, website="w" * 201))
    assert [error.field for error in refused.value.errors] == ["name", "phone", "website"]


def test_a_form_filled_from_an_older_version_is_refused(desk, clock):
    assert desk.ask(landlord_as_kept).version == 0
    desk.do(set_landlord, GIVEN, 0)
    kept = desk.ask(landlord_as_kept)
    assert LandlordDetails(**kept.values) == GIVEN
    assert (kept.by, kept.at) == ("Test Officer", clock.now())
    desk.do(set_landlord, replace(GIVEN, phone="01234 567890"), kept.version)
    with pytest.raises(ChangedMeanwhile):
        desk.do(set_landlord, replace(GIVEN, phone="01234 567891"), kept.version)
    with pytest.raises(ChangedMeanwhile):
        desk.do(set_landlord, GIVEN, 0)
    assert desk.ask(landlord).phone == "01234 567890"


def test_a_form_is_filled_by_one_reading_of_the_landlord(desk, query_log):
    desk.do(set_landlord, GIVEN)
    query_log.clear()
    desk.ask(landlord_as_kept)
    assert sum("FROM landlord" in statement for statement in query_log) == 1
