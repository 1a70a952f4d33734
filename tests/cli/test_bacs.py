"""`rentbook bacs`: the files of the modulus check, and a Bacs file looked through."""

from tests.services.bacs.conftest import SUBSTITUTIONS, WEIGHTS
from tests.services.bacs.test_standard18 import GOLDEN


def test_the_tables_are_loaded_and_listed(office, tmp_path):
    weights, substitutions = tmp_path / "valacdos.txt", tmp_path / "scsubtab.txt"
    weights.write_bytes(WEIGHTS)
    substitutions.write_bytes(SUBSTITUTIONS)
    assert "No weight table is loaded" in office("bacs", "modulus").out
    assert office("bacs", "modulus", weights).code == 2
    done = office("bacs", "modulus", weights, substitutions, "--from", "2026-08-03", "--json")
    assert done.code == 0
    assert [(each["kind"], each["name"], each["rows"]) for each in done.data["tables"]] == [
        ("substitutions", "scsubtab.txt", 2),
        ("weights", "valacdos.txt", 25),
    ]
    again = office("bacs", "modulus", weights, "--from", "2026-08-03")
    assert (again.code, "loaded already" in again.err) == (1, True)
    assert office("bacs", "modulus", tmp_path / "gone.txt", "--from", "2026-08-03").code == 1


def test_a_file_is_looked_through_without_a_database(rentbook, tmp_path):
    file = tmp_path / "credits.txt"
    file.write_bytes("".join(f"{each}\r\n" for each in GOLDEN).encode())
    good = rentbook("bacs", "check", file)
    assert good.code == 0
    assert "Submission 000042 of 123456, processed on 24 Nov 2026: 3 records." in good.out
    assert "No faults." in good.out
    file.write_bytes("".join(f"{each}\r\n" for each in GOLDEN if "CONTRA" not in each).encode())
    bad = rentbook("bacs", "check", file, "--sun", "999999", "--json")
    assert bad.code == 1
    assert bad.data["totals"]["credit_pence"] == 12_400
    assert [(each["line"], each["position"]) for each in bad.data["faults"]] == [(1, 42), (6, 0), (9, 5), (9, 31)]
