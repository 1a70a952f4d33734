"""Ctrl+K's service: whatever is typed finds the records whose words begin so, grouped by what they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from app import registered
from app.models.search import SearchWord
from app.models.values import AccountKind, Money, Subject
from app.services.core import finding, search_index
from app.services.core.folding import index_words
from app.services.diary import keeping
from app.services.diary.dto import NewTask, Requester
from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.prepared import prepared

registered.register()


@prepared
def street(desk):
    """Zoë O'Brien at a home with a garage, and a former tenant who has left an empty home."""

    def build(ctx):
        zoe = lettings.letting(
            ctx,
            who=("Zoë", "Marlow-O'Brien"),
            reference="0012 4471 03",
            prop=lettings.dwelling(ctx, address_1="12 Heron Court", postcode="ZZ7 1AB"),
        )
        zoe.person.email = "zoe.sample@example.org"
        zoe.person.mobile = "07700 900 123"
        garage = lettings.garage_letting(ctx, home=zoe)
        gone = lettings.letting(
            ctx,
            who=("Carl", "Left"),
            end_on=date(2026, 3, 1),
            prop=lettings.dwelling(ctx, address_1="91 Tern Way", postcode="ZZ8 2CD"),
        )
        zoe.account.balance_pence = 41_286
        garage.account.balance_pence = -2_250
        ctx.session.flush()
        refresh_search(ctx)
        return zoe, garage, gone

    return desk.do(build)


def shown(desk, text, limit=6):
    return {group.title: [found.title for found in group.found] for group in desk.ask(finding.find, text, limit)}


@pytest.mark.parametrize(
    "text",
    [
        "marl",
        "obrien zo",
        "ZOË",
        "0012447103",
        "0012 4471 03",
        "00 12 44",
        "zz71",
        "zz7 1ab",
        "07700900123",
        "07700 900123",
        "heron court zoe",
        "12 heron",
    ],
)
def test_the_beginning_of_any_word_finds_the_account(desk, street, text):
    found = [
        each.subject_id for group in desk.ask(finding.find, text) for each in group.found if group.title == "Accounts"
    ]
    assert street[0].account.id in found


def test_every_word_must_begin_one_of_the_records(desk, street):
    assert shown(desk, "zoe tern") == {}
    assert shown(desk, "eron") == {}
    assert shown(desk, "   ") == {}


def test_a_person_is_shown_once_with_what_they_owe_in_all(desk, street):
    (person,) = next(group for group in desk.ask(finding.find, "zoe.sample@") if group.title == "People").found
    assert (person.subject, person.subject_id) == (Subject.PERSON, street[0].person.id)
    assert person.amount == Money(41_286 - 2_250)
    assert person.detail.startswith("2 accounts")


def test_an_address_says_who_lives_there_or_that_nobody_does(desk, street):
    details = {
        found.title: found.detail
        for text in ("heron", "tern")
        for group in desk.ask(finding.find, text)
        if group.title == "Addresses"
        for found in group.found
    }
    assert [title for title, detail in details.items() if "Nobody lives here" in detail] == [
        "91 Tern Way, Testford, ZZ8 2CD"
    ]


@pytest.mark.parametrize("typed", ["0012447104", "0012 4417 03", "0021447103"])
def test_a_reference_with_one_digit_wrong_or_two_swapped_is_offered(desk, street, typed):
    (group,) = desk.ask(finding.find, typed)
    assert group.title == "Did you mean"
    assert [found.subject_id for found in group.found] == [street[0].account.id]
    assert group.found[0].title.startswith("0012 4471 03")


def test_a_right_reference_offers_no_other(desk, street):
    assert "Did you mean" not in shown(desk, "0012 4471 03")


def test_more_says_that_there_are_others(desk, street):
    (accounts,) = [group for group in desk.ask(finding.find, "zz", 2) if group.title == "Accounts"]
    assert len(accounts.found) == 2
    assert accounts.more


def test_wildcards_are_plain_text(desk, street):
    for text in ("%", "_", "[a-z]", "'; --"):
        assert shown(desk, text) == {}


def test_a_task_is_found_by_its_title_and_who_asked_with_who_has_it(desk, street):
    asked = Requester("Sample Colleague", "Repairs")
    new = NewTask(
        "Ring the bank",
        subject=Subject.ACCOUNT,
        subject_id=street[0].account.id,
        due_on=date(2026, 11, 30),
        requester=asked,
    )
    task_id = desk.do(keeping.add_task, new)
    for text in ("bank", "repairs colleague"):
        (group,) = [group for group in desk.ask(finding.find, text) if group.title == "Tasks"]
        assert [(found.subject_id, found.detail) for found in group.found] == [
            (task_id, "Due 30 Nov 2026  with nobody yet")
        ]


def test_a_changed_record_is_found_by_its_new_words_only(desk, street):
    desk.do(search_index.index_record, Subject.TASK, 7, "Sign the debit")
    assert desk.ask(finding.matching_ids, Subject.TASK, "deb", 5) == [7]
    desk.do(search_index.index_record, Subject.TASK, 7, "Ring the bank")
    assert desk.ask(finding.matching_ids, Subject.TASK, "deb", 5) == []
    assert desk.ask(finding.matching_ids, Subject.TASK, "bank ring", 5) == [7]


def test_the_index_of_some_accounts_is_that_of_all(desk, street):
    def words(ctx):
        return {tuple(row) for row in ctx.session.execute(SearchWord.__table__.select())}

    whole = desk.ask(words)
    desk.do(refresh_search, [each.account.id for each in street])
    assert desk.ask(words) == whole
    desk.do(lambda ctx: ctx.session.execute(delete(SearchWord).where(SearchWord.subject == Subject.PERSON)))
    desk.do(refresh_search)
    assert desk.ask(words) == whole


def test_statements_stay_few_however_much_is_there(desk, street, query_log):
    query_log.clear()
    desk.ask(finding.find, "zoe heron")
    looked_for, shown = len(finding._SOURCES), 3 * len(("account", "person", "property"))
    assert len([each for each in query_log if each.startswith("SELECT")]) <= looked_for + shown
    assert street[1].account.kind is AccountKind.GARAGE


@given(st.text(max_size=60))
def test_every_word_is_folded_short_and_not_empty(text):
    for word in index_words([text]):
        assert 0 < len(word) <= 40
        assert not any(letter.isspace() for letter in word)
