"""Two homes at 100.00 and 90.00 a week; a third has no charge at all. Today is Saturday 21 November 2026."""

from datetime import date

import pytest

from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def homes(desk):
    def make(ctx):
        lettings.letting(ctx, "100.00", reference="7001")
        lettings.letting(ctx, "90.00", reference="7002")
        lettings.letting(ctx, None, reference="7003")
        refresh_search(ctx)

    desk.do(make)


def test_rehearse_posts_nothing(office, homes):
    told = office("charge", "--week", "2026-11-18", "--rehearse", "--json").data
    assert (told["week"], told["journal"], told["lines"], told["total_pence"]) == ("2026-11-16", None, 2, 19000)
    assert ("7003", "no_charge") in {(each["reference"], each["concern"]) for each in told["exceptions"]}
    assert [(each["code"], each["amount_pence"]) for each in told["by_code"]] == [("DBR", 19000)]
    assert [(each["rent_group"], each["amount_pence"]) for each in told["by_rent_group"]] == [("GEN", 19000)]
    assert "would post: 2 lines, £190.00" in office("charge", "--week", "2026-11-18", "--rehearse").out
    assert office("balance", "7001", "--json").data["balance_pence"] == 0


def test_a_rehearsals_groups_and_voids_add_up_to_its_total(office, homes, desk):
    desk.do(lambda ctx: lettings.letting(ctx, "70.00", reference="7004", end_on=date(2026, 11, 1)))
    told = office("charge", "--week", "2026-11-16", "--rehearse").out
    rows = {line.split()[0]: line.split()[-2:] for line in told.splitlines() if line[:4] in {"GEN ", "Void"}}
    assert rows == {"GEN": ["2", "£190.00"], "Void": ["1", "£70.00"]}
    assert "would post: 3 lines, £260.00" in told


@pytest.mark.parametrize("day", ["2026-11-16", "2026-11-18", "2026-11-22"])
def test_any_day_of_the_week_charges_its_week(office, homes, day):
    told = office("charge", "--week", day, "--json").data
    assert (told["week"], told["journal"], told["lines"], told["total_pence"]) == ("2026-11-16", 1, 2, 19000)
    assert [each["reference"] for each in told["exceptions"]] == ["7003"]
    assert office("balance", "7001", "--json").data["balance_pence"] == 10000


def test_a_week_is_charged_once(office, homes):
    first = office("charge", "--week", "2026-11-16", "--json").data
    again = office("charge", "--week", "2026-11-17", "--json")
    assert (again.code, again.data) == (0, first | {"duplicate": True})
    assert "charged before" in again.err
    assert office("balance", "7001", "--json").data["balance_pence"] == 10000


def test_a_missed_week_is_refused_unless_caught_up(office, homes):
    office("charge", "--week", "2026-11-02")
    assert office("charge", "--week", "2026-11-16").code == 1
    told = office("charge", "--week", "2026-11-16", "--catch-up", "--json").data
    assert [each["week"] for each in told["weeks"]] == ["2026-11-09", "2026-11-16"]
    assert (told["week"], told["lines"]) == ("2026-11-16", 2)
    assert office("balance", "7001", "--json").data["balance_pence"] == 30000


def test_a_week_too_far_ahead_is_refused(office, homes):
    answer = office("charge", "--week", "2026-12-07", "--json")
    assert (answer.code, answer.out) == (1, "")
    assert "too far ahead" in answer.err


@pytest.mark.parametrize(
    "arguments", [[], ["--week", "16/11/2026"], ["--week", "2026-11-16", "--rehearse", "--catch-up"]]
)
def test_wrong_usage(office, homes, arguments):
    assert office("charge", *arguments).code == 2
