"""`rentbook adjust load`: declared beforehand, looked through whole, loaded once."""

import pytest

from tests.factories import landlord_files, lettings
from tests.prepared import prepared
from tests.services.adjustments.conftest import balance, set_limits

USUAL = ("--kind", "credit", "--reason", "other", "--date", "2026-11-16", "--narrative", "Loss of heating")


@prepared
def home(desk, colleague):
    set_limits(desk)
    return desk.do(lettings.letting, reference="70 0001").account


@pytest.fixture
def file(tmp_path):
    rows = [("account", "amount"), ("70 0001", 12.5), ("700001", "3.00")]
    return landlord_files.write(tmp_path / "heating.xlsx", {"Sheet1": rows})


def test_a_file_is_looked_through_then_loaded_once(desk, home, office, file):
    asked = ("adjust", "load", str(file), "--declared-count", "2", "--declared-total", "15.50", *USUAL)
    would = office(*asked, "--dry-run", "--json").data
    assert (would["dry_run"], would["lines"], would["total_pence"], would["number"]) == (True, 2, -15_50, None)
    assert would["by_kind"] == [{"kind": "credit", "lines": 2, "debit_pence": 0, "credit_pence": 15_50}]
    assert balance(desk, home) == 0
    done = office(*asked, "--json").data
    assert (done["state"], done["mistakes"]) == ("posted", [])
    assert balance(desk, home) == -15_50
    again = office(*asked)
    assert again.code == 1
    assert "was loaded on" in again.out
    assert "as adjustment 1 (posted)" in again.out
    assert balance(desk, home) == -15_50


def test_totals_that_differ_and_text_for_numbers_load_nothing(desk, home, office, tmp_path):
    rows = [("account", "Goodwill"), ("70 0001", "twelve"), ("70 0009", "3.00")]
    path = landlord_files.write(tmp_path / "wrong.xlsx", {"Sheet1": rows})
    asked = ("adjust", "load", str(path), "--declared-count", "3", "--declared-total", "15.50", *USUAL)
    refused = office(*asked, "--column", "Goodwill=amount", "--json")
    assert refused.code == 1
    found = refused.data
    assert [(each["row"], each["field"]) for each in found["mistakes"]] == [(2, "amount"), (3, "account")]
    assert found["number"] is None
    assert balance(desk, home) == 0


def test_the_template_is_written_and_an_empty_one_is_told(home, office, tmp_path):
    path = tmp_path / "template.xlsx"
    assert office("adjust", "template", path, "--json").data == {"template": str(path)}
    told = office("adjust", "load", path, "--declared-total", "1", "--declared-count", "1")
    assert (told.code, "There are no lines" in told.out) == (1, True)
