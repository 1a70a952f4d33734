"""What a case can't be: refused before anything is written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from app.models.holds import HoldCase
from app.models.values import CaseEnd, HoldKind
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.holds.cases import reading, rules, search
from app.services.holds.cases.dto import OpenCase, SearchDebts
from app.services.holds.dto import KINDS
from app.services.holds.rules import is_case, overlaps

_LONGEST_REFERENCE = 60
_LONGEST_ADVISER = 200
_LONGEST_NOTE = 4_000


def check_new(ctx: Context, new: OpenCase, terms: rules.Terms) -> date | None:
    """Refuse a case that can't be; returns its last day, None where it has none yet.

    Raises:
        UserError: a date or a text is wrong, nobody or nothing is in it, it is entered already, or somebody in it is
            protected by another of its kind.
    """
    if not is_case(new.kind):
        raise UserError(f"{KINDS[new.kind]} is no case.", "Place a hold instead.", "kind")
    check_texts(ctx, new.reference, new.adviser, new.note)
    _check_days(ctx, new)
    if not new.person_ids:
        raise UserError("Nobody is in the case.", "Tick whom it protects.", "people")
    if not (new.named or new.found):
        raise UserError("No debt is in the case.", "Tick the accounts that it covers.", "debts")
    known = {each.account_id for each in search.search(ctx, SearchDebts(new.person_ids, new.applied_on))}
    if not known.issuperset({*new.named, *new.found}):
        raise UserError(
            "An account in the case belongs to nobody who is in it.", "Look through the accounts again.", "debts"
        )
    _refuse_known(ctx, new.reference)
    end_on = last_day(new.kind, new.start_on, new.end_on, terms, crisis=new.crisis)
    _refuse_protected(ctx, new, end_on)
    return end_on


def check_texts(ctx: Context, reference: str, adviser: str, note: str) -> None:
    """Refuse a case without its reference, a text that is too long or one that holds a card number.

    Raises:
        UserError: one of them is so.
    """
    if not reference.strip():
        raise UserError("A case needs its reference.", "It stands on the notice.", "reference")
    longest = (("reference", reference, _LONGEST_REFERENCE), ("adviser", adviser, _LONGEST_ADVISER))
    for field, text, most in (*longest, ("note", note, _LONGEST_NOTE)):
        if len(text.strip()) > most:
            raise UserError(f"The {field} has more than {most:,} characters.", "Shorten it.", field)
        refuse_card_number(ctx, text, field, field)


def last_day(
    kind: HoldKind,
    start_on: date,
    wanted: date | None,
    terms: rules.Terms,
    *,
    crisis: bool = False,
    treatment_ended_on: date | None = None,
) -> date | None:
    """The last day of a case: as the officer says, else by the law; None where it has none yet.

    Raises:
        UserError: it ends before it starts, or a standard breathing space would be longer than the law lets it.
    """
    by_law = rules.last_day(kind, start_on, terms, crisis=crisis, treatment_ended_on=treatment_ended_on)
    if wanted is None:
        return by_law
    if wanted < start_on:
        raise UserError("The case ends before it starts.", "Change one of the dates.", "end_on")
    if kind is HoldKind.BREATHING_SPACE and by_law is not None and wanted > by_law:
        raise UserError(
            f"This breathing space ends on {written(by_law)} at the latest.",
            "Leave the last day empty and it is worked out.",
            "end_on",
        )
    return wanted


def before(ctx: Context, person_ids: Collection[int], applied_on: date, terms: rules.Terms) -> list[HoldCase]:
    """Standard breathing spaces of these people so lately that another comes too soon; a mistake doesn't count."""
    return [
        case
        for case in reading.cases_of_people(ctx, person_ids, HoldKind.BREATHING_SPACE)
        if not case.crisis
        and case.end_reason is not CaseEnd.MISTAKE
        and case.end_on is not None
        and rules.too_soon(case.end_on, applied_on, terms)
    ]


def _check_days(ctx: Context, new: OpenCase) -> None:
    today = ctx.clock.today()
    if new.applied_on > today:
        raise UserError("The application can't have been made after today.", "Change the day.", "applied_on")
    if new.notified_on > today:
        raise UserError("We can't have been told after today.", "Change the day.", "notified_on")
    if new.notified_on < new.applied_on:
        raise UserError("We can't have been told before the application.", "Change one of the days.", "notified_on")
    if new.start_on < new.applied_on:
        raise UserError("It starts before it was applied for.", "Change one of the days.", "start_on")
    if new.crisis and new.kind is not HoldKind.BREATHING_SPACE:
        raise UserError("Only a breathing space is for crisis treatment.", "Take the tick out.", "crisis")


def _refuse_known(ctx: Context, reference: str) -> None:
    same = select(HoldCase.start_on).where(
        func.lower(HoldCase.reference) == reference.strip().lower(), HoldCase.ended_on.is_(None)
    )
    found = ctx.session.scalars(same).first()
    if found is not None:
        raise UserError(
            f"Case {reference.strip()} is entered already; it started on {written(found)}.",
            "Find it in the register Holds.",
            "reference",
        )


def _refuse_protected(ctx: Context, new: OpenCase, end_on: date | None) -> None:
    for case in reading.cases_of_people(ctx, new.person_ids, new.kind):
        if case.ended_on is None and overlaps(new.start_on, end_on, case.start_on, case.end_on):
            until = f" until {written(case.end_on)}" if case.end_on else ""
            raise UserError(
                f"Case {case.reference} protects one of them already{until}.",
                "End that case first, or change it.",
                "kind",
            )
