"""The finance system's transactions: loaded once, matched, and a period prepared by one officer and signed by another."""

from datetime import date

import pytest

from app.models.values import FinanceLineState, InvoiceState, Money, ReconciliationState, Subject
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.finance.transactions import commands, queries, reading
from app.services.purchase_orders.finance.transactions.dto import MatchByHand
from tests.factories import purchasing
from tests.prepared import prepared

FROM, TO = date(2026, 11, 1), date(2026, 11, 30)
HEAD = "Posting Date,Ledger code,Amount,Document,Supplier,Narrative\n"


@prepared
def spent(desk):
    """£300.00 of IN00001 (SI-1) and £80.00 of IN00002 (SI-2) on HR100 4120, £45.00 of IN00003 (SI-3) on HR100 4130."""

    def steps(ctx):
        one, two = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        supplier = purchasing.supplier(ctx).id
        for budget, pence in ((one, 300_00), (one, 80_00), (two, 45_00)):
            row = purchasing.invoice(ctx, {budget: pence}, supplier_id=supplier, state=InvoiceState.APPROVED)
            budgets.spend(ctx, [(budget, pence, date(2026, 11, 5), "")], Subject.SUPPLIER_INVOICE, row.id)

    desk.do(steps)


@pytest.fixture
def load(desk, tmp_path):
    def of(text, name="ledger.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return desk.do(commands.load, reading.read(path))

    return of


def test_a_file_is_matched_and_what_is_left_is_told_by_code(desk, spent, load):
    """IN00001 agrees, IN00002 is £2.00 more, IN00003 isn't there, and £9.99 on 4130 is none of ours."""
    done = load(
        HEAD + "06/11/2026,HR100-4120,300.00,SI-1,Sample Paints,Paint\n"
        "06/11/2026,HR100/4120,82.00,JNL4,Sample Paints,invoice SI 2\n"
        "09/11/2026,HR1004130,9.99,X1,Somebody,Bank charge\n"
    )
    assert done.told == "3 transactions; 1 matched, 1 with another amount."
    found = desk.ask(queries.held, FROM, TO)
    assert [(pair.ours.number, pair.theirs.amount) for pair in found.matched] == [("IN00001", Money(300_00))]
    assert [(pair.ours.number, pair.difference) for pair in found.differs] == [("IN00002", Money(2_00))]
    assert [our.number for our in found.ours_only] == ["IN00003"]
    assert [their.description for their in found.theirs_only] == ["Bank charge"]
    assert [(each.code, each.ours, each.theirs, each.agrees) for each in found.codes] == [
        ("HR100 4120", Money(380_00), Money(382_00), False),
        ("HR100 4130", Money(45_00), Money(9_99), False),
    ]
    assert (found.total.ours, found.total.theirs) == (Money(425_00), Money(391_99))


def test_what_came_before_is_passed_over_and_the_very_file_is_refused(desk, spent, load):
    first = (
        HEAD + "06/11/2026,HR100-4120,300.00,SI-1,,\n06/11/2026,HR100-4120,10.00,Z,,\n06/11/2026,HR100-4120,10.00,Z,,\n"
    )
    assert load(first).count == 3
    with pytest.raises(UserError, match=r"loaded already, as ledger\.csv"):
        load(first)
    longer = load(first + "07/11/2026,HR100-4120,80.00,SI-2,,\n", "later.csv")
    assert (longer.count, longer.known, longer.matched, longer.changes.areas) == (1, 3, 1, {"purchase_orders"})
    with pytest.raises(UserError, match="Everything in again"):
        load(first.replace("\n", "\r\n"), "again.csv")


def test_a_debit_and_a_credit_column_and_both_halves_of_a_code(desk, spent, load):
    load(
        "Date,Cost centre,Account,Debit,Credit,Ref\n06/11/2026,HR100,4120,300.00,,SI-1\n06/11/2026,HR100,4120,,20.00,CN\n"
    )
    found = desk.ask(queries.held, FROM, TO)
    assert found.total.theirs == Money(280_00)


def test_what_is_wrong_in_a_file_is_named_with_its_row_and_nothing_is_kept(desk, spent, load):
    with pytest.raises(UserError) as refused:
        load(
            HEAD
            + "06/11/2026,HR100-4120,300.00,SI-1,,\n04/25/2026,HR100-4120,1.00,,,\n06/11/2026,,1.00,,,\n06/11/2026,X,,,,\n"
        )
    said = str(refused.value)
    assert "Row 3" in said
    assert "Row 4: It has no code" in said
    assert "Row 5: It has no amount" in said
    assert desk.ask(queries.held, FROM, TO).theirs_only == ()


def test_codes_that_are_none_of_ours_are_counted_before_loading(desk, spent, tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(HEAD + "06/11/2026,ZZ9-1,1.00,,,\n06/11/2026,ZZ9-1,2.00,,,\n06/11/2026,HR100-4120,4.00,,,\n")
    found = desk.ask(queries.check, reading.read(path))
    assert (found.new, found.total, found.unknown_codes) == (3, Money(7_00), {"ZZ9-1": 2})


def test_an_officer_matches_explains_and_takes_apart(desk, spent, load):
    load(HEAD + "06/11/2026,HR100-4130,46.00,Q,,\n06/11/2026,HR100-4130,9.99,X1,,Bank charge\n")
    found = desk.ask(queries.held, FROM, TO)
    one, other = found.theirs_only
    desk.do(
        commands.match, MatchByHand(one.line_id, one.version, Subject.SUPPLIER_INVOICE, found.ours_only[2].subject_id)
    )
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.explain, one.line_id, one.version, "The same")
    desk.do(commands.explain, other.line_id, other.version, "The bank's charge, of finance's own")
    found = desk.ask(queries.held, FROM, TO)
    assert [pair.difference for pair in found.differs] == [Money(1_00)]
    assert (found.theirs_only[0].state, found.total.explained) == (FinanceLineState.EXPLAINED, Money(9_99))
    desk.do(commands.take_apart, found.differs[0].theirs.line_id, found.differs[0].theirs.version)
    assert desk.ask(queries.held, FROM, TO).differs == ()
    with pytest.raises(UserError, match="spent nothing on the transaction's code"):
        desk.do(commands.match, MatchByHand(other.line_id, 2, Subject.SUPPLIER_INVOICE, 1))


def test_one_officer_prepares_and_another_signs_and_then_nothing_changes(desk, colleague, spent, load):
    load(HEAD + "06/11/2026,HR100-4120,300.00,SI-1,,\n06/11/2026,HR100-4130,9.99,X1,,\n")
    desk.do(commands.prepare, FROM, TO, "November")
    (row,) = desk.ask(queries.reconciliations)
    with pytest.raises(UserError):
        desk.do(commands.sign, row.reconciliation_id)
    line = desk.ask(queries.held, FROM, TO).matched[0].theirs
    desk.do(commands.take_apart, line.line_id, line.version)
    with pytest.raises(UserError, match="has changed since"):
        colleague.do(commands.sign, row.reconciliation_id)
    assert desk.do(commands.match_again, FROM, TO).told == "1 more matched."
    colleague.do(commands.sign, row.reconciliation_id)
    (row,) = desk.ask(queries.reconciliations)
    assert (row.state, row.signed_by) == (ReconciliationState.SIGNED, "Test Colleague")
    assert (row.ours, row.theirs, row.matched) == (Money(425_00), Money(309_99), Money(300_00))
    open_one = desk.ask(queries.held, FROM, TO).theirs_only[0]
    for refused in (
        lambda: desk.do(commands.explain, open_one.line_id, open_one.version, "Late"),
        lambda: desk.do(commands.prepare, FROM, TO),
        lambda: load(HEAD + "30/11/2026,HR100-4120,1.00,Y,,\n", "late.csv"),
    ):
        with pytest.raises(UserError, match="1 Nov 2026 to 30 Nov 2026 is signed"):
            refused()
    assert load(HEAD + "01/12/2026,HR100-4120,1.00,Y,,\n", "december.csv").count == 1


def test_nobody_prepares_a_period_without_transactions(desk, spent):
    with pytest.raises(UserError, match="No transactions of this period"):
        desk.do(commands.prepare, FROM, TO)


def test_a_file_of_the_months_around_a_signed_one_leaves_it_alone(desk, colleague, spent, load):
    """IN00001 is open in November, which is signed; a file with lines of October and December would match it."""
    load(HEAD + "06/11/2026,HR100-4120,299.00,X,,\n")
    desk.do(commands.prepare, FROM, TO)
    colleague.do(commands.sign, desk.ask(queries.reconciliations)[0].reconciliation_id)
    load(HEAD + "30/10/2026,HR100-4120,1.00,Y,,\n02/12/2026,HR100-4120,80.00,SI-2,,\n", "around.csv")
    assert [their.state for their in desk.ask(queries.held, FROM, TO).theirs_only] == [FinanceLineState.OPEN]


def test_periods_that_share_days_are_not_prepared_beside_each_other(desk, spent, load):
    load(HEAD + "06/11/2026,HR100-4120,300.00,SI-1,,\n")
    desk.do(commands.prepare, FROM, TO)
    with pytest.raises(UserError, match="shares days with it"):
        desk.do(commands.prepare, date(2026, 10, 15), date(2026, 11, 14))
    desk.do(commands.prepare, FROM, TO, "Again")
    assert [row.note for row in desk.ask(queries.reconciliations)] == ["Again"]


def test_a_document_is_one_transaction_s_alone(desk, spent, load):
    load(HEAD + "06/11/2026,HR100-4120,300.00,SI-1,,\n07/11/2026,HR100-4120,5.00,Q,,\n")
    found = desk.ask(queries.held, FROM, TO)
    taken, other = found.matched[0].ours, found.theirs_only[0]
    with pytest.raises(UserError, match="Another transaction is of this document"):
        desk.do(commands.match, MatchByHand(other.line_id, other.version, taken.subject, taken.subject_id))
