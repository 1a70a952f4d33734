"""Desks and other income are kept, and go out of use; none is deleted, and the letters of a receipt stay."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.desks import IncomeStream
from app.models.values import AccountKind, Fund
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.reception_payments.desks import commands, queries
from app.services.reception_payments.desks.dto import DeskRow, StreamRow
from app.services.reception_payments.receipts import recording
from tests.services.reception_payments.conftest import payment

NEW = DeskRow(0, " Town Hall ", "th", "The Square", True, True, True, False, True)
PERMITS = StreamRow(0, "Garden waste", Fund.GENERAL, "GF4711", "Number of the permit", True)


def refused(desk, command, asked):
    with pytest.raises(UserError) as told:
        desk.do(command, asked)
    return told.value.field, str(told.value)


def test_a_desk_says_what_it_takes_and_its_name_and_letters_are_its_own(desk, reception):
    desk.do(commands.keep_desk, NEW)

    row = desk.ask(queries.desks)[-1]

    assert (row.name, row.prefix) == ("Town Hall", "TH")
    assert row.words == "cash, cheques and postal orders, cards at the terminal"
    assert refused(desk, commands.keep_desk, replace(NEW, name="town hall", prefix="TX"))[0] == "name"
    assert "TH are the letters of Town Hall" in refused(desk, commands.keep_desk, replace(NEW, name="Other"))[1]
    assert refused(desk, commands.keep_desk, replace(NEW, name="Other", prefix="T1"))[0] == "prefix"
    nothing = replace(NEW, name="Other", prefix="TX", cash=False, cheques=False, terminal=False)
    assert refused(desk, commands.keep_desk, nothing)[0] == "cash"
    desk.do(commands.keep_desk, replace(row, active=False))
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.keep_desk, row)


def test_the_letters_of_a_desk_stay_once_it_gave_a_receipt(desk, reception):
    row = next(each for each in desk.ask(queries.desks) if each.desk_id == reception.counter)
    desk.do(commands.keep_desk, replace(row, prefix="CW"))
    desk.do(recording.record, payment(reception))
    row = next(each for each in desk.ask(queries.desks) if each.desk_id == reception.counter)

    assert row.receipts == 1
    assert "carry CW already" in refused(desk, commands.keep_desk, replace(row, prefix="WGC"))[1]


def test_an_income_is_posted_to_a_control_account_of_its_own(desk):
    desk.do(commands.keep_stream, PERMITS)

    (row,) = desk.ask(queries.streams)
    read = select(Account).join(IncomeStream, IncomeStream.account_id == Account.id)
    account = desk.ask(lambda ctx: ctx.session.scalars(read).one())

    assert row == replace(PERMITS, stream_id=row.stream_id, version=row.version)
    assert (account.kind, account.fund, account.ledger_code) == (AccountKind.CONTROL, Fund.GENERAL, "GF4711")
    assert account.control_key == f"stream:{account.id}"
    assert refused(desk, commands.keep_stream, replace(PERMITS, ledger_code=" "))[0] == "ledger_code"
    assert refused(desk, commands.keep_stream, PERMITS)[0] == "name"
    assert refused(desk, commands.keep_stream, replace(row, fund=Fund.HRA))[0] == "fund"
    desk.do(commands.keep_stream, replace(row, name="Garden bins", ledger_code="GF1"))
    account = desk.ask(lambda ctx: ctx.session.scalars(read).one())
    assert (account.name, account.ledger_code) == ("Garden bins", "GF1")


@pytest.mark.parametrize("field", ["name", "ledger_code", "reference_note"])
def test_no_field_of_an_income_takes_a_card_number(desk, field):
    assert refused(desk, commands.keep_stream, replace(PERMITS, **{field: "4111 1111 1111 1111"}))[0] == field
