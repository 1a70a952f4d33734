"""Whatever is selected: the file reads back without a fault, its totals balance, and no collection is in two live runs."""

import contextlib
from datetime import date
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.direct_debits.runs import DebitRun, DebitRunLine
from app.models.direct_debits.schedules import Collection
from app.models.values import BacsCode, CollectionState
from app.services.approvals import commands as approvals
from app.services.bacs import processing, rules
from app.services.bacs.dto import Destination, OwnAccount, OwnAccounts, Submission
from app.services.bacs.standard18.reading import read
from app.services.bacs.standard18.writing import write
from app.services.core.errors import UserError
from app.services.direct_debits.runs import commands, files, queries, selecting
from app.services.direct_debits.runs.banks import Bank
from app.services.direct_debits.runs.rules import LIVE
from app.services.direct_debits.runs.selecting import Record, Selection
from tests.services.direct_debits.runs.conftest import ask, due, home

OWN = OwnAccounts(
    {"": OwnAccount("404040", "70872490", "RENT"), "rent_group:GAR": OwnAccount("404040", "11111112", "GARAGES")}
)
DAYS = [processing.days_of(date(2026, 11, day)) for day in (24, 25, 26)]
SENT = [BacsCode.FIRST, BacsCode.REGULAR, BacsCode.AGAIN, BacsCode.FINAL]
NUMBERS = count(1)
NAMES = st.text(min_size=1, max_size=40).filter(lambda name: any(each.isalnum() for each in rules.bacs_text(name)))


@st.composite
def records(draw):
    """Something that goes: any name, any account, any amount that one record carries."""
    name = rules.bacs_text(draw(NAMES))[: rules.NAME_LENGTH].rstrip()
    digits = st.integers(1, 999_999), st.integers(1, 99_999_999)
    to = Destination(f"{draw(digits[0]):06}", f"{draw(digits[1]):08}")
    return Record(
        1,
        None,
        draw(st.integers(1, 10**6)),
        1,
        "",
        f"RENT {draw(st.integers(10**7, 10**8 - 1))}",
        "",
        draw(st.sampled_from(SENT)),
        draw(st.sampled_from(DAYS)),
        draw(st.integers(1, 2_500_00)),
        draw(st.sampled_from(sorted(OWN.by_scope))),
        Bank(1, to, name, "", amended=False),
    )


@given(st.lists(records(), min_size=1, max_size=30))
def test_any_selection_gives_a_file_without_a_fault_whose_totals_balance(chosen):
    selection = Selection(tuple(DAYS), selecting._in_order(chosen), ())
    sections = tuple(files._sections(selection, OWN))
    first = min(record.days.processing_on for record in chosen)
    content = write(Submission("123456", "ANYTOWN COUNCIL", 1, date(2026, 11, 23), first, sections))
    found = read(content, "123456")
    assert found.faults == ()
    groups = {(record.days.processing_on, record.own_scope) for record in chosen}
    assert found.totals.debit_pence == found.totals.credit_pence == selection.pence
    assert (found.totals.debit_count, found.totals.credit_count) == (len(chosen), len(groups))
    for section in sections:
        codes = [line.code for line in section.lines]
        assert codes == sorted(codes, key=lambda code: code.value)  # 01, 17, 18, 19


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["ask", "approve", "withdraw", "cancel", "due"]), min_size=4, max_size=8))
def test_no_collection_is_in_two_live_runs(desk, colleague, council, steps):
    """One database for all the stories: each goes on where the last one ended."""
    for step in steps:
        with contextlib.suppress(UserError):
            STEPS[step](desk, colleague)
        rows = select(DebitRunLine.collection_id).join(DebitRun, DebitRun.id == DebitRunLine.run_id)
        live = desk.ask(lambda ctx, rows=rows: ctx.session.scalars(rows.where(DebitRun.state.in_(LIVE))).all())
        assert len(live) == len(set(live))
        taken = select(Collection.id).where(Collection.state == CollectionState.IN_RUN)
        assert set(desk.ask(lambda ctx, taken=taken: ctx.session.scalars(taken).all())) == set(live)


def _last(desk, *states):
    """The latest run in one of some states."""
    found = [row for row in desk.ask(queries.listed) if row.state.value in states]
    if not found:
        raise UserError("There is none.")
    return found[0]


def _due(desk, _colleague):
    number = next(NUMBERS)
    desk.do(lambda ctx: due(ctx, home(ctx, number)[1]))


def _ask(desk, _colleague):
    ask(desk, key=f"run {next(NUMBERS)}")


STEPS = {
    "due": _due,
    "ask": _ask,
    "approve": lambda desk, colleague: colleague.do(approvals.approve, [_last(desk, "waiting").request_id]),
    "withdraw": lambda desk, _: desk.do(approvals.withdraw, _last(desk, "waiting").request_id, "No"),
    "cancel": lambda desk, colleague: colleague.do(commands.cancel, _last(desk, "made").run_id, "No"),
}
