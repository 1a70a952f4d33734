"""Categories: listed with their standards, changed, added, retired."""

import pytest

from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.post_log.categories import commands, queries
from app.services.post_log.categories.dto import CategoryForm
from app.services.post_log.dto import Holder


def by_key(desk):
    return {row.key: row for row in desk.ask(queries.categories)}


def form(row, **changed):
    values = {"name": row.name, "months": row.months, "category_id": row.category_id, "version": row.version}
    return CategoryForm(**values | changed)


def test_each_is_listed_with_its_standard(desk):
    found = by_key(desk)
    assert (found["general"].acknowledge, found["general"].answer) == ("3 working days", "10 working days")
    assert found["complaint_2"].answer == "20 working days after that"
    assert found["subject_access"].answer == "1 calendar month"
    assert (found["court"].acknowledge, found["court"].answer) == ("", "the same day")
    assert found["general"].fixed


def test_how_long_it_is_kept_and_who_gets_it_are_changed(desk):
    row = by_key(desk)["foi"]
    desk.do(commands.save, form(row, months=48, holder=Holder(officer_id=desk.officer.id), high=True))
    changed = by_key(desk)["foi"]
    assert (changed.months, changed.holder_name, changed.high) == (48, "Test Officer", True)
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.save, form(row, months=60))


def test_a_new_one_is_listed_last_with_a_key_of_its_own(desk):
    desk.do(commands.save, CategoryForm("Lost  keys", 12))
    new = desk.ask(queries.categories)[-1]
    assert (new.key, new.name, new.answer) == ("lost_keys", "Lost keys", "10 working days")
    desk.do(commands.save, CategoryForm("Lost keys!", 12))
    assert desk.ask(queries.categories)[-1].key == "lost_keys_2"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "no name"),
        ({"name": "general ENQUIRY"}, "already"),
        ({"months": 0}, "1 to 1,200 months"),
        ({"months": None}, "1 to 1,200 months"),
        ({"holder": Holder(officer_id=99)}, "has left"),
        ({"name": "4111 1111 1111 1111"}, "card number"),
    ],
)
def test_what_no_category_may_be(desk, changed, said):
    with pytest.raises(UserError, match=said):
        desk.do(commands.save, form(by_key(desk)["foi"], **changed))


def test_the_letter_that_acknowledges_is_chosen_from_those_about_post_that_ask_nothing(desk):
    offered = dict(desk.ask(queries.acknowledgements))
    assert {"post_acknowledgement", "post_complaint", "post_information", "post_death"} == set(offered)
    row = by_key(desk)["foi"]
    assert row.acknowledgement_title == "Post: acknowledgement of a request for information"
    desk.do(commands.save, form(row, acknowledgement="post_complaint"))
    changed = by_key(desk)["foi"]
    assert changed.acknowledgement == "post_complaint"
    desk.do(commands.save, form(changed, acknowledgement=""))
    assert by_key(desk)["foi"].acknowledgement == ""
    with pytest.raises(UserError, match="typed into it") as caught:
        desk.do(commands.save, form(by_key(desk)["foi"], acknowledgement="post_reply"))
    assert caught.value.field == "acknowledgement"


def test_what_rentbook_files_under_is_not_retired(desk):
    with pytest.raises(UserError, match="by itself"):
        desk.do(commands.save, form(by_key(desk)["returned"], retired=True))
    desk.do(commands.save, form(by_key(desk)["other"], retired=True))
    assert desk.ask(queries.categories)[-1].key == "other"
