"""`rentbook charge-change`: a dry run, a rehearsal kept, notice given, applied or asked for, given up."""

from datetime import date

from sqlalchemy import func, select

from app.models.charges import Charge, ChargeChange
from app.models.policy import PolicyValue
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def homes(desk):
    def build(ctx):
        return [
            lettings.letting(ctx, "100.00", DSC="4.50", reference="70 0001"),
            lettings.letting(ctx, "80.00", reference="70 0002", group="SHL"),
        ]

    return desk.do(build)


def count(desk, model):
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(model)))


RULE = ("charge-change", "--rule", "DBR +4.8%", "--from", "2027-04-05")


def test_a_dry_run_says_and_keeps_nothing(office, desk, homes):
    found = office(*RULE, "--name", "Rent review", "--dry-run", "--json").data
    # 100.00 and 80.00 x 1.048: 104.80 and 83.84, so 180.00 becomes 188.64.
    assert (found["change"], found["lines"], found["before_pence"], found["after_pence"]) == (None, 2, 180_00, 188_64)
    assert (found["notices_missing"], found["post_by"]) == (2, "2027-03-04")
    assert count(desk, ChargeChange) == 0
    said = office(*RULE, "--dry-run").out
    assert "2 charges of 2 accounts, £180.00 becomes £188.64 a week. Nothing was kept." in said


def test_rehearsed_noticed_and_applied(office, desk, homes):
    policy = PolicyValue(
        key="charges.bulk_change_needs_second_person", effective_from=date(2020, 1, 1), value="no", unit="yes or no"
    )
    desk.do(lambda ctx: ctx.session.add(policy))
    change = office(*RULE, "--rent-group", "SHL", "--json").data["change"]
    given = office("charge-change", "--notice", str(change), "--why", "Because.", "--json").data
    assert (given["letters"], given["left_out"]) == (1, 0)
    done = office("charge-change", "--apply", str(change), "--json").data
    assert (done["lines"], done["journal"], done["request"]) == (1, None, None)
    assert count(desk, Charge) == 4


def test_refused_in_words(office, homes):
    assert office("charge-change").code == 2
    assert office("charge-change", "--rule", "DBR more", "--from", "2027-04-05").code == 1
    assert (
        "2 accounts become dearer"
        in office("charge-change", "--apply", str(office(*RULE, "--json").data["change"])).err
    )
    assert "not a rule" in office("charge-change", "--rule", "DBR more", "--from", "2027-04-05").err
    assert "begins on a Monday" in office("charge-change", "--rule", "DBR +1%", "--from", "2027-04-06").err
    assert "Give one of" in office("charge-change").err
    assert "--from" in office("charge-change", "--rule", "DBR +1%").err


def test_given_up(office, homes):
    change = str(office(*RULE, "--json").data["change"])
    assert "is given up" in office("charge-change", "--cancel", change).out
    assert "cancelled already" in office("charge-change", "--apply", change).err


def test_a_file_of_rows(office, homes, tmp_path):
    path = tmp_path / "Rents 2027.csv"
    path.write_text("reference,code,weekly\n70 0001,DBR,104.80\n70 0001,DSC,\n")
    found = office("charge-change", str(path), "--from", "2027-04-05", "--json").data
    assert (found["name"], found["lines"], found["before_pence"], found["after_pence"]) == (
        "Rents 2027",
        2,
        104_50,
        104_80,
    )
