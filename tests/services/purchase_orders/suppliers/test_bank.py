"""Bank details of suppliers: sealed, called back on the number known before, and in force by a second officer."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.models.audit import AuditEntry
from app.models.purchase_orders.suppliers import SupplierBank
from app.models.values import DetailState, Verdict
from app.services.approvals import commands as approvals
from app.services.approvals import queries as asked
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders.suppliers import commands as suppliers
from app.services.purchase_orders.suppliers import queries
from app.services.purchase_orders.suppliers.bank import commands, keeping
from app.services.purchase_orders.suppliers.bank import queries as banks
from app.services.purchase_orders.suppliers.bank.dto import NewSupplierBank
from tests.factories import purchasing
from tests.factories.debits import NEW, OLD
from tests.prepared import prepared

TODAY = date(2026, 11, 21)


@prepared
def supplier(desk, colleague):
    """A supplier whose telephone number is 01632 960100; its id."""
    return desk.do(purchasing.supplier).id


def typed(supplier_id, account=OLD, **other):
    """Bank details as they should be typed."""
    values = {
        "holder": "Sample Paints Limited",
        "asked_how": "Letter of 18 November",
        "called_number": "+44 1632 960100",
        "called_on": TODAY,
        "called_whom": "Their accounts desk",
    }
    return NewSupplierBank(supplier_id, sort_code=account[0], account_number=account[1], **values | other)


def on(desk, day):
    """The same desk on another day."""
    return replace(desk, clock=FixedClock(day))


def request(desk, supplier_id):
    """The request of the newest details."""
    return desk.ask(banks.of_supplier, supplier_id)[0].request_id


def test_first_details_wait_and_a_second_officer_puts_them_in_force(desk, colleague, supplier):
    said = desk.do(commands.propose, typed(supplier)).told
    assert said.endswith("wait for a second officer; until then it isn't paid by Bacs.")
    assert desk.ask(keeping.standing, [supplier])[supplier].bank_id is None
    with pytest.raises(UserError, match="wait for a second officer already"):
        desk.do(commands.propose, typed(supplier, NEW))
    with pytest.raises(UserError):
        desk.do(approvals.approve, [request(desk, supplier)])
    colleague.do(approvals.approve, [request(desk, supplier)])
    stands = desk.ask(keeping.standing, [supplier])[supplier]
    assert (stands.words, stands.from_on, stands.waiting) == (f"account ending {OLD[1][-2:]}", TODAY, False)
    opened = desk.do(keeping.destinations, [stands.bank_id])[stands.bank_id]
    assert (opened[0].sort_code, opened[0].account_number, opened[1]) == (*OLD, "Sample Paints Limited")


def test_others_take_their_place_and_the_old_ones_ended_the_day_before(desk, colleague, supplier):
    desk.do(commands.propose, typed(supplier))
    colleague.do(approvals.approve, [request(desk, supplier)])
    desk, colleague = on(desk, date(2026, 11, 30)), on(colleague, date(2026, 11, 30))
    told = desk.do(commands.propose, typed(supplier, NEW, called_on=date(2026, 11, 30))).told
    assert told.endswith(f"until then it is paid on its account ending {OLD[1][-2:]}.")
    assert desk.ask(keeping.standing, [supplier])[supplier].waiting
    colleague.do(approvals.approve, [request(desk, supplier)])
    new, old = desk.ask(banks.of_supplier, supplier)
    assert (new.state, new.from_on, new.masked.last_two) == (DetailState.IN_FORCE, date(2026, 11, 30), NEW[1][-2:])
    assert (old.state, old.to_on, old.reason) == (DetailState.ENDED, date(2026, 11, 29), "Others took their place.")
    with pytest.raises(UserError, match="not in force any more"):
        desk.do(keeping.destinations, [old.bank_id])


def test_refused_details_are_never_paid_to_and_others_may_be_asked_for(desk, colleague, supplier):
    desk.do(commands.propose, typed(supplier))
    colleague.do(approvals.refuse, [request(desk, supplier)], "Their letter isn't theirs")
    row = desk.ask(banks.of_supplier, supplier)[0]
    assert (row.state, row.reason) == (DetailState.REFUSED, "Refused by the second officer: Their letter isn't theirs")
    desk.do(commands.propose, typed(supplier, NEW))


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"account": ("089999", "66374959")}, "account_number"),
        ({"called_number": "01632 960999"}, "called_number"),
        ({"called_number": ""}, "called_number"),
        ({"called_on": None}, "called_on"),
        ({"called_on": date(2026, 11, 22)}, "called_on"),
        ({"called_on": date(2026, 11, 1)}, "called_on"),
        ({"called_whom": " "}, "called_whom"),
        ({"asked_how": ""}, "asked_how"),
        ({"holder": ""}, "holder"),
        ({"asked_how": f"Letter: {OLD[1]}"}, "asked_how"),
    ],
)
def test_what_is_missing_or_wrong_is_named(desk, tabled, supplier, other, field):
    with pytest.raises(UserErrors) as refused:
        desk.do(commands.propose, typed(supplier, **other))
    assert [each.field for each in refused.value.errors] == [field]


def test_a_number_that_was_changed_lately_is_not_called(desk, colleague, supplier):
    """The record is changed on 10 December and 31 days later again looked at: by then the number is known."""
    desk = on(desk, date(2026, 12, 10))
    kept = desk.ask(queries.kept, supplier)
    desk.do(suppliers.change, supplier, kept.values | {"phone": "01632 960777"}, kept.version)
    form = desk.ask(banks.form, supplier)
    assert (form.call, form.call_words) == (
        "01632 960100",
        "The number was changed since 10 Nov 2026: this is the one before.",
    )
    with pytest.raises(UserErrors, match="Call 01632 960100"):
        desk.do(commands.propose, typed(supplier, called_number="01632 960777", called_on=date(2026, 12, 10)))
    desk = on(desk, date(2027, 1, 10))
    assert desk.ask(banks.form, supplier).call == "01632 960777"
    desk.do(commands.propose, typed(supplier, called_number="01632 960777", called_on=date(2027, 1, 10)))


def test_whoever_called_does_not_approve(desk, colleague, supplier):
    desk.do(commands.propose, typed(supplier, called_by=colleague.officer.id))
    with pytest.raises(UserError, match="took an earlier step"):
        colleague.do(approvals.approve, [request(desk, supplier)])


def test_the_account_of_another_supplier_is_said_and_taken_with_a_tick(desk, colleague, supplier):
    desk.do(commands.propose, typed(supplier))
    colleague.do(approvals.approve, [request(desk, supplier)])
    other = desk.do(purchasing.supplier, "Other Paper Ltd").id
    with pytest.raises(UserError, match="S00001 Sample Paints Limited is paid on the same account") as refused:
        desk.do(commands.propose, typed(other))
    assert refused.value.field == "shared"
    desk.do(commands.propose, typed(other, shared=True))
    details = colleague.ask(asked.request, request(desk, other)).details
    assert [each.after for each in details if each.label == "Also the account of"] == ["S00001 Sample Paints Limited"]


@pytest.mark.sqlite_file
def test_the_number_stands_nowhere_and_who_saw_it_is_audited(desk, colleague, supplier):
    desk.do(commands.propose, typed(supplier))
    shown = colleague.ask(asked.request, request(desk, supplier))
    assert OLD[1] not in repr(shown)
    assert OLD[1] not in repr(typed(supplier))
    bank_id = desk.ask(banks.of_supplier, supplier)[0].bank_id
    seen = desk.do(commands.reveal, bank_id)
    assert (seen.sort_code, seen.account_number) == ("08-99-99", OLD[1])
    assert OLD[1] not in repr(seen)

    def read(ctx):
        audit = ctx.session.execute(select(AuditEntry.action, AuditEntry.table_name, AuditEntry.after)).all()
        tables = ctx.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        holds = [
            name for name in tables for row in ctx.session.execute(text(f"SELECT * FROM {name}")) if OLD[1] in str(row)
        ]
        return audit, holds

    audit, holds = desk.ask(read)
    assert holds == []
    reveals = [each.after for each in audit if (each.action, each.table_name) == ("reveal", "supplier_bank")]
    assert reveals == [f'{{"last_two": "{OLD[1][-2:]}", "supplier_id": {supplier}}}']


def test_details_that_are_ended_by_hand_are_not_paid_to(desk, colleague, supplier):
    desk.do(commands.propose, typed(supplier))
    colleague.do(approvals.approve, [request(desk, supplier)])
    row = desk.ask(banks.of_supplier, supplier)[0]
    desk.do(commands.end, row.bank_id, row.version, "They closed it")
    assert desk.ask(keeping.standing, [supplier])[supplier].bank_id is None


def test_a_change_that_was_taken_apart_is_told_as_one(desk, colleague, supplier):
    """The details in force are ended by hand, the number is changed, and others are asked for as if they were the first."""
    desk.do(commands.propose, typed(supplier))
    colleague.do(approvals.approve, [request(desk, supplier)])
    kept = desk.ask(queries.kept, supplier)
    desk.do(suppliers.change, supplier, kept.values | {"phone": "01632 960777"}, kept.version)
    row = desk.ask(banks.of_supplier, supplier)[0]
    desk.do(commands.end, row.bank_id, row.version, "They closed it")
    later = date(2027, 1, 10)
    desk, colleague = on(desk, later), on(colleague, later)
    desk.do(commands.propose, typed(supplier, NEW, called_number="01632 960777", called_on=later))
    shown = colleague.ask(asked.request, request(desk, supplier))
    assert shown.row.summary == "Other bank details of S00001 Sample Paints Limited"
    told = {each.label: each.before or each.after for each in shown.details}
    assert told["Ended before"] == (
        f"account ending {OLD[1][-2:]}, on 21 Nov 2026 by {desk.officer.name}: They closed it"
    )
    assert told["Number known since"] == "21 Nov 2026, when it was changed"


def test_the_number_of_a_record_that_was_never_changed_is_known_since_it_was_made(desk, colleague, supplier):
    desk.do(commands.propose, typed(supplier))
    shown = colleague.ask(asked.request, request(desk, supplier))
    told = {each.label: each.after for each in shown.details}
    assert told["Number known since"] == "21 Nov 2026, when its record was made"
    assert "Ended before" not in told
    assert shown.row.summary.startswith("First")


@pytest.mark.parametrize("state", [DetailState.PROPOSED, DetailState.IN_FORCE])
def test_the_database_keeps_one_row_that_waits_and_one_in_force(desk, colleague, supplier, state):
    def twice(ctx):
        for at in range(2):
            values = {"supplier_id": supplier, "holder": "Sample", "fingerprint": str(at), "last_two": "59"}
            values |= {"verdict": Verdict.VALID, "state": state, "from_on": TODAY, "made_by": ctx.officer.id}
            ctx.session.add(SupplierBank(**values, made_at=ctx.clock.now()))
        ctx.session.flush()

    with pytest.raises(IntegrityError, match=r"supplier_bank\.supplier_id"):
        desk.do(twice)


def test_of_two_desks_that_ask_in_one_moment_the_second_reads_why(desk, colleague, supplier):
    """What the database says where the other desk's row came between looking and keeping."""

    def twice(ctx):
        for at in range(2):
            values = {"supplier_id": supplier, "holder": "Sample", "fingerprint": str(at), "last_two": "59"}
            values |= {"verdict": Verdict.VALID, "state": DetailState.PROPOSED, "from_on": TODAY}
            made = SupplierBank(**values, made_by=ctx.officer.id, made_at=ctx.clock.now())
            keeping.add_waiting(ctx, made, "Sample Paints Limited")

    with pytest.raises(UserError, match="Other bank details of Sample Paints Limited wait for a second officer"):
        desk.do(twice)


def test_alone_nobody_keeps_them(desk):
    made = desk.do(purchasing.supplier).id
    with pytest.raises(UserError, match="takes two officers"):
        desk.do(commands.propose, replace(typed(made)))
