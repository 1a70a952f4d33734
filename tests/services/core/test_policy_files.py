import tomllib
from datetime import date
from decimal import Decimal

import pytest

from app.services.core.resources import resource

FILES = sorted(resource("policy").glob("*.toml"))
FIELDS = {"key", "scope", "effective_from", "value", "unit", "source", "verified_by"}


def rows():
    return [row for file in FILES for row in tomllib.loads(file.read_text(encoding="utf-8"))["value"]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_row_is_whole(file):
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["value"]:
        assert set(row) == FIELDS, row
        assert isinstance(row["effective_from"], date)
        assert row["source"]
        assert row["unit"]
        assert Decimal(row["value"]) >= 0


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
