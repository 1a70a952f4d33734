from datetime import date

import pytest

from app.services.core.clock import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    """A Tuesday early in a rent year: there is less of it to make up."""
    return FixedClock(date(2026, 6, 9))


def test_the_main_job_in_sequence(rentbook, tmp_path, monkeypatch):
    """demo, find, charge, balance, statement, check: on a new file that the first of them makes."""
    monkeypatch.setenv("RENTBOOK_DB", str(tmp_path / "demo.db"))
    made = rentbook("demo", "--dwellings", 3, "--garages", 1, "--years", 1, "--json")
    assert made.code == 0, made.err
    assert (made.data["dwellings"], made.data["garages"], made.data["years"]) == (3, 1, ["2026-27"])
    assert made.data["charged_pence"] > 0
    found = rentbook("find", "testford", "--json").data["results"]
    reference = next(row["reference"] for row in found if row["kind"] == "rent")
    before = rentbook("balance", reference, "--json").data["balance_pence"]
    charged = rentbook("charge", "--week", "2026-06-15", "--json").data
    assert charged["lines"] > 0
    lines = rentbook("ledger", reference, "--from", "2026-06-15", "--json").data["lines"]
    after = rentbook("balance", reference, "--explain", "--json").data
    assert after["balance_pence"] == before + sum(line["amount_pence"] for line in lines)
    assert after["explanation"]["balance_pence"] == after["balance_pence"]
    pdf = tmp_path / "statement.pdf"
    assert rentbook("statement", reference, "--from", "2026-04-06", "--to", "2026-06-15", "--pdf", pdf).code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert rentbook("check", "--json").data == {"ok": True, "faults": []}


def test_it_goes_into_no_other_landlords_database(office, desk):
    from tests.factories import lettings

    desk.do(lettings.letting)
    assert office("demo", "--dwellings", 5).code == 1


@pytest.mark.parametrize("arguments", [["--dwellings", "many"], ["--dwellings"]])
def test_wrong_usage(office, arguments):
    assert office("demo", *arguments).code == 2
