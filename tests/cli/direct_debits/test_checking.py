"""`rentbook dd modulus`, `table` and `parse`: account numbers and files checked."""

from app.cli.frame import Modules
from tests.services.bacs.conftest import SUBSTITUTIONS, WEIGHTS
from tests.services.bacs.test_standard18 import GOLDEN


def test_a_number_is_checked_by_the_shipped_table_without_a_database(rentbook):
    assert "came with Rentbook (specification 3.10, before 2016)" in rentbook("dd", "table").out
    good = rentbook("dd", "modulus", "08-99-99", "66374958", "--json")
    assert (good.code, good.data["valid"], good.data["checked"]) == (0, True, True)
    bad = rentbook("dd", "modulus", "089999", "66374959", "--json")
    assert (bad.code, bad.data["valid"], bad.data["checked"], bad.data["old_table"]) == (1, False, True, True)
    assert bad.data["reason"].startswith("Checked against an old table")
    unknown = rentbook("dd", "modulus", "000001", "12345678", "--json")
    assert (unknown.code, unknown.data["valid"], unknown.data["checked"]) == (0, True, False)
    short = rentbook("dd", "modulus", "089999", "6637", "--json")
    assert (short.code, short.data["valid"], short.data["checked"]) == (1, False, False)
    assert "this has 4" in short.data["reason"]
    assert rentbook("dd", "modulus", "089999").code == 2


def test_a_command_whose_module_is_missing_does_no_harm(rentbook):
    group = Modules(
        "dd", package="app.cli.direct_debits", modules={"modulus": "checking", "gone": "nowhere", "none": "checking"}
    )
    assert group.list_commands(None) == ["modulus", "none"]
    assert (group.get_command(None, "gone"), group.get_command(None, "none")) == (None, None)
    assert group.get_command(None, "modulus").name == "modulus"
    helped = rentbook("dd", "--help").out
    assert all(f"  {name} " in helped for name in ("modulus", "table", "parse"))


def test_the_tables_are_loaded_and_listed_and_then_used(office, tmp_path):
    weights, substitutions = tmp_path / "valacdos.txt", tmp_path / "scsubtab.txt"
    weights.write_bytes(WEIGHTS)
    substitutions.write_bytes(SUBSTITUTIONS)
    assert "came with Rentbook (specification 3.10, before 2016)" in office("dd", "table").out
    done = office("dd", "table", weights, substitutions, "--from", "2026-08-03", "--json")
    assert done.code == 0
    assert [(each["kind"], each["name"], each["rows"]) for each in done.data["tables"]] == [
        ("substitutions", "scsubtab.txt", 2),
        ("weights", "valacdos.txt", 25),
    ]
    assert done.data["in_force"].startswith("Checked against valacdos.txt, in force from 3 Aug 2026: 3 months old")
    today = office("dd", "table", substitutions, "--name", "Later")
    assert (today.code, "In force from today, " in today.err) == (0, True)
    again = office("dd", "table", weights, "--from", "2026-08-03")
    assert (again.code, "loaded already" in again.err) == (1, True)
    assert office("dd", "table", tmp_path / "gone.txt", "--from", "2026-08-03").code == 1
    bad = office("dd", "modulus", "089999", "66374959", "--json").data
    assert (bad["valid"], bad["table"], bad["old_table"]) == (False, "valacdos.txt", False)


def test_a_file_is_parsed_without_a_database(rentbook, tmp_path):
    file = tmp_path / "credits.txt"
    file.write_bytes("".join(f"{each}\r\n" for each in GOLDEN).encode())
    good = rentbook("dd", "parse", file)
    assert good.code == 0
    assert "Submission 000042 of 123456, processed on 24 Nov 2026: 3 records." in good.out
    assert "No faults." in good.out
    assert ("••••••78" in good.out, "12345678" in good.out) == (True, False)
    file.write_bytes("".join(f"{each}\r\n" for each in GOLDEN if "CONTRA" not in each).encode())
    bad = rentbook("dd", "parse", file, "--sun", "999999", "--json")
    assert bad.code == 1
    assert bad.data["totals"]["credit_pence"] == 12_400
    assert [(each["reference"], each["amount_pence"], each["code"]) for each in bad.data["records"]] == [
        ("RENT 00124471", 12_345, "99"),
        ("RENT 9", 55, "99"),
    ]
    assert [(each["line"], each["position"]) for each in bad.data["faults"]] == [(1, 42), (6, 0), (9, 5), (9, 31)]
