"""`rentbook dd read`: reports of Bacs read without a database, and carried out with one."""

import pytest

from app.services.core.clock import FixedClock
from app.services.core.database import database_url
from app.services.core.session import Database, Desk
from app.services.direct_debits.returns import commands
from app.services.direct_debits.returns.dto import NewReport
from tests.factories import debits
from tests.services.bacs import report_samples as samples


@pytest.fixture
def reports(tmp_path):
    """Files of a name and what is in them."""

    def write(**contents):
        paths = [tmp_path / f"{name}.xml" for name in contents]
        for path, content in zip(paths, contents.values(), strict=True):
            path.write_bytes(content)
        return paths

    return write


def test_a_report_is_read_without_a_database(rentbook, reports):
    found = rentbook("dd", "read", *reports(arudd=samples.arudd(samples.returned())), "--json")
    assert found.code == 0
    assert found.data["report"] == "ARUDD"
    assert found.data["faults"] == []
    (item,) = found.data["items"]
    wanted = ("RENT 00124471", "0", 65_00, "reverse", None)
    assert tuple(item[key] for key in ("reference", "reason_code", "amount_pence", "effect", "mandate")) == wanted
    text = rentbook("dd", "read", *reports(arudd=samples.arudd(samples.returned()))).out
    assert "Refer to payer" in text
    assert "66374958" not in text


def test_each_report_has_its_kind_and_effects(rentbook, reports):
    for kind, content in samples.EVERY.items():
        found = rentbook("dd", "read", *reports(one=content), "--json").data
        assert found["report"] == kind.value.upper()
        assert found["items"], kind
    moved = rentbook("dd", "read", *reports(one=samples.addacs(samples.moved(), samples.advice(reason="3"))), "--json")
    assert [each["effect"] for each in moved.data["items"]] == ["transfer", "suspend"]


def test_a_spoilt_report_is_a_fault_and_stops_no_other(rentbook, reports):
    paths = reports(good=samples.addacs(samples.advice()), cut=samples.addacs(samples.advice())[:-9])
    found = rentbook("dd", "read", *paths, "--json")
    assert (found.code, len(found.data["items"])) == (1, 1)
    assert [(each["file"], "no whole XML" in each["message"]) for each in found.data["faults"]] == [("cut.xml", True)]
    other = rentbook("dd", "read", paths[0], "--sun", "999999", "--json")
    assert (other.code, other.data["items"]) == (1, [])
    assert rentbook("dd", "read").code == 2


def test_with_apply_it_is_carried_out_once(office, reports, database_file, clock):
    with_home = Database(database_url(database_file))
    Desk.sit_down(with_home, "officer", FixedClock(clock.today())).do(debits.home)
    Desk.sit_down(with_home, "officer", FixedClock(clock.today())).do(
        commands.read, NewReport(samples.addacs(samples.advice(reason="D")))
    )
    with_home.close()
    paths = reports(
        arudd=samples.arudd(samples.returned() + samples.returned("X", pounds="1.00", payer={"number": "12345678"}))
    )
    done = office("dd", "read", *paths, "--apply", "--json")
    assert done.code == 1
    assert [(each["mandate"], each["state"]) for each in done.data["items"]] == [
        ("RENT 00124471", "applied"),
        (None, "unmatched"),
    ]
    assert [each["message"] for each in done.data["faults"]] == [
        "X: No mandate has this reference or this bank account."
    ]
    assert len(done.data["reports"][0]["journals"]) == 1
    again = office("dd", "read", *paths, "--apply")
    assert "nothing is done again" in again.out
    left = office("dd", "read", *reports(addacs=samples.addacs(samples.advice(reason="D"))), "--apply", "--json")
    assert (left.code, [each["state"] for each in left.data["items"]]) == (0, ["applied"])
