"""`rentbook spend read`: published spending, read and totalled without a database."""

import pytest

from app.services.purchase_orders.spending import profiles

HEAD = "Payment Date,Supplier Name,Net Amount,Expense Code\n"


@pytest.fixture(autouse=True)
def own_profiles(tmp_path, monkeypatch):
    monkeypatch.setattr(profiles, "place", lambda: tmp_path / "settings" / "spending_profiles.json")


def test_files_are_totalled_as_json(rentbook, tmp_path):
    """100.00 and a credit of 25.00 of Alpha in April, 10.00 of Beta in May: 85.00."""
    path = tmp_path / "april.csv"
    path.write_text(
        HEAD
        + "01/04/2026,Alpha,100.00,R1\n02/04/2026,Alpha,(25.00),R1\n03/05/2026,Beta,£10.00,R2\n04/05/2026,Beta,?,R2\n",
        encoding="utf-8",
    )
    done = rentbook("spend", "read", path, "--json")
    assert done.code == 1
    assert (done.data["lines"], done.data["total_pence"]) == (3, 8_500)
    assert done.data["by_supplier"] == {"Alpha": 7_500, "Beta": 1_000}
    assert done.data["by_code"] == {"R1": 7_500, "R2": 1_000}
    assert done.data["by_month"] == {"2026-04": 7_500, "2026-05": 1_000}
    assert done.data["rejected"] == [{"file": "april.csv", "line": 5, "reason": "'?' is not an amount."}]
    assert "Not counted: 1 line" in rentbook("spend", "read", path).out


def test_unknown_headings_are_said_once_and_kept(rentbook, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("When,To whom,How much\n01/04/2026,Alpha,100.00\n", encoding="utf-8")
    refused = rentbook("spend", "read", path)
    assert refused.code == 1
    assert "--column date=..." in refused.err
    columns = ("--column", "date=When", "--column", "supplier=To whom", "--column", "amount=How much")
    said = rentbook("spend", "read", path, "--profile", "Anytown", *columns, "--json")
    assert (said.code, said.data["total_pence"], said.data["files"][0]["profile"]) == (0, 10_000, "Anytown")
    again = rentbook("spend", "read", path, "--json")
    assert (again.code, again.data["files"][0]["profile"]) == (0, "Anytown")


def test_mixed_dates_are_asked_about(rentbook, tmp_path):
    path = tmp_path / "mixed.csv"
    path.write_text(HEAD + "25/03/2026,Alpha,1.00,R1\n04/25/2026,Alpha,2.00,R1\n", encoding="utf-8")
    refused = rentbook("spend", "read", path)
    assert (refused.code, "--dates dmy or --dates mdy" in refused.err) == (1, True)
    assert rentbook("spend", "read", path, "--dates", "mdy", "--json").data["by_month"] == {"2026-04": 200}


@pytest.mark.parametrize("column", ["When", "day=When", "date="])
def test_a_column_that_says_nothing_is_refused(rentbook, tmp_path, column):
    path = tmp_path / "odd.csv"
    path.write_text("When,To whom,How much\n", encoding="utf-8")
    refused = rentbook("spend", "read", path, "--profile", "Anytown", "--column", column)
    assert (refused.code, "says no column" in refused.err) == (1, True)
