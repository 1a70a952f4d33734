"""Each way of spoiling a ledger behind the program's back is found and told."""

from datetime import date

import pytest
from sqlalchemy import text

from app.models.values import JournalKind
from app.services.core.progress import CancelToken
from app.services.core.session import Desk
from app.services.ledger import checks, commands, digesting
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

MONTHS = [date(2026, 9, 7), date(2026, 10, 5), date(2026, 11, 2)]


@prepared
def posted(desk):
    account = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    for number, on in enumerate(MONTHS, start=1):
        header = JournalHeader(JournalKind.ADJUSTMENT, on, "test", f"test:{number}")
        desk.do(commands.post, header, [Line(account, "DBR", 10000 + number, on)])
    return account


def spoil(desk, *statements):
    """What somebody with a database tool could do: take the guards away, then write."""

    def work(session):
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for name in names:
            session.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            session.execute(text(statement))

    desk.database.transact(work)


def found(desk):
    return {fault.check for fault in desk.ask(checks.check)}


def test_a_sound_ledger_has_no_fault(desk, posted):
    assert desk.ask(checks.check) == ()


def test_the_ledger_is_checked_while_others_post(desk, posted):
    other = Desk.sit_down(desk.database, desk.officer.username, desk.clock)
    posted_meanwhile = []

    def post_another(position, _steps, _name):
        header = JournalHeader(JournalKind.ADJUSTMENT, MONTHS[2], "test", f"test:meanwhile:{position}")
        posted_meanwhile.append(other.do(commands.post, header, [Line(posted, "DBR", 100, MONTHS[2])]))

    assert desk.watch(checks.check, post_another, CancelToken()) == ()
    assert posted_meanwhile


@pytest.mark.parametrize("portion", [1, 5, 12, 20_000])
def test_what_is_digested_when_it_is_posted_is_what_the_check_digests(desk, posted, portion, monkeypatch):
    monkeypatch.setattr(digesting, "_PORTION", portion)
    narratives = (
        "",
        "%s|%d 100%",
        "'; --",
        "Llanfairpwllgwyngyll \u00e9\u00e8\u20ac \U0001f3e0",
        "|" * 200,
        " spaced ",
    )
    lines = [
        Line(posted, "ADJ", pence, MONTHS[2], week, narrative)
        for narrative in narratives
        for pence, week in ((1, None), (-1, MONTHS[2]), (10**15, None), (-(10**15), MONTHS[2]))
    ]
    desk.do(commands.post, JournalHeader(JournalKind.ADJUSTMENT, MONTHS[2], "test", "test:awkward"), lines)
    assert desk.ask(checks.check) == ()


@pytest.mark.sqlite_file
@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE entry SET pence = pence + 1 WHERE journal = 2 AND line = 1", "totals"),
        ("UPDATE entry SET narrative = 'x' WHERE journal = 1", "chain"),
        ("UPDATE entry SET narrative = narrative || char(0) || 'x' WHERE journal = 1", "chain"),
        ("UPDATE entry SET effective_on = '2026-10-01' WHERE journal = 1", "chain"),
        ("UPDATE journal SET source = 'x' WHERE number = 3", "chain"),
        ("UPDATE journal SET recorded_at = '2026-01-01 00:00:00.000000' WHERE number = 3", "chain"),
        ("UPDATE journal SET digest = '0' WHERE number = 1", "chain"),
        ("UPDATE account SET balance_pence = balance_pence + 1 WHERE kind = 'rent'", "balances"),
        ("UPDATE account SET fund = 'general' WHERE kind = 'rent'", "funds"),
        ("UPDATE snapshot SET known_pence = known_pence + 1", "snapshots"),
        ("UPDATE snapshot SET reported_pence = 0 WHERE reported_pence > 0", "snapshots"),
        ("UPDATE counter SET value = 9", "numbering"),
        ("DELETE FROM period WHERE name = '2026-27 P07'", "periods"),
        ("SELECT 1", "guards"),
    ],
)
def test_each_kind_of_tampering_is_found(desk, posted, statement, check):
    spoil(
        desk,
        "PRAGMA defer_foreign_keys = ON",
        "DELETE FROM snapshot WHERE period_id = (SELECT id FROM period WHERE name = '2026-27 P07')"
        if "period WHERE" in statement
        else "SELECT 1",
        statement,
    )
    assert check in found(desk)


def test_a_value_of_another_kind_is_a_fault_not_a_failure(desk, posted):
    spoil(
        desk,
        "UPDATE account SET balance_pence = 'abc' WHERE kind = 'rent'",
        "UPDATE entry SET pence = 12.5 WHERE journal = 1 AND line = 1",
        "UPDATE journal SET recorded_at = 'never' WHERE number = 2",
    )
    faults = desk.ask(checks.check)
    assert {"chain", "totals", "pence", "balances", "guards"} <= {fault.check for fault in faults}
    told = " ".join(fault.message for fault in faults)
    assert "keeps 'abc' (not whole pence)" in told
    assert "stopped at a value that isn't of its kind" in told


def test_a_deleted_journal_leaves_a_gap_and_breaks_the_chain(desk, posted):
    spoil(desk, "DELETE FROM entry WHERE journal = 2", "DELETE FROM journal WHERE number = 2")
    assert {"numbering", "chain", "balances"} <= found(desk)


def test_an_entry_added_behind_the_program_is_found(desk, posted):
    spoil(
        desk,
        "INSERT INTO entry SELECT 3, 7, account_id, code, 500, effective_on, rent_week, narrative FROM entry "
        "WHERE journal = 3 AND line = 1",
    )
    assert {"chain", "totals", "balances"} <= found(desk)


def test_faults_of_one_kind_are_counted_beyond_twenty(desk, posted):
    spoil(desk, "UPDATE account SET balance_pence = 5 WHERE kind = 'control'")
    messages = [fault.message for fault in desk.ask(checks.check) if fault.check == "balances"]
    assert len(messages) == 21
    assert messages[-1].startswith("And ")
