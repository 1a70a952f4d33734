"""Who gets a statement, in which form."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import AccountKind, FormatNeed
from app.services.core.errors import UserError
from app.services.statements import rules
from app.services.statements.dto import Candidate, RunRequest, Variant, Which

ONE = Candidate(1, "70000001", AccountKind.RENT, "Mx A", ("1 Road", "ZZ1 1ZZ"), "1 Road", 1, "GEN", "General", 100)
REQUEST = RunRequest(date(2026, 6, 29), date(2026, 9, 27))


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"hold": "Dispute"}, "On hold: Dispute"),
        ({"do_not_contact": True}, "Do not contact."),
        ({"address": ()}, "No address to post to."),
        ({"moved": False, "balance_pence": 0}, "No movement in the period and nothing owed."),
        ({"needs": frozenset({FormatNeed.AUDIO, FormatNeed.BRAILLE})}, "Needs audio and braille: make it by hand."),
        ({"needs": frozenset({FormatNeed.EASY_READ})}, "Needs easy read: make it by hand."),
    ],
)
def test_what_keeps_a_statement_back(change, note):
    decision = rules.decide(replace(ONE, **change))
    assert (decision.sent, decision.note) == (False, note)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({}, ""),
        ({"moved": False}, "No movement in the period."),
        ({"balance_pence": 0}, ""),
        ({"languages": frozenset({"Welsh", "Polish"})}, "Needs Polish and Welsh: send a translation too."),
        (
            {"needs": frozenset({FormatNeed.LARGE_PRINT, FormatNeed.TEXT_ONLY})},
            "One tenant needs large print, another plain text: send the plain text too.",
        ),
    ],
)
def test_what_is_sent_with_a_remark_or_none(change, note):
    decision = rules.decide(replace(ONE, **change))
    assert (decision.sent, decision.note) == (True, note)


@pytest.mark.parametrize(
    ("needs", "form"),
    [
        (set(), Variant.STANDARD),
        ({FormatNeed.LARGE_PRINT}, Variant.LARGE_PRINT),
        ({FormatNeed.TEXT_ONLY}, Variant.TEXT),
        ({FormatNeed.TEXT_ONLY, FormatNeed.LARGE_PRINT}, Variant.LARGE_PRINT),
    ],
)
def test_the_form_that_somebody_needs(needs, form):
    assert rules.form_needed(needs) is form
    assert rules.decide(replace(ONE, needs=frozenset(needs)), Variant.TEXT).variant is Variant.TEXT


@pytest.mark.parametrize("language", ["", "English", " english ", "en", "EN-GB"])
def test_english_is_not_foreign(language):
    assert not rules.foreign(language)


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        (("1 Road", "", "Town", "ZZ1 1ZZ"), ("1 Road", "Town", "ZZ1 1ZZ")),
        (("1 Road", "Village", "Town", ""), ("1 Road", "Village", "Town")),
        (("1 Road", "", "", ""), ()),
        (("", "", "Town", "ZZ1 1ZZ"), ()),
    ],
)
def test_an_address_needs_a_first_line_and_a_town_or_postcode(lines, address):
    assert rules.address_lines(*lines) == address


def test_a_long_reason_fits_its_column():
    assert len(rules.decide(replace(ONE, hold="x" * 400)).note) == 200


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from([None, *FormatNeed])), max_size=30))
def test_groups_hold_everybody_sent_once_and_in_order(people):
    decided = []
    for at, (group, need) in enumerate(people):
        each = replace(ONE, account_id=at, group_name=group, needs=frozenset({need} - {None, FormatNeed.STANDARD}))
        decided.append((each, rules.decide(each)))
    groups = rules.grouped(decided)
    assert [(group.name, group.variant) for group in groups] == sorted({(g.name, g.variant) for g in groups})
    grouped = [each.account_id for group in groups for each in group.accounts]
    assert sorted(grouped) == [each.account_id for each, decision in decided if decision.sent]
    for group in groups:
        ids = [each.account_id for each in group.accounts]
        assert ids == sorted(ids)


def test_the_same_run_is_known_by_what_it_asks_for():
    key = rules.request_key(REQUEST)
    assert rules.request_key(replace(REQUEST, out_dir=Path("x"), file_each=True, again=True)) == key
    for change in (
        {"to_on": date(2026, 9, 28)},
        {"rent_groups": frozenset({"GEN"})},
        {"areas": frozenset({"North"})},
        {"accounts": Which.ARREARS},
        {"variant": Variant.LARGE_PRINT},
        {"kinds": frozenset({AccountKind.GARAGE})},
        {"former": True},
    ):
        assert rules.request_key(replace(REQUEST, **change)) != key


def test_a_kept_request_is_read_back():
    asked = replace(
        REQUEST, rent_groups=frozenset({"B", "A"}), accounts=Which.ARREARS, former=True, variant=Variant.TEXT
    )
    assert rules.request_from(rules.request_json(asked)) == asked


def test_a_period_may_be_one_day_but_not_less():
    rules.check_period(date(2026, 9, 27), date(2026, 9, 27))
    with pytest.raises(UserError, match="before it starts") as refused:
        rules.check_period(date(2026, 9, 27), date(2026, 9, 26))
    assert refused.value.field == "to_on"
