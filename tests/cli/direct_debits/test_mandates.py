"""`rentbook dd mandates`: a spreadsheet of mandates looked through, and loaded."""

from tests.factories import lettings
from tests.services.direct_debits.mandates.conftest import OLD

TEXT = "account,payer_name,sort_code,account_number\n70 0001,Mx Alex Sample,{},{}\n"


def test_a_file_is_looked_through_then_loaded_once(office, desk, tmp_path):
    desk.do(lettings.letting, reference="70 0001")
    file = tmp_path / "ddi.csv"
    file.write_text(TEXT.format(*OLD), encoding="utf-8")
    look = office("dd", "mandates", file, "--declared-count", "1", "--dry-run")
    assert (look.code, "1 mandate would be loaded" in look.out, OLD[1] in look.out) == (0, True, False)
    wrong = office("dd", "mandates", file, "--declared-count", "2", "--json")
    assert (wrong.code, wrong.data["loaded"], wrong.data["mistakes"][0]["field"]) == (1, 0, "declared_count")
    done = office("dd", "mandates", file, "--declared-count", "1", "--json")
    assert (done.code, done.data["loaded"]) == (0, 1)
    again = office("dd", "mandates", file, "--declared-count", "1")
    assert (again.code, "This very file was loaded" in again.out) == (1, True)
    assert office("dd", "mandates", "--template", tmp_path / "empty.xlsx").code == 0
    assert office("dd", "mandates").code == 1
