"""A rule of a bulk change: read, written and worked out, by hand and by Hypothesis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money, Tenure
from app.services.charges.bulk.dto import BulkRule, Step
from app.services.charges.bulk.rules import after, check, in_words, parse, written
from app.services.core.errors import UserError


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("DBR +4.8%", BulkRule(("DBR",), Step.PERCENT, 480)),
        ("dbr,dsc - 1%", BulkRule(("DBR", "DSC"), Step.PERCENT, -100)),
        ("DSC, DGM +0.35", BulkRule(("DSC", "DGM"), Step.ADD, 35)),
        ("DGA -£1.20", BulkRule(("DGA",), Step.ADD, -120)),
        ("DLL =2.10", BulkRule(("DLL",), Step.SET, 210)),
        ("DWR end", BulkRule(("DWR",), Step.END)),
    ],
)
def test_a_rule_in_one_line(text, rule):
    assert parse(text) == rule


@pytest.mark.parametrize("text", ["", "DBR", "DBR 4.8%", "+4.8%", "DBR +4.805%", "DBR +x", "DBR =1.2.3"])
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(UserError):
        parse(text)


def test_a_rise_of_four_point_eight_per_cent_is_rounded_once():
    rise = BulkRule(("DBR",), Step.PERCENT, 480)
    # 118.42 x 1.048 = 124.10416; 100.31 x 1.048 = 105.12488; 0.25 x 1.048 = 0.262.
    assert [after(rise, Money(pence)).pence for pence in (118_42, 100_31, 25)] == [124_10, 105_12, 26]
    assert after(BulkRule(("DBR",), Step.PERCENT, 500), Money(10)).pence == 11  # 10.5 pence: halves go up


def test_the_rule_is_said_with_what_it_is_limited_to():
    rule = BulkRule(("DBR",), Step.PERCENT, 480, ("GEN", "SHL"), (Tenure.SECURE,), ("North",))
    assert in_words(rule, {"DBR": "Rent"}) == "Rent +4.8%, rent group GEN or SHL, tenure secure, area North"
    assert in_words(BulkRule(("DWR", "DLL"), Step.END), {"DWR": "Water rates"}) == "Water rates and DLL ends"


@pytest.mark.parametrize(
    "rule",
    [
        BulkRule((), Step.PERCENT, 480),
        BulkRule(("DBR",), Step.PERCENT, 48_000),
        BulkRule(("DBR",), Step.PERCENT, -10_000),
        BulkRule(("DBR",), Step.ADD, 0),
        BulkRule(("DBR",), Step.SET, -1),
    ],
)
def test_what_can_not_be_meant_is_refused(rule):
    with pytest.raises(UserError):
        check(rule)


rules = st.one_of(
    st.builds(BulkRule, st.just(("DBR", "DSC")), st.just(Step.PERCENT), st.integers(-9_999, 10_000).filter(bool)),
    st.builds(BulkRule, st.just(("DGA",)), st.just(Step.ADD), st.integers(-500_00, 500_00).filter(bool)),
    st.builds(BulkRule, st.just(("DGA",)), st.just(Step.SET), st.integers(0, 500_00)),
    st.just(BulkRule(("DWR",), Step.END)),
)


@given(rules)
def test_what_is_written_is_read_back(rule):
    assert parse(written(rule)) == rule
    check(rule)
