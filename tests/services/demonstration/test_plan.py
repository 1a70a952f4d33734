"""The plan of a landlord of some size: everything an office meets is in it."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from app.models.values import AccountKind, ArrangementState, BenefitKind, FormatNeed, Fund, PaymentMethod, Tenure
from app.services.core.cards import luhn
from app.services.demonstration.dto import Size
from app.services.demonstration.plan import make_plan
from app.services.demonstration.rules.habits import Habit

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def plan():
    return make_plan(Size(1000, 160, 3), "test", TODAY, 59)


def test_every_habit_kind_and_tenure_is_there(plan):
    assert {payer.habit for payer in plan.payers} == set(Habit)
    assert {payer.kind for payer in plan.payers} == set(AccountKind) - {AccountKind.SUNDRY, AccountKind.CONTROL}
    tenures = {row["tenure"] for row in plan.rows["tenancy"]}
    assert {Tenure.SECURE, Tenure.INTRODUCTORY, Tenure.AFFORDABLE, Tenure.LEASEHOLD, Tenure.GARAGE} <= tenures
    assert {row["fund"] for row in plan.rows["account"]} == set(Fund)
    assert {PaymentMethod.DIRECT_DEBIT, PaymentMethod.SALARY} <= {row["payment_method"] for row in plan.rows["tenancy"]}


def test_the_codes_of_a_real_rent_roll_are_there(plan):
    codes = Counter(line.code for batches in plan.batches.values() for batch in batches for line in batch.lines)
    wanted = "RHB RUC RDP RDD RDN RSO RBP RBR RPY RCP RCO RQP RDS DRR DCC ADJ WOF RDR"
    assert set(wanted.split()) <= set(codes)


def test_people_live_together_end_and_owe(plan):
    places = Counter(row["tenancy_id"] for row in plan.rows["tenant"])
    assert {1, 2, 3} <= set(places.values())
    assert any(row["end_on"] for row in plan.rows["tenancy"])
    assert {row["format_need"] for row in plan.rows["person"]} >= {FormatNeed.LARGE_PRINT, FormatNeed.STANDARD}
    assert any(row["language"] for row in plan.rows["person"])
    assert {row["state"] for row in plan.rows["arrangement"]} == {ArrangementState.LIVE, ArrangementState.BROKEN}
    assert {row["kind"] for row in plan.rows["benefit_claim"]} == {
        BenefitKind.HOUSING_BENEFIT,
        BenefitKind.UNIVERSAL_CREDIT,
    }
    assert all(plan.rows[table] for table in ("flag", "hold", "note"))


def test_a_property_never_has_two_lettings_at_once(plan):
    by_property = {}
    for row in plan.rows["tenancy"]:
        by_property.setdefault(row["property_id"], []).append((row["start_on"], row["end_on"] or date.max))
    for spans in by_property.values():
        spans.sort()
        assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_references_are_unique_and_no_card_numbers(plan):
    references = [row["reference_key"] for row in plan.rows["account"]]
    assert len(set(references)) == len(references)
    assert not any(len(reference) >= 13 and luhn(reference) for reference in references)


def test_addresses_are_told_apart(plan):
    places = [(row["address_1"], row["address_2"], row["postcode"]) for row in plan.rows["property"]]
    assert len(set(places)) == len(places)


def test_nothing_happens_after_today(plan):
    days = [line.effective_on for batches in plan.batches.values() for batch in batches for line in batch.lines]
    assert max(days) <= TODAY
    assert all(batch.on <= TODAY for batches in plan.batches.values() for batch in batches)


def test_garages_are_near_homes_or_let_to_anybody(plan):
    garages = [row for row in plan.rows["property"] if row["ref"].startswith("G")]
    places = {row["id"] for row in garages}
    lets = {row["id"] for row in plan.rows["tenancy"] if row["property_id"] in places}
    linked = {row["tenancy_id"] for row in plan.rows["garage_home"]}
    assert linked < lets
    assert {row["near"] for row in plan.rows["garage_home"]} == {True, False}
