"""Two weeks of 100.00 charged and 150.00 paid: 50.00 owed, worked by hand."""

from datetime import date

import pytest

from app.models.values import JournalKind
from app.services.ledger.commands import post
from app.services.ledger.dto import JournalHeader, Line
from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.prepared import prepared

WEEKS = (date(2026, 11, 2), date(2026, 11, 9))


@prepared
def tenant(desk):
    """Robin Sample, who owes 50.00 on the account 7000 0123."""

    def make(ctx):
        made = lettings.letting(ctx, "100.00", who=("Robin", "Sample"), reference="7000 0123")
        account = made.account.id
        charges = [Line(account, "DBR", 10000, week, week) for week in WEEKS]
        post(ctx, JournalHeader(JournalKind.CHARGE_RUN, WEEKS[1], "test", "charges"), charges)
        paid = [Line(account, "RDD", -15000, date(2026, 11, 10))]
        post(ctx, JournalHeader(JournalKind.RECEIPTS, date(2026, 11, 12), "test", "receipts"), paid)
        refresh_search(ctx)
        return made.tenancy.ref

    return desk.do(make)


@pytest.mark.parametrize("text", ["sample rob", "70000123", "0001", "sample close"])
def test_find(office, tenant, text):
    answer = office("find", text, "--json")
    assert answer.code == 0
    assert answer.data == {
        "results": [
            {
                "reference": "7000 0123",
                "name": "Mx Robin Sample",
                "address": "1 Sample Close, Testford, ZZ11 1AA",
                "kind": "rent",
                "balance_pence": 5000,
            }
        ]
    }
    assert "£50.00 DR" in office("find", text).out


def test_finding_nothing_is_no_failure(office, tenant):
    answer = office("find", "nobody of that name", "--json")
    assert (answer.code, answer.data) == (0, {"results": []})


@pytest.mark.parametrize("reference", ["7000 0123", "70000123", " 7000  01 23 ", "{tenancy}"])
def test_balance_by_any_reference(office, tenant, reference):
    answer = office("balance", reference.format(tenancy=tenant), "--as-at", "2026-11-21", "--json").data
    assert answer == {
        "reference": "7000 0123",
        "name": "Mx Robin Sample",
        "kind": "rent",
        "as_at": "2026-11-21",
        "basis": "known",
        "balance_pence": 5000,
    }


@pytest.mark.parametrize(
    ("day", "pence"), [("2026-11-01", 0), ("2026-11-02", 10000), ("2026-11-09", 20000), ("2026-11-10", 5000)]
)
def test_balance_as_at(office, tenant, day, pence):
    assert office("balance", "70000123", "--as-at", day, "--json").data["balance_pence"] == pence


def test_balance_as_reported_then(office, tenant):
    answer = office("balance", "70000123", "--as-at", "2026-11-08", "--reported", "--json").data
    assert (answer["basis"], answer["balance_pence"]) == ("reported", 0)


def test_balance_without_a_day_has_everything_posted(office, tenant):
    answer = office("balance", "70000123", "--json").data
    assert (answer["balance_pence"], answer["as_at"]) == (5000, "2026-11-21")


def test_explain_adds_up(office, tenant):
    told = office("balance", "70000123", "--as-at", "2026-11-21", "--explain", "--json").data["explanation"]
    assert told["brought_forward_pence"] == 0
    assert [(part["code"], part["weeks"], part["amount_pence"]) for part in told["parts"]] == [
        ("DBR", 2, 20000),
        ("RDD", 1, -15000),
    ]
    weeks = {week["week_on"]: (week["charges_pence"], week["direct_debit_pence"]) for week in told["weeks"]}
    assert (weeks["2026-11-02"], weeks["2026-11-09"]) == ((10000, 0), (10000, -15000))
    text = office("balance", "70000123", "--as-at", "2026-11-21", "--explain").out
    assert "£50.00 DR at 21 Nov 2026 (as known now)" in text


def test_ledger(office, tenant):
    answer = office("ledger", "70000123", "--json").data
    assert [
        (line["effective_on"], line["accounting_on"], line["code"], line["amount_pence"], line["balance_pence"])
        for line in answer["lines"]
    ] == [
        ("2026-11-02", "2026-11-09", "DBR", 10000, 10000),
        ("2026-11-09", "2026-11-09", "DBR", 10000, 20000),
        ("2026-11-10", "2026-11-12", "RDD", -15000, 5000),
    ]


def test_ledger_between_two_days(office, tenant):
    answer = office("ledger", "70000123", "--from", "2026-11-03", "--to", "2026-11-09", "--json").data
    assert (answer["brought_forward_pence"], answer["carried_forward_pence"]) == (10000, 20000)
    assert len(answer["lines"]) == 1
    assert "Brought forward" in office("ledger", "70000123", "--from", "2026-11-03").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["balance", "70000123", "--as-at", "21/11/2026"],
        ["balance", "70000123", "--as-at", "2026-02-30"],
        ["balance", "70000123", "--as-at", "20261121"],
        ["balance"],
        ["ledger", "70000123", "--from", "2026-11-09", "--to", "2026-11-03"],
        ["find"],
    ],
)
def test_wrong_usage(office, tenant, arguments):
    answer = office(*arguments, "--json")
    assert (answer.code, answer.out) == (2, "")


def test_an_unknown_reference_is_refused(office, tenant):
    answer = office("balance", "99999999", "--json")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("No account has the reference '99999999'.")


def test_check(office, tenant):
    answer = office("check", "--json")
    assert (answer.code, answer.data) == (0, {"ok": True, "faults": []})


def test_check_tells_a_fault(office, tenant, desk):
    from sqlalchemy import text

    desk.database.transact(lambda session: session.execute(text("UPDATE account SET balance_pence = 1 WHERE id = 1")))
    answer = office("check", "--json")
    assert answer.code == 1
    assert answer.data["ok"] is False
    assert {fault["check"] for fault in answer.data["faults"]} == {"balances"}
