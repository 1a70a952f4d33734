"""A month of Direct Debits at the made-up landlord: collected, partly returned, claimed back; and new instructions sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.runs import DebitRun, DebitRunLine
from app.models.direct_debits.schedules import Collection
from app.models.values import DebitCaseKind, DebitRunKind, Frequency, Money
from app.services.approvals import commands as approvals
from app.services.bacs import processing
from app.services.core.calendars import rent_year
from app.services.core.clock import FixedClock
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.demonstration import debit_mandates as mandates
from app.services.demonstration.debit_reports import Unpaid, arudd, input_report
from app.services.direct_debits.cases import commands as cases
from app.services.direct_debits.cases.dto import NewCase
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.notices import commands as notices
from app.services.direct_debits.notices.dto import ToldByPhone
from app.services.direct_debits.returns import commands as returns
from app.services.direct_debits.returns.dto import NewReport
from app.services.direct_debits.runs import commands as runs
from app.services.direct_debits.runs import files, selecting
from app.services.direct_debits.runs.dto import AskRun, RunQuestion
from app.services.direct_debits.schedules.dto import Terms
from app.services.direct_debits.schedules.keeping import day_options

_LEAST: Final = timedelta(days=14)
_TOLD: Final = timedelta(days=27)
"""From the telling to the collection: over the ten working days that were promised, under a month."""
_ENOUGH: Final = 6
_RETURNED: Final = (("0", "Refer to payer"), ("1", "Instruction cancelled"), ("B", "Account closed"))
"""Why the first collections came back; the last of them is still to be applied."""
_COMPLAIN: Final = 2
_WORDS: Final = "Rang the payer: told every day and amount, the reference and our name"
_EXPIRED: Final = "The instruction has expired (AUDDIS H)"

Given = Sequence[tuple[int, Account]]
"""Accounts, each with the place of its mandate's bank account."""


@dataclass(frozen=True, slots=True)
class Debiters:
    """Who acts: whoever keeps mandates, prepares runs and reads reports, and approves."""

    keeper: Context
    runner: Context
    approver: Context

    def on(self, day: date) -> Debiters:
        """The same on a day."""
        clock = FixedClock(day)
        return Debiters(*(replace(each, clock=clock) for each in (self.keeper, self.runner, self.approver)))


def collect_some(office: Debiters, given: Given) -> None:
    """Collect from mandates on a day two or three weeks ago: told in time, sent, posted, and some of it returned.

    Where the rent year began too lately for that, nothing is collected.
    """
    ctx = office.keeper
    today = ctx.clock.today()
    day = today - _LEAST
    while day.day not in day_options(ctx):
        day -= timedelta(days=1)
    told = office.on(day - _TOLD)
    if len(given) < _ENOUGH or day - _TOLD < rent_year(today).first_week_on:
        return
    terms = Terms(Frequency.MONTHLY, day.day, day - _TOLD)
    for at, account in given:
        made = mandates.load(told.keeper, at, account, terms)
        if _plans(ctx, made):
            notices.tell_by_phone(told.keeper, ToldByPhone(made.id, _WORDS))
    bacs = bacs_days(ctx.policy, today)
    days = processing.entered_on(day, bacs)
    run = _send(office.on(days.submit_on), DebitRunKind.COLLECTION, days.processing_on, "demonstration:collected")
    if run is None:
        return
    _match(office.on(days.processing_on), run)
    runs.post(office.on(days.entry_on).runner, days.entry_on)
    _come_back(office.on(bacs.add(days.entry_on, 2)), run)
    _complain(office.on(bacs.add(days.entry_on, 4)), run)


def lodge_some(office: Debiters, given: Given) -> None:
    """Send new instructions to the bank this week; one that was on paper comes back as expired."""
    ctx = office.keeper
    today = ctx.clock.today()
    bacs = bacs_days(ctx.policy, today)
    sent = bacs.add(today, -3)
    before, terms = office.on(sent), Terms(Frequency.MONTHLY, day_options(ctx)[0], sent)
    made = [mandates.take(before.keeper, *each, terms, converts=bool(at)) for at, each in enumerate(given)]
    processed = bacs.add(sent, 1)
    run = _send(before, DebitRunKind.LODGEMENT, processed, "demonstration:lodged")
    if run is None:
        return
    _match(office.on(processed), run)
    if len(made) > 1 and made[1] is not None:
        back = office.on(bacs.add(sent, 2)).runner
        keeping.returned(back, ctx.session.get_one(Mandate, made[1]), _EXPIRED, expired=True)


def _send(office: Debiters, kind: DebitRunKind, processed: date, key: str) -> DebitRun | None:
    """A run of all that can go: asked for, approved and sent; None where there is nothing."""
    ctx = office.runner
    found = selecting.asked(ctx, RunQuestion(kind, processed))
    if not found.records:
        return None
    asked = runs.ask(ctx, AskRun(kind, processed, len(found.records), Money(found.pence), key))
    approvals.approve(office.approver, [asked.request_id])
    runs.mark_sent(ctx, asked.run_id, f"TEST-{asked.number:04}")
    return ctx.session.get_one(DebitRun, asked.run_id)


def _match(office: Debiters, run: DebitRun) -> None:
    """The Input report says that Bacs took it whole."""
    ctx = office.runner
    file = files.file_of(ctx, run)
    assert file is not None
    report = input_report(file.serial, run.processing_on, run.count, Money(run.pence))
    returns.read(ctx, NewReport(report, f"Input {run.processing_on:%Y-%m-%d}.xml"))


def _come_back(office: Debiters, run: DebitRun) -> None:
    """Some of a run came back: two are applied, one is still to be, and one is of no mandate that is known."""
    ctx = office.runner
    on = ctx.clock.today()
    lines = _lines(ctx, run)
    items = [
        Unpaid(mandate.reference, mandate.payer_name, code, words, Money(line.pence))
        for (line, mandate), (code, words) in zip(lines, _RETURNED, strict=False)
    ]
    items.append(Unpaid("TESTFORD 99", "A N Other", "0", "Refer to payer", Money(61_40)))
    read = returns.read(ctx, NewReport(arudd(on, run.processing_on, items), f"ARUDD {on:%Y-%m-%d}.xml"))
    returns.apply(ctx, read.item_ids[:2])


def _complain(office: Debiters, run: DebitRun) -> None:
    """A payer claims what was collected, and the bank of another asks something."""
    ctx = office.keeper
    on = ctx.clock.today()
    lines = _lines(ctx, run)[len(_RETURNED) :]
    if len(lines) < _COMPLAIN:
        return
    (claimed, payer), (_asked, other) = sorted(lines, key=lambda each: -each[0].pence)[:_COMPLAIN]
    words = "The payer says that they were told of another amount"
    assert claimed.collection_id is not None
    claim = NewCase("demonstration:claim", DebitCaseKind.INDEMNITY, payer.id, words, on, (claimed.collection_id,))
    cases.open_case(ctx, replace(claim, bank_reference="EXB-2217", note="Rang the bank: the form is on its way"))
    query = "The bank asks on which day the instruction was given"
    cases.open_case(ctx, NewCase("demonstration:query", DebitCaseKind.BANK_QUERY, other.id, query, on))


def _plans(ctx: Context, mandate: Mandate) -> bool:
    """Whether something is to be collected: of an account that benefit pays whole there may be nothing."""
    return ctx.session.scalars(select(Collection.id).where(Collection.mandate_id == mandate.id)).first() is not None


def _lines(ctx: Context, run: DebitRun) -> list[tuple[DebitRunLine, Mandate]]:
    rows = (
        select(DebitRunLine, Mandate)
        .join(Mandate, Mandate.id == DebitRunLine.mandate_id)
        .where(DebitRunLine.run_id == run.id)
        .order_by(DebitRunLine.place)
    )
    return [(line, mandate) for line, mandate in ctx.session.execute(rows)]
