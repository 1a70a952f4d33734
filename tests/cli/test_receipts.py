"""`rentbook receipts`: a file of receipts looked through, loaded once, and what keeps it from being loaded."""

from tests.factories import lettings
from tests.prepared import prepared
from tests.services.adjustments.conftest import balance
from tests.services.reception_payments.files.made import written

HEAD = "RentAccount,PaymentSource,MethodOfPayment,AmountPaid,DatePaid,CivicaCode\n"
TEXT = HEAD + "70 0001,Office,Cash,12.50,16/11/2026,C1\n99 0001,Office,Card,2.50,17/11/2026,C2\n"
PROFILE = ("--profile", "example_cash_columns")


@prepared
def home(desk):
    return desk.do(lettings.letting, reference="70 0001").account


def test_a_file_is_looked_through_then_loaded_once(desk, home, office, tmp_path):
    asked = ("receipts", "load", written(tmp_path, TEXT), *PROFILE, "--declared-total", "15.00", "--declared-count", 2)
    would = office(*asked, "--dry-run", "--json").data
    assert (would["dry_run"], would["lines"], would["total_pence"], would["number"]) == (True, 2, 1500, None)
    assert would["by_outcome"] == [
        {"what": "Posted", "lines": 1, "pence": 1250},
        {"what": "In suspense", "lines": 1, "pence": 250},
    ]
    assert balance(desk, home) == 0
    done = office(*asked, "--json").data
    assert (done["number"], done["posted_pence"], done["suspense_pence"], done["mistakes"]) == (1, 1250, 250, [])
    assert balance(desk, home) == -1250
    again = office(*asked)
    assert again.code == 1
    assert "as file 1" in again.out
    assert balance(desk, home) == -1250


def test_totals_that_differ_load_nothing(desk, home, office, tmp_path):
    refused = office("receipts", "load", written(tmp_path, TEXT), *PROFILE, "--declared-total", "14.00")
    assert refused.code == 1
    assert "You typed £14.00 in all, and the payments come to £15.00: they differ by £1.00." in refused.out
    assert balance(desk, home) == 0


def test_a_card_number_puts_the_file_into_quarantine_and_is_not_repeated(desk, home, office, tmp_path):
    number = "4000058260000005"
    done = office("receipts", "load", written(tmp_path, TEXT.replace("C2", number)), *PROFILE, "--json")
    assert done.code == 1
    assert (done.data["quarantined"], done.data["card_lines"], done.data["posted"]) == (True, [3], 0)
    assert number not in done.out + done.err


def test_the_day_is_given_where_the_file_has_none(desk, home, office, tmp_path):
    path = written(tmp_path, "Claim,Rent account,Kind,Amount\n1,700001,,80.00\n2,700001,Adjustment,-30.00\n")
    asked = ("receipts", "load", path, "--profile", "example_housing_benefit")
    assert "no day of payment" in office(*asked).err
    done = office(*asked, "--date", "2026-11-16", "--json").data
    assert [(each["what"], each["pence"]) for each in done["by_code"]] == [("RHA", -3000), ("RHB", 8000)]
    assert balance(desk, home) == -5000


def test_the_profiles_are_told_and_a_wrong_one_names_them(office, tmp_path):
    found = office("receipts", "profiles", "--json").data["profiles"]
    assert all(each["example"] for each in found)
    assert "example_agent_fixed" in {each["key"] for each in found}
    assert "Example: Post Office" in office("receipts", "profiles").out
    wrong = office("receipts", "load", written(tmp_path, TEXT), "--profile", "nobody's")
    assert wrong.code == 1
    assert "There is no profile 'nobody's'" in wrong.err
