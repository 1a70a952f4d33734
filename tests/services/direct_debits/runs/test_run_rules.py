"""Why a collection or an instruction stays out, with which code it goes, and how a declaration differs: no database."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.values import BacsCode, CollectionKind, LeftOut, MandateState, Money
from app.services.direct_debits.runs import rules
from app.services.direct_debits.runs.rules import Due, Standing

ENTRY = date(2026, 11, 25)
LIVE = Standing(MandateState.LIVE)
GOES = Due(ENTRY, 50_00, 50_00, date(2026, 9, 15), "", None, 2_500_00)


def collect(standing=LIVE, **due):
    return [reason.value for reason, _words in rules.why_not_collect(standing, replace(GOES, **due))]


def test_a_live_mandate_is_collected():
    assert collect() == []


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("new", "not_lodged"),
        ("amended", "not_lodged"),
        ("suspended", "suspended"),
        ("cancelled", "suspended"),
        ("dormant", "suspended"),
        ("expired", "suspended"),
    ],
)
def test_a_mandate_that_isnt_lodged_or_stopped_is_not(state, reason):
    assert collect(Standing(MandateState(state))) == [reason]


def test_a_lodged_one_waits_its_days():
    lodged = Standing(MandateState.LODGED)
    assert collect(lodged, collect_from=ENTRY) == []
    assert collect(lodged, collect_from=date(2026, 11, 26)) == ["not_lodged"]


@pytest.mark.parametrize(
    ("due", "reason"),
    [
        ({"pence": 0, "shares_pence": 0}, "nothing_due"),
        ({"shares_pence": 49_99}, "bad_shares"),
        ({"pence": 2_500_01, "shares_pence": 2_500_01}, "above_limit"),
        ({"stopped": "Breathing space"}, "breathing_space"),
        ({"again_by": date(2026, 11, 24)}, "past_month"),
        ({"unfit": (LeftOut.NO_NOTICE, "Nobody told them.")}, "no_notice"),
    ],
)
def test_what_is_wrong_with_a_collection_is_named(due, reason):
    assert collect(**due) == [reason]


def test_every_reason_is_told_at_once():
    worst = Standing(
        MandateState.SUSPENDED, "Died", "The payer died.", "It ended.", "Case 1.", "The reference.", "The bank."
    )
    assert collect(worst, pence=0, shares_pence=0) == [
        "deceased",
        "tenancy_ended",
        "claim_open",
        "suspended",
        "nothing_due",
        "bad_reference",
        "bad_details",
    ]


def test_a_cancellation_goes_whatever_happened_but_must_be_writable():
    dead = Standing(MandateState.CANCELLED, "", "The payer died.", "It ended.")
    lodge = lambda standing, code: [reason.value for reason, _ in rules.why_not_lodge(standing, code)]  # noqa: E731
    assert lodge(dead, BacsCode.CANCEL) == []
    assert lodge(dead, BacsCode.NEW) == ["deceased", "tenancy_ended", "suspended"]
    assert lodge(replace(dead, bank="No numbers."), BacsCode.CANCEL) == ["bad_details"]
    assert lodge(Standing(MandateState.NEW), BacsCode.NEW) == []


@pytest.mark.parametrize(
    ("kind", "first", "code"),
    [
        ("scheduled", True, "01"),
        ("scheduled", False, "17"),
        ("added", False, "17"),
        ("again", True, "18"),
        ("again", False, "18"),
        ("final", False, "19"),
        ("final", True, "01"),
    ],
)
def test_the_code_says_what_the_bank_has_seen(kind, first, code):
    assert rules.code_of(CollectionKind(kind), first=first).value == code


def test_a_declaration_that_differs_says_how():
    assert rules.declared_fault(2, Money(100), 2, Money(100), "collections") == ""
    assert rules.declared_fault(2, Money(100), 3, Money(150), "collections") == (
        "You declared 2 collections of £1.00; 3 of £1.50 are selected now: 1 more, £0.50 more."
    )


def test_a_want_of_notice_is_a_sentence():
    told = (date(2026, 11, 20), ENTRY, 40_00)
    assert rules.notice_words(LeftOut.CHANGED_SINCE_NOTICE, ENTRY, told) == (
        "The payer was told of £40.00 on Wed 25 Nov 2026."
    )
    assert rules.notice_words(LeftOut.NOTICE_TOO_SHORT, ENTRY, told) == (
        "The notice counts from Fri 20 Nov 2026, too late for Wed 25 Nov 2026."
    )
    assert "wasn't told" in rules.notice_words(LeftOut.NO_NOTICE, ENTRY, (None, None, None))
