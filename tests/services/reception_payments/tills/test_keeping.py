"""Tills kept by whoever sets the reception up; a difference explained after the count; a till that was left open; papers."""

import io

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from app.models.diary import Task
from app.models.officers import Officer
from app.models.reception_payments.tills import Till, TillCount
from app.models.values import Money, MoneyReceiptState, Subject, TakenBy
from app.services.core.errors import UserError
from app.services.core.finding import find
from app.services.reception_payments.receipts import undoing
from app.services.reception_payments.receipts.dto.new import NewCheque
from app.services.reception_payments.tills import banking, commands, daily, keeping, papers, queries
from app.services.reception_payments.tills.acts import TillAct
from app.services.reception_payments.tills.dto import Count, Explain, NewBanking, TillForm
from tests.factories import approving
from tests.services.reception_payments.tills.conftest import FLOAT, at, cash_up, opened, take


def form(reception, **values):
    wanted = {"till_id": 0, "desk_id": reception.counter, "name": " Till  2 ", "float_": Money(100_00), "active": True}
    return TillForm(**wanted | values)


def test_a_till_is_made_and_changed(desk, reception, till):
    desk.do(keeping.keep_till, form(reception))
    first, second = desk.ask(queries.tills)
    assert (first.name, second.name, second.float_.pence) == ("Till 1", "Till 2", 100_00)
    assert TillAct.OPEN in second.acts
    desk.do(keeping.keep_till, form(reception, till_id=second.till_id, active=False, version=second.version))
    assert desk.ask(queries.tills)[1].acts == frozenset()
    with pytest.raises(UserError, match="isn't used any more"):
        desk.do(commands.open_till, second.till_id, Count({5000: 2}))


def test_what_can_be_no_till_is_said(desk, reception, till):
    def refused(match, **values):
        with pytest.raises(UserError, match=match):
            desk.do(keeping.keep_till, form(reception, **values))

    refused("Give the till a name", name=" ")
    refused("has a till called Till 1", name="TILL 1")
    refused("Give the float", float_=None)
    refused("Give the float", float_=Money(-1))
    opened(desk, till)
    version = desk.ask(lambda ctx: ctx.session.get_one(Till, till.id).version)
    refused("Till 1 is open", till_id=till.id, name="Till 1", active=False, version=version)
    refused("Till 1 is open", till_id=till.id, name="Till 1", desk_id=reception.hatfield, version=version)
    desk.do(keeping.keep_till, form(reception, till_id=till.id, name="Till A", version=version))
    assert desk.ask(queries.tills)[0].name == "Till A"


def test_a_difference_is_explained_once_the_count_is_kept(desk, colleague, reception, till):
    """50.00 and 10.00 should be there, 59.00 are: the cash-up says so first, and the reason is asked for then."""
    session_id = opened(desk, till)
    take(desk, reception, 10_00, "a")
    counted = cash_up(desk, session_id, {1000: 5, 100: 9})
    assert counted.over.pence == -1_00
    with pytest.raises(UserError, match="Say how the difference"):
        desk.do(commands.explain, Explain(counted.count_id, " "))
    with pytest.raises(UserError, match="isn't yours"):
        colleague.do(commands.explain, Explain(counted.count_id, "I know"))
    desk.do(commands.explain, Explain(counted.count_id, "Wrong change"))
    assert desk.ask(queries.session, session_id).why == "Wrong change"
    colleague.do(commands.sign, session_id)
    with pytest.raises(UserError, match="counted again or signed since"):
        desk.do(commands.explain, Explain(counted.count_id, "Something else"))


def test_a_till_isnt_taken_over_while_its_difference_is_unexplained(desk, colleague, reception, till):
    session_id = opened(desk, till)
    counted = desk.do(commands.hand_over, session_id, colleague.officer.id, Count({1000: 4}))
    assert counted.told == "£40.00 counted, which isn't what should be there."
    with pytest.raises(UserError, match="nothing says why"):
        colleague.do(commands.take_over, session_id)
    desk.do(commands.explain, Explain(counted.count_id, "A note is missing"))
    assert TillAct.TAKE_OVER in colleague.ask(queries.session, session_id).acts
    colleague.do(commands.take_over, session_id)
    spot = desk.do(commands.spot_check, session_id, Count({1000: 4}))
    desk.do(commands.explain_check, Explain(spot.count_id, "As at the change of hands"))
    kept = desk.ask(lambda ctx: [each.why for each in ctx.session.scalars(select(TillCount).order_by(TillCount.id))])
    assert kept == ["", "A note is missing", "As at the change of hands"]


def test_who_holds_a_till_isnt_told_by_a_colleagues_count_what_should_be_in_it(desk, colleague, reception, till):
    session_id = opened(desk, till)
    take(desk, reception, 10_00, "a")
    colleague.do(commands.spot_check, session_id, FLOAT)
    assert [each.over for each in desk.ask(queries.session_card, session_id).counts] == [Money(0), None]
    assert [each.over for each in colleague.ask(queries.session_card, session_id).counts] == [Money(0), Money(-10_00)]
    assert desk.ask(queries.session, session_id).acts == {TillAct.CASH_UP, TillAct.HAND_OVER}
    assert colleague.ask(queries.session, session_id).acts == {TillAct.CASH_UP, TillAct.SPOT_CHECK}


def test_a_till_left_open_over_night_is_a_task_once_until_it_is_cashed_up(desk, till):
    session_id = opened(desk, till)
    desk.do(daily.each_day)

    def tasks():
        found = select(Task.state, Task.title).where(Task.kind == daily.TASK)
        return [tuple(each) for each in desk.ask(lambda ctx: ctx.session.execute(found).all())]

    assert tasks() == []
    morning = at(desk, 2026, 11, 22, 9)
    morning.do(daily.each_day)
    morning.do(daily.each_day)
    assert tasks() == [("open", "Till 1 is open since Sat 21 Nov: see that it is cashed up")]
    cash_up(morning, session_id, FLOAT.quantities)
    assert [state for state, _ in tasks()] == ["done"]


def test_what_lies_in_a_till_may_be_void_past_midnight_but_not_once_its_day_is_over(desk, reception, till):
    """The test's clock stands on the 21st in the forenoon; the till takes payments until three in the night."""
    opened(desk, till)
    first, second = (take(desk, reception, pence, f"{pence}") for pence in (10_00, 20_00))

    def void(row):
        return lambda ctx: undoing.undo(
            approving.void(ctx, row.id),
            ctx.session.merge(row),
            ctx.clock.today(),
            MoneyReceiptState.VOID,
            "Wrong account",
        )

    at(desk, 2026, 11, 22, 0, 20).do(void(first))
    with pytest.raises(UserError, match="not of today"):
        at(desk, 2026, 11, 22, 3, 1).do(void(second))


def banked(desk, colleague, reception, till, quantities):
    """A session with 170.00 in the till, of which 120.00 and a cheque of 80.00 go to the bank."""
    session_id = opened(desk, till)
    take(desk, reception, 120_00, "a")
    take(desk, reception, 80_00, "c", by=TakenBy.CHEQUE, cheque=NewCheque("A Sample", "Anybank", "000123"))
    cash_up(desk, session_id, {2000: 8, 1000: 1}, cheques=(1, 80_00))
    colleague.do(commands.sign, session_id)
    new = NewBanking("click", reception.counter, (session_id,), "BAG 77", quantities)
    return session_id, desk.do(banking.make, new)


def test_the_notes_on_the_slip_are_what_goes_to_the_bank(desk, colleague, reception, till):
    with pytest.raises(UserError, match=r"£100\.00 is counted, and £120\.00 in cash goes"):
        banked(desk, colleague, reception, till, {2000: 5})
    (session,) = desk.ask(queries.to_bank)
    assert session.to_bank.pence == 200_00
    made = desk.do(
        banking.make, NewBanking("again", reception.counter, (session.session_id,), "BAG 77", {2000: 6, 50: 0})
    )
    card = desk.ask(queries.banking_card, made)
    assert (card.quantities, card.row.total.pence) == ({2000: 6}, 200_00)
    assert [each.number for each in card.sessions] == [1]
    groups = desk.ask(find, "bag 77")
    assert [(each.subject, each.subject_id) for group in groups for each in group.found] == [(Subject.BANKING, made)]


def words(paper):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)


def cells(paper):
    return [list(row) for row in load_workbook(io.BytesIO(paper.content)).active.iter_rows(values_only=True)]


def test_the_sheets_of_the_day(desk, colleague, reception, till):
    session_id, made = banked(desk, colleague, reception, till, {2000: 6})
    sheet = words(desk.ask(papers.end_of_day, session_id))
    for said in ("End of day: Till 1, Campus West", "£170.00", "WGC000001", "£200.00", "Signed by: Test Colleague"):
        assert said in sheet, (said, sheet)
    slip = words(desk.ask(papers.paying_in, made))
    for said in ("Paying-in slip 1", "BAG 77", "000123", "£120.00", "£80.00", "£200.00"):
        assert said in slip, (said, slip)
    assert ["£20", 6, 120] in [row[:3] for row in cells(desk.ask(papers.paying_in_workbook, made))]
    book = cells(desk.ask(papers.end_of_day_workbook, session_id))
    assert [row[0] for row in book if str(row[0]).startswith("WGC")] == ["WGC000001", "WGC000002"]
    assert desk.ask(papers.paying_in, made).content == desk.ask(papers.paying_in, made).content


def test_the_sheet_of_the_day_tells_nothing_before_the_count(desk, till):
    with pytest.raises(UserError, match="Session 1 is open"):
        desk.ask(papers.end_of_day, opened(desk, till))


def test_a_till_is_handed_to_those_who_take_payments_and_to_nobody_else(desk, colleague, till):
    """The office has a team leader and an administrator; scheduled jobs run as an officer too."""
    assert desk.ask(queries.colleagues) == (("Test Colleague", colleague.officer.id),)
    session_id = opened(desk, till)
    manager = desk.ask(lambda ctx: ctx.session.scalars(select(Officer.id).where(Officer.username == "manager")).one())
    for nobody in (manager, desk.officer.id):
        with pytest.raises(UserError, match="Choose the colleague"):
            desk.do(commands.hand_over, session_id, nobody, FLOAT)
