import tomllib
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest

from app.services.admin.policy import rules
from app.services.core import policy_values
from app.services.core.resources import resource

FILES = sorted(resource("policy").glob("*.toml"))
FIELDS = {"key", "scope", "effective_from", "value", "unit", "source", "verified_by"}
DECLARED = {
    "key",
    "title",
    "type",
    "unit",
    "used_by",
    "least",
    "most",
    "below",
    "scopes",
    "choices",
    "masked",
    "begins",
}
TODAY = date(2026, 11, 21)
POST = import_module("app.models.migrations.versions.2026_11_21_0019_post_log")
ADJUSTED = import_module("app.models.migrations.versions.2026_11_21_0027_adjustment_kinds")
RECHARGED = import_module("app.models.migrations.versions.2026_11_21_0024_recharges")
CODES = {
    "category": [key for key, *_ in POST.CATEGORIES],
    "adjustment_kind": [key for key, *_ in ADJUSTED.KINDS],
    "recharge": [key for key, *_ in RECHARGED.ITEMS],
}


def rows():
    return [row for file in FILES for row in tomllib.loads(file.read_text(encoding="utf-8"))["value"]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_row_is_whole(file):
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["value"]:
        assert set(row) - {"verify"} == FIELDS, row
        assert isinstance(row["effective_from"], date)
        assert row["source"]
        key = policy_values.declared()[row["key"]]
        assert row["unit"] == key.unit
        assert rules.read_value(key, row["value"], TODAY) == row["value"]
        assert row["scope"] in rules.scopes_of(key, CODES)


def test_no_value_is_given_twice():
    keys = [(row["key"], row["scope"], row["effective_from"]) for row in rows()]
    assert len(keys) == len(set(keys))


def test_rent_bounds_are_the_right_way_round():
    bounds = {}
    for row in rows():
        if row["key"].startswith("charges.weekly_rent_"):
            bounds.setdefault((row["scope"], row["effective_from"]), {})[row["key"][-3:]] = Decimal(row["value"])
    assert bounds
    assert all(pair["min"] < pair["max"] for pair in bounds.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_policy_is_declared_in_plain_words(file):
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    assert {row["key"] for row in found["key"]} == {row["key"] for row in found["value"]}
    for row in found["key"]:
        assert set(row) <= DECLARED, row
        assert row["title"][0].isupper()
        assert row["used_by"].endswith(".")
        assert row.get("below", row["key"]) in policy_values.declared()


def test_what_is_general_knowledge_is_marked_to_be_verified():
    doubtful = [row for row in rows() if row["source"].startswith(("default", "a council"))]
    assert doubtful
    assert all(row["verify"] for row in doubtful)
