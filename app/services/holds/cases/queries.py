"""What the sheets of cases show, and what saving them will do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.holds import HoldCase, HoldDebt
from app.models.values import HoldKind
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.holds import rules as hold_rules
from app.services.holds.cases import checks, reading, rules
from app.services.holds.cases import search as searching
from app.services.holds.cases.dto import (
    CaseDetail,
    CaseForm,
    ChangeCase,
    EndCase,
    FoundDebt,
    OpenCase,
    SearchDebts,
)

_WHEN = "When"
_STOPS = "Stops"
_GOES_ON = "Goes on"
_DEBTS = "Debts"
_PEOPLE = "People"


def form(ctx: Context, account_id: int) -> CaseForm:
    """What the sheet of a case begins with: the open case that the account is in, or who may be in a new one.

    Raises:
        UserError: there is no such account, it has no tenancy, or it is restricted and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    account = ctx.session.get(Account, account_id)
    if account is None:
        raise UserError(f"There is no account number {account_id}.")
    people = searching.debtors(ctx, account_id)
    if not people:
        raise UserError("Nobody holds this account, so nobody can be in a case about it.", "Open a tenant's account.")
    case_id = reading.open_case_of(ctx, account_id)
    case = ctx.session.get(HoldCase, case_id) if case_id else None
    shown = reading.detail_of(ctx, case) if case else None
    return CaseForm(account_id, account.payment_reference or "", account.name, people, shown)


def detail(ctx: Context, case_id: int) -> CaseDetail:
    """A case as opened.

    Raises:
        UserError: there is none, or one of its accounts is restricted and not the officer's to open.
    """
    case = ctx.session.get(HoldCase, case_id)
    if case is None:
        raise UserError(f"There is no case number {case_id}.", "Look at the list again.")
    for account_id in reading.debts_of(ctx, case_id):
        access.open_account(ctx, account_id)
    return reading.detail_of(ctx, case)


def search(ctx: Context, wanted: SearchDebts) -> tuple[FoundDebt, ...]:
    """The creditor search: every account of these people, living and former, with what it owed on the day."""
    return searching.search(ctx, wanted)


def protected(ctx: Context, account_ids: Collection[int] | None = None) -> dict[int, int]:
    """What open cases protect of each account's balance today, in pence: what it owed when each was applied for, at most.

    What is owed beyond it came later, is outside the case and is asked for as always.
    """
    today = ctx.clock.today()
    wanted = (
        select(HoldDebt.account_id, func.max(HoldDebt.pence))
        .join(HoldCase, HoldCase.id == HoldDebt.case_id)
        .where(
            HoldCase.ended_on.is_(None),
            HoldCase.start_on <= today,
            func.coalesce(HoldCase.end_on, today) >= today,
            HoldDebt.pence > 0,
        )
        .group_by(HoldDebt.account_id)
    )
    if account_ids is None:
        return {row[0]: row[1] for row in ctx.session.execute(wanted)}
    chunks = (wanted.where(HoldDebt.account_id.in_(chunk)) for chunk in in_chunks(sorted(account_ids)))
    return {row[0]: row[1] for each in chunks for row in ctx.session.execute(each)}


def preview_open(ctx: Context, new: OpenCase) -> tuple[Effect, ...]:
    """What entering a case will do, without doing it; its reference may be missing yet.

    Raises:
        UserError: as the command.
    """
    new = replace(new, reference=new.reference.strip() or "-")
    terms = reading.terms(ctx, new.start_on)
    end_on = checks.check_new(ctx, new, terms)
    wanted = SearchDebts(new.person_ids, new.applied_on)
    found = {each.account_id: each for each in searching.search(ctx, wanted)}
    chosen = [found[each] for each in dict.fromkeys((*new.named, *new.found))]
    return (
        *_when(ctx, new, terms),
        *_stopped(new, end_on),
        *_debts(new, chosen, list(found.values())),
        *_joint(chosen),
        *_closed(searching.closed_count(ctx, wanted)),
    )


def preview_change(ctx: Context, new: ChangeCase) -> tuple[Effect, ...]:
    """What changing a case will do.

    Raises:
        UserError: its last day can't be.
    """
    case = reading.case_row(ctx, new.case_id)
    terms = reading.terms(ctx, case.start_on)
    treated = new.treatment_ended_on if case.crisis else None
    wanted = None if treated else new.end_on
    end_on = checks.last_day(case.kind, case.start_on, wanted, terms, crisis=case.crisis, treatment_ended_on=treated)
    effects = []
    if end_on != case.end_on:
        effects.append(Effect(_WHEN, "It and its holds end", _day(case.end_on), _day(end_on)))
    if new.reviewed_on != case.reviewed_on:
        after = rules.review_day(case.kind, case.start_on, terms, crisis=case.crisis, reviewed_on=new.reviewed_on)
        before = written(case.review_on) if case.review_on else "none"
        effects.append(Effect(_WHEN, "Its next review", before, written(after) if after else "none"))
    people = tuple(each.person_id for each in reading.people_of(ctx, case.id))
    rows = {each.account_id: each for each in searching.search(ctx, SearchDebts(people, case.applied_on, case.id))}
    added = [rows[each] for each in new.found if each in rows]
    effects += [Effect(_DEBTS, f"{each.reference} is added and put on hold", after=each.owed.dr_cr()) for each in added]
    if added and new.told_adviser_on is None:
        effects.append(Effect(_DEBTS, "A task to tell the adviser of it is made", warns=True))
    return (*effects, *_joint([*added, *(each for each in rows.values() if each.in_case)]))


def preview_end(ctx: Context, new: EndCase) -> tuple[Effect, ...]:
    """What ending a case will do."""
    case = reading.case_row(ctx, new.case_id)
    stops = reading.stops_of_case(ctx, case.id)
    debts = reading.debts_of(ctx, case.id)
    many = "one account" if len(debts) == 1 else f"{len(debts)} accounts"
    return (
        Effect(_WHEN, "It and its holds end", _day(case.end_on), _day(new.last_on)),
        Effect("Starts again", f"{hold_rules.listed(stops)} on {many}, unless another hold stops it"),
    )


def preview(ctx: Context, command: ChangeCase | EndCase) -> tuple[Effect, ...]:
    """What saving the sheet of a standing case will do."""
    return preview_end(ctx, command) if isinstance(command, EndCase) else preview_change(ctx, command)


def _when(ctx: Context, new: OpenCase, terms: rules.Terms) -> Iterator[Effect]:
    end_on = checks.last_day(new.kind, new.start_on, new.end_on, terms, crisis=new.crisis)
    until = f"until {written(end_on)}" if end_on else "no end yet"
    yield Effect(_WHEN, "It protects from", after=f"{written(new.start_on)}, {until}")
    if end_on is not None and end_on < ctx.clock.today():
        yield Effect(_WHEN, "It has run out already: nothing is stopped by it today", warns=True)
    if new.kind is not HoldKind.BREATHING_SPACE:
        return
    if not new.crisis:
        first, last = rules.midway(new.start_on, terms)
        yield Effect(_WHEN, "Midway review by the adviser", after=f"{written(first)} to {written(last)}")
    ask_by = rules.creditor_until(new.kind, new.start_on, terms)
    if ask_by is not None and ask_by >= ctx.clock.today():
        yield Effect(_WHEN, "We may ask the adviser for a review", after=f"until {written(ask_by)}")
    lately = [] if new.crisis else checks.before(ctx, new.person_ids, new.applied_on, terms)
    for case in lately[:1]:
        yield Effect(
            _WHEN,
            f"Another one, {case.reference}, ended on {_day(case.end_on)}: one in {terms.gap_months} months is allowed,"
            " so ask the adviser to look at this one",
            warns=True,
        )


def _stopped(new: OpenCase, end_on: date | None) -> Iterator[Effect]:
    stops = hold_rules.USUAL[new.kind] if new.stops is None else new.stops
    yield Effect(_STOPS, hold_rules.listed(stops), after="until it ends" if end_on is None else "")
    yield Effect(_GOES_ON, "The current rent is charged and collected as always")
    yield Effect(_GOES_ON, "What falls due after the application is outside the case")


def _debts(new: OpenCase, chosen: Collection[FoundDebt], every: Collection[FoundDebt]) -> Iterator[Effect]:
    ids = {each.account_id for each in chosen}
    for each in chosen:
        told = "named by the notice" if each.account_id in new.named else "found by us"
        yield Effect(_DEBTS, f"{each.reference}, {told}", after=f"{each.owed.dr_cr()} on {written(new.applied_on)}")
        if each.owed.pence <= 0:
            yield Effect(_DEBTS, f"{each.reference} owed nothing then, so nothing on it is protected", warns=True)
    left = [each for each in every if each.account_id not in ids and each.owed.pence > 0]
    for each in left:
        yield Effect(_DEBTS, f"{each.reference} owed {each.owed} too and isn't in the case", warns=True)
    if not new.searched and new.kind is HoldKind.BREATHING_SPACE:
        yield Effect(_DEBTS, "A task to look through all accounts for other debts is made")
    if new.found:
        yield Effect(_DEBTS, "A task to tell the adviser of what we found is made")


def _joint(chosen: Collection[FoundDebt]) -> Iterator[Effect]:
    for name in dict.fromkeys(name for each in chosen for name in each.others):
        yield Effect(
            _PEOPLE,
            f"{name} owes it too and isn't protected: they may still be asked, by a letter of their own",
            warns=True,
        )


def _closed(count: int) -> Iterator[Effect]:
    if count:
        yield Effect(_DEBTS, f"{count} restricted, not shown to you: ask your team leader to look", warns=True)


def _day(day: date | None) -> str:
    return written(day) if day is not None else "no end yet"
