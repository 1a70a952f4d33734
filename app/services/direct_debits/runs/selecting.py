"""What goes in a run and what is left out, as things stand: the same question for the preview, the asking and the approval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import and_, select

from app.models.direct_debits.mandates import Instruction, Mandate, MandateBank
from app.models.direct_debits.runs import DebitRun
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.values import (
    BacsCode,
    CollectionState,
    DebitRunKind,
    InstructionState,
    LeftOut,
    MandateState,
)
from app.services.bacs import queries as bacs
from app.services.bacs.dto import ProcessingDays
from app.services.bacs.own import own_accounts, scope_of
from app.services.core.calendars import WorkingDays
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.runs import banks, gathering, rules
from app.services.direct_debits.runs.banks import Bank, Found
from app.services.direct_debits.runs.doubled import doubled
from app.services.direct_debits.runs.dto import RunQuestion
from app.services.direct_debits.runs.rules import Due, Standing
from app.services.direct_debits.schedules.days import last_again

_NOWHERE: Final = Bank(0, None, "", "", amended=False, fault="There are no bank details on that day.")


@dataclass(frozen=True, slots=True)
class Record:
    """Something that goes, or would but for a reason; `reference` is the mandate's."""

    mandate_id: int
    instruction_id: int | None
    collection_id: int | None
    account_id: int
    account_reference: str
    reference: str
    payer: str
    code: BacsCode
    days: ProcessingDays
    pence: int
    own_scope: str
    bank: Bank = field(repr=False)


@dataclass(frozen=True, slots=True)
class Out:
    """A record that is left out for a reason."""

    record: Record
    reason: LeftOut
    words: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes, in the order of the file, and what is left out, by reason."""

    days: tuple[ProcessingDays, ...]
    records: tuple[Record, ...]
    left_out: tuple[Out, ...]

    @property
    def pence(self) -> int:
        """What the records come to."""
        return sum(record.pence for record in self.records)

    @property
    def items_left_out(self) -> int:
        """How many are left out, each once however many reasons there are."""
        return len({(out.record.collection_id, out.record.instruction_id) for out in self.left_out})


def asked(ctx: Context, question: RunQuestion) -> Selection:
    """What a run would take: instructions that wait, or planned collections whose money moves on one of its days.

    Raises:
        UserError: Bacs doesn't process on one of the days or takes no file for it, or the council's own side isn't set.
    """
    days = days_of(ctx, question)
    if question.kind is DebitRunKind.LODGEMENT:
        return _instructions(ctx, gathering.waiting(), days)
    planned = and_(Collection.state == CollectionState.PLANNED, Collection.due_on.in_([each.entry_on for each in days]))
    return _collections(ctx, planned, days)


def again(ctx: Context, run: DebitRun) -> Selection:
    """What of a run would go as things stand now.

    Raises:
        UserError: as `asked`: the file can't be sent in time any more, for instance.
    """
    count = bacs_days(ctx.policy, ctx.clock.today()).between(run.entry_on, run.last_entry_on) + 1
    days = days_of(ctx, RunQuestion(run.kind, run.processing_on, count))
    if run.kind is DebitRunKind.LODGEMENT:
        taken = and_(Instruction.run_id == run.id, Instruction.state == InstructionState.IN_RUN)
        return _instructions(ctx, taken, days)
    in_run = and_(Collection.run_id == run.id, Collection.state == CollectionState.IN_RUN)
    return _collections(ctx, in_run, days, but_run=run.id)


def days_of(ctx: Context, question: RunQuestion) -> tuple[ProcessingDays, ...]:
    """The days of a file: so many processing days of Bacs, one after another.

    Raises:
        UserError: Bacs doesn't process on the first, takes no file for one of them, or there are too many.
    """
    most = rules.MOST_DAYS if question.kind is DebitRunKind.COLLECTION else 1
    if not 1 <= question.days <= most:
        what = f"1 to {most} processing days" if most > 1 else "one processing day"
        raise UserError(f"A file of this kind is for {what}.", field="days")
    working = bacs_days(ctx.policy, ctx.clock.today())
    found = [bacs.days_of(ctx, question.processing_on)]
    while len(found) < question.days:
        found.append(bacs.days_of(ctx, working.add(found[-1].processing_on, 1)))
    return tuple(found)


def _collections(ctx: Context, wanted: Any, days: Sequence[ProcessingDays], but_run: int | None = None) -> Selection:
    rows = gathering.collections(ctx, wanted)
    these, mandates = select(Collection.id).where(wanted), select(Collection.mandate_id).where(wanted)
    pays = select(Collection.mandate_id, CollectionShare.account_id).join(
        CollectionShare, CollectionShare.collection_id == Collection.id
    )
    last = days[-1].entry_on
    known = gathering.circumstances(ctx, mandates, pays.where(wanted, CollectionShare.pence > 0), last)
    money = gathering.money(ctx, these, days[0].entry_on)
    twice = doubled(ctx, wanted)
    held: dict[int, list[tuple[Found, Bank]]] = {}
    for row, bank in banks.of(ctx, MandateBank.mandate_id.in_(mandates)):
        held.setdefault(row.mandate_id, []).append((row, bank))
    limit = ctx.policy.money("direct_debits.item_limit", days[0].processing_on).pence
    begun = set(gathering.begun(ctx, but_run))
    working = bacs_days(ctx.policy, ctx.clock.today())
    by_entry = {each.entry_on: each for each in days}
    scope = _scopes(ctx, days[0].processing_on)
    kept: list[Record] = []
    left: list[Out] = []
    for row in rows:
        bank = _bank_on(held.get(row.mandate_id, ()), row.due_on)
        first = row.first_collected_on is None and row.mandate_id not in begun
        code = rules.code_of(row.kind, first=first)
        record = _record(row, bank, code, by_entry[row.due_on], row.pence, scope, collection_id=row.id)
        due = _due(row, money, limit, twice.get(row.id, ""), working)
        why = list(rules.why_not_collect(_standing(row, bank, known), due))
        left += [Out(record, *each) for each in why]
        if not why:
            kept.append(record)
            begun.add(row.mandate_id)
    return Selection(tuple(days), _in_order(kept), _by_reason(left))


def _due(row: Found, money: gathering.Amounts, limit_pence: int, twice: str, working: WorkingDays) -> Due:
    unfit = money.unfit.get(row.id)
    told = (row.noticed_on, row.noticed_due_on, row.noticed_pence)
    return Due(
        row.due_on,
        row.pence,
        money.shares.get(row.id, 0),
        row.collect_from,
        money.stopped.get(row.id, ""),
        (unfit, rules.notice_words(unfit, row.due_on, told)) if unfit else None,
        limit_pence,
        twice,
        last_again(working.add(row.first_due_on, -1), working) if row.first_due_on is not None else None,
    )


def _instructions(ctx: Context, wanted: Any, days: Sequence[ProcessingDays]) -> Selection:
    """Instructions; of an amended mandate the old one is cancelled only together with the new one that takes its place."""
    rows = gathering.instructions(ctx, wanted)
    mandates = select(Instruction.mandate_id).where(wanted)
    pays = select(Mandate.id, Mandate.account_id).where(Mandate.id.in_(mandates))
    known = gathering.circumstances(ctx, mandates, pays, days[0].processing_on)
    used = select(Instruction.bank_id).where(wanted)
    held = {bank.bank_id: bank for _row, bank in banks.of(ctx, MandateBank.id.in_(used))}
    scope = _scopes(ctx, days[0].processing_on)
    amends = {row.mandate_id: row for row in rows if row.code is not BacsCode.CANCEL}
    records: list[Record] = []
    why: dict[int, list[rules.Why]] = {}
    for row in rows:
        bank = held.get(row.bank_id, _NOWHERE)
        record = _record(row, bank, row.code, days[0], 0, scope, instruction_id=row.id)
        records.append(record)
        why[row.id] = list(rules.why_not_lodge(_standing(row, bank, known), row.code))
        new = amends.get(row.mandate_id)
        if row.code is BacsCode.CANCEL and row.state is MandateState.AMENDED and new is not None:
            standing = _standing(new, held.get(new.bank_id, _NOWHERE), known)
            why[row.id] += rules.why_not_lodge(standing, new.code)
    kept = [record for record in records if not why[record.instruction_id or 0]]
    left = [Out(record, *each) for record in records for each in why[record.instruction_id or 0]]
    return Selection(tuple(days), _in_order(kept), _by_reason(left))


def _scopes(ctx: Context, on: date) -> Callable[[str | None], str]:
    """Which of the council's own accounts the collections of a rent group go to; empty is its usual one."""
    own = own_accounts(ctx, on)
    return cache(lambda rent_group: own.scope(scope_of(rent_group)) if rent_group else "")


def _record(
    row: Found,
    bank: Bank,
    code: BacsCode,
    days: ProcessingDays,
    pence: int,
    scope: Callable[[str | None], str],
    *,
    collection_id: int | None = None,
    instruction_id: int | None = None,
) -> Record:
    return Record(
        row.mandate_id,
        instruction_id,
        collection_id,
        row.account_id,
        row.payment_reference or "",
        row.reference,
        row.payer_name,
        code,
        days,
        pence,
        scope(row.rent_group),
        bank,
    )


def _standing(row: Found, bank: Bank, known: gathering.Circumstances) -> Standing:
    return Standing(
        row.state,
        row.state_why,
        known.died.get(row.mandate_id, ""),
        known.ended.get(row.mandate_id, ""),
        known.claims.get(row.mandate_id, ""),
        gathering.reference_fault(row.reference)[1],
        bank.fault,
    )


def _bank_on(held: Sequence[tuple[Found, Bank]], on: date) -> Bank:
    """The latest of a mandate's bank accounts that it is on on a day."""
    for row, bank in reversed(held):
        if row.from_on <= on and (row.to_on is None or row.to_on >= on):
            return bank
    return _NOWHERE


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Day by day, the council's accounts apart, first collections first."""
    return tuple(
        sorted(
            records,
            key=lambda each: (
                each.days.processing_on,
                each.own_scope,
                rules.ORDER[each.code],
                each.reference,
                each.collection_id or each.instruction_id or 0,
            ),
        )
    )


def _by_reason(left: Iterable[Out]) -> tuple[Out, ...]:
    places = {reason: place for place, reason in enumerate(LeftOut)}
    return tuple(sorted(left, key=lambda out: (places[out.reason], out.record.reference, out.record.days.entry_on)))
