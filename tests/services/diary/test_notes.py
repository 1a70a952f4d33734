from dataclasses import replace
from datetime import date

import pytest

from app.models.values import Subject
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.diary import commands, queries
from tests.factories import lettings
from tests.prepared import prepared

TEST_CARD = "4111 1111 1111 1111"


@prepared
def account(desk):
    return desk.do(lettings.letting).account.id


def test_notes_are_read_latest_first_with_who_wrote_them(desk, account):
    changes = desk.do(commands.add_note, Subject.ACCOUNT, account, "  Rang about the rent.\nWill pay Friday. ")
    later = replace(desk, clock=FixedClock(date(2026, 11, 24)))
    later.do(commands.add_note, Subject.ACCOUNT, account, "Paid.")
    assert changes.account_ids == {account}
    read = desk.ask(queries.notes, Subject.ACCOUNT, account)
    assert [note.text for note in read] == ["Paid.", "Rang about the rent.\nWill pay Friday."]
    assert read[1].officer == "Test Officer"
    assert read[1].written_at.isoformat() == "2026-11-21T12:00:00+00:00"
    assert desk.ask(queries.notes, Subject.ACCOUNT, account + 1) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("   ", "empty"),
        ("x" * 4_001, "4,001 characters"),
        (f"Card {TEST_CARD} taken", "ending 1111"),
        (f"Card {TEST_CARD.replace(' ', '-')}", "ending 1111"),
    ],
)
def test_what_is_refused(desk, account, text, words):
    with pytest.raises(UserError, match=words) as refused:
        desk.do(commands.add_note, Subject.ACCOUNT, account, text)
    assert refused.value.field == "text"
    assert TEST_CARD not in str(refused.value)
    assert desk.ask(queries.notes, Subject.ACCOUNT, account) == ()


def test_a_payment_reference_that_looks_like_a_card_number_may_be_written(desk, account):
    desk.do(lettings.letting, reference=TEST_CARD)
    desk.do(commands.add_note, Subject.ACCOUNT, account, f"Paid to {TEST_CARD} by mistake.")
    assert len(desk.ask(queries.notes, Subject.ACCOUNT, account)) == 1


def test_there_must_be_an_account(desk):
    with pytest.raises(UserError, match="no account number 99999"):
        desk.do(commands.add_note, Subject.ACCOUNT, 99_999, "Hello")
