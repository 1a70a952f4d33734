"""Opening, changing and ending breathing space and insolvency cases; their holds follow them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from app.models.holds import HoldCase, HoldCasePerson, HoldDebt
from app.models.values import CaseEnd, Stop
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary.keeping import written
from app.services.holds import keeping
from app.services.holds.cases import checks, reading, rules, search, sources, tasks
from app.services.holds.cases.dto import ENDS, CaseSaved, ChangeCase, EndCase, OpenCase, SearchDebts
from app.services.holds.cases.tasks import REVIEW, SEARCH, TELL
from app.services.holds.dto import KINDS, PlaceHold
from app.services.holds.rules import USUAL

_DAY: Final = timedelta(days=1)


@requires(Permission.PLACE_HOLDS)
def open_case(ctx: Context, new: OpenCase) -> CaseSaved:
    """Enter a case: what each account owed on the day of the application is kept, and each is put on hold.

    Raises:
        UserError: as `checks.check_new`, or an account isn't the officer's to change.
    """
    terms = reading.terms(ctx, new.start_on)
    end_on = checks.check_new(ctx, new, terms)
    access.touch(ctx, (*new.named, *new.found))
    case = HoldCase(
        kind=new.kind,
        reference=new.reference.strip(),
        crisis=new.crisis,
        applied_on=new.applied_on,
        notified_on=new.notified_on,
        start_on=new.start_on,
        end_on=end_on,
        review_on=rules.review_day(new.kind, new.start_on, terms, crisis=new.crisis, reviewed_on=None),
        adviser=new.adviser.strip(),
        note=new.note.strip(),
        made_at=ctx.clock.now(),
        made_by=ctx.officer.id,
    )
    ctx.session.add(case)
    ctx.session.flush()
    ctx.session.add_all(HoldCasePerson(case_id=case.id, person_id=each) for each in dict.fromkeys(new.person_ids))
    stops = USUAL[new.kind] if new.stops is None else new.stops
    for accounts, named in ((new.named, True), (new.found, False)):
        _add_debts(ctx, case, accounts, stops, named=named)
    if new.searched:
        _note_search(ctx, case)
    sources.index(ctx, case)
    tasks.plan(ctx, case, terms)
    until = f" until {written(end_on)}" if end_on else ""
    told = f"{KINDS[case.kind]} {case.reference} is entered; it protects {_accounts(new)}{until}."
    return CaseSaved(case.id, told, keeping.changed({*new.named, *new.found}))


@requires(Permission.PLACE_HOLDS)
def change_case(ctx: Context, new: ChangeCase) -> CaseSaved:
    """Change an open case: its last day and that of its holds, its review, the search and the debts that it found.

    Raises:
        UserError: it has ended, a colleague changed it meanwhile, its last day has passed or is beyond the law's, or an
            account belongs to nobody who is in it.
    """
    case = _open(ctx, new.case_id, new.version)
    checks.check_texts(ctx, new.reference, new.adviser, new.note)
    terms = reading.terms(ctx, case.start_on)
    _check_seen_to(ctx, case, new)
    case.reference, case.adviser, case.note = new.reference.strip(), new.adviser.strip(), new.note.strip()
    sources.index(ctx, case)
    case.treatment_ended_on = new.treatment_ended_on if case.crisis else None
    wanted = None if case.crisis and case.treatment_ended_on is not None else new.end_on
    _move_end(ctx, case, wanted, terms)
    if new.reviewed_on != case.reviewed_on:
        case.reviewed_on = new.reviewed_on
        case.review_on = rules.review_day(
            case.kind, case.start_on, terms, crisis=case.crisis, reviewed_on=new.reviewed_on
        )
        tasks.finish(ctx, case, REVIEW, "The review was seen to")
    _add_found(ctx, case, new.found)
    if new.searched:
        _note_search(ctx, case)
    if new.told_adviser_on is not None:
        case.told_adviser_on = new.told_adviser_on
        tasks.finish(ctx, case, TELL, "The adviser was told")
    tasks.plan(ctx, case, terms)
    ctx.session.flush()
    told = f"{KINDS[case.kind]} {case.reference} is changed."
    return CaseSaved(case.id, told, keeping.changed(reading.debts_of(ctx, case.id).keys()))


@requires(Permission.PLACE_HOLDS)
def end_case(ctx: Context, new: EndCase) -> CaseSaved:
    """End a case: its holds end with its last day, and from the day after nothing is stopped by it.

    Raises:
        UserError: it has ended, a colleague changed it meanwhile, or the last day is before it started or after today.
    """
    case = _open(ctx, new.case_id, new.version)
    refuse_card_number(ctx, new.note, "note", "note")
    if new.last_on < case.start_on - _DAY:
        raise UserError("It can't have ended before it started.", "Change the day.", "last_on")
    if new.last_on > ctx.clock.today():
        raise UserError("Its last day is still to come.", "Change the last day of the case instead.", "last_on")
    if new.reason is CaseEnd.MISTAKE and not new.note.strip():
        raise UserError("Say what the mistake was.", "A few words are enough.", "note")
    words = f"{ENDS[new.reason]}. {new.note.strip()}".strip()
    for hold in reading.holds_of(ctx, case.id):
        if hold.from_on > new.last_on:
            keeping.remove(ctx, hold)
        elif hold.to_on is None or hold.to_on > new.last_on:
            hold.to_on, hold.closed_on, hold.released = new.last_on, ctx.clock.today(), words[:400]
    case.end_on = max(new.last_on, case.start_on)
    case.ended_on = ctx.clock.today()
    case.end_reason, case.end_note, case.review_on = new.reason, new.note.strip()[:400], None
    for kind in (REVIEW, TELL, SEARCH):
        tasks.finish(ctx, case, kind, "The case has ended")
    ctx.session.flush()
    told = (
        f"{KINDS[case.kind]} {case.reference} has ended; what it stopped starts again on {written(new.last_on + _DAY)}."
    )
    return CaseSaved(case.id, told, keeping.changed(reading.debts_of(ctx, case.id).keys()))


def _open(ctx: Context, case_id: int, version: int) -> HoldCase:
    case = reading.case_row(ctx, case_id)
    if case.ended_on is not None:
        raise UserError(f"Case {case.reference} ended on {written(case.end_on or case.ended_on)}.", "Enter a new one.")
    if case.version != version:
        raise UserError("A colleague changed this case meanwhile.", "Open it again.")
    return case


def _check_seen_to(ctx: Context, case: HoldCase, new: ChangeCase) -> None:
    today = ctx.clock.today()
    for field, day in (
        ("treatment_ended_on", new.treatment_ended_on),
        ("reviewed_on", new.reviewed_on),
        ("told_adviser_on", new.told_adviser_on),
    ):
        if day is not None and not case.applied_on <= day <= today:
            raise UserError("That day lies before the application or after today.", "Change it.", field)


def _move_end(ctx: Context, case: HoldCase, wanted: date | None, terms: rules.Terms) -> None:
    end_on = checks.last_day(
        case.kind, case.start_on, wanted, terms, crisis=case.crisis, treatment_ended_on=case.treatment_ended_on
    )
    if end_on == case.end_on:
        return
    today = ctx.clock.today()
    if end_on is not None and end_on < today:
        raise UserError("That last day has passed.", "End the case instead.", "end_on")
    case.end_on = end_on
    for hold in reading.holds_of(ctx, case.id):
        if hold.to_on is None or hold.to_on >= today:
            hold.to_on = end_on


def _add_found(ctx: Context, case: HoldCase, accounts: Collection[int]) -> None:
    """Put accounts that the search found into the case too, and on hold."""
    standing = reading.debts_of(ctx, case.id)
    added = [each for each in accounts if each not in standing]
    people = tuple(each.person_id for each in reading.people_of(ctx, case.id))
    known = {each.account_id for each in search.search(ctx, SearchDebts(people, case.applied_on))} if added else set()
    if not known.issuperset(added):
        raise UserError(
            "An account in the case belongs to nobody who is in it.", "Look through the accounts again.", "debts"
        )
    access.touch(ctx, added)
    _add_debts(ctx, case, added, reading.stops_of_case(ctx, case.id), named=False)


def _add_debts(
    ctx: Context, case: HoldCase, accounts: Collection[int], stops: Collection[Stop], *, named: bool
) -> None:
    """Keep what each account owed on the day of the application, and put it on hold."""
    today = ctx.clock.today()
    owed = search.owed_on(ctx, accounts, case.applied_on)
    for account_id in dict.fromkeys(accounts):
        debt = HoldDebt(case_id=case.id, account_id=account_id, pence=owed[account_id], named=named, added_on=today)
        ctx.session.add(debt)
        hold = PlaceHold(
            account_id,
            case.kind,
            f"Case {case.reference}",
            case.start_on,
            case.end_on,
            frozenset(stops),
            case.review_on,
        )
        keeping.place(ctx, hold, case.id)


def _note_search(ctx: Context, case: HoldCase) -> None:
    case.searched_at, case.searched_by = ctx.clock.now(), ctx.officer.id
    tasks.finish(ctx, case, SEARCH, "The accounts were looked through")


def _accounts(new: OpenCase) -> str:
    count = len({*new.named, *new.found})
    return "one account" if count == 1 else f"{count} accounts"
