"""Reading cases: what the policy says of them, the case itself, its people and its debts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from app.models.accounts import Account
from app.models.holds import Hold, HoldCase, HoldCasePerson, HoldDebt, HoldStop
from app.models.officers import Officer
from app.models.people import Person
from app.models.values import HoldKind, Money, Stop
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.holds import rules as hold_rules
from app.services.holds.cases import rules, search
from app.services.holds.cases.dto import CaseDebtor, CaseDetail, DebtRow


def terms(ctx: Context, on: date) -> rules.Terms:
    """What the policy says of cases that start on a day."""
    number = ctx.policy.number
    on = max(on, date(2021, 5, 4))
    return rules.Terms(
        standard_days=number("holds.breathing_space_days", on),
        gap_months=number("holds.breathing_space_gap_months", on),
        midway_from=number("holds.midway_from_day", on),
        midway_to=number("holds.midway_to_day", on),
        creditor_days=number("holds.creditor_review_days", on),
        crisis_days=number("holds.crisis_after_days", on),
        crisis_review_days=number("holds.crisis_review_days", on),
        order_months=number("holds.order_months", on),
    )


def case_row(ctx: Context, case_id: int) -> HoldCase:
    """A case, whose accounts the officer may work on.

    Raises:
        UserError: there is none, or one of its accounts isn't the officer's to change.
    """
    found = ctx.session.get(HoldCase, case_id)
    if found is None:
        raise UserError(f"There is no case number {case_id}.", "Look at the list again.")
    access.touch(ctx, debts_of(ctx, case_id).keys())
    return found


def people_of(ctx: Context, case_id: int) -> tuple[CaseDebtor, ...]:
    """Whom a case protects."""
    statement = (
        select(Person.id, Person.title, Person.first_name, Person.last_name)
        .join(HoldCasePerson, HoldCasePerson.person_id == Person.id)
        .where(HoldCasePerson.case_id == case_id)
        .order_by(Person.id)
    )
    return tuple(
        CaseDebtor(each.id, " ".join(part for part in (each.title, each.first_name, each.last_name) if part))
        for each in ctx.session.execute(statement)
    )


def debts_of(ctx: Context, case_id: int) -> dict[int, HoldDebt]:
    """The debts in a case, by account."""
    statement = select(HoldDebt).where(HoldDebt.case_id == case_id).order_by(HoldDebt.account_id)
    return {debt.account_id: debt for debt in ctx.session.scalars(statement)}


def holds_of(ctx: Context, case_id: int) -> list[Hold]:
    """The holds of a case, ended ones too."""
    return list(ctx.session.scalars(select(Hold).where(Hold.case_id == case_id).order_by(Hold.id)))


def stops_of_case(ctx: Context, case_id: int) -> tuple[Stop, ...]:
    """What the holds of a case stop."""
    statement = select(HoldStop.stop).join(Hold, Hold.id == HoldStop.hold_id).where(Hold.case_id == case_id).distinct()
    return hold_rules.in_order(set(ctx.session.scalars(statement)))


def open_case_of(ctx: Context, account_id: int) -> int | None:
    """The latest open case that an account's debt is in; None where there is none."""
    statement = (
        select(HoldCase.id)
        .join(HoldDebt, HoldDebt.case_id == HoldCase.id)
        .where(HoldDebt.account_id == account_id, HoldCase.ended_on.is_(None))
        .order_by(HoldCase.start_on.desc(), HoldCase.id.desc())
    )
    return ctx.session.scalars(statement).first()


def cases_of_people(ctx: Context, person_ids: Collection[int], kind: HoldKind) -> list[HoldCase]:
    """The cases of a kind that protect or protected any of some people, the latest first."""
    statement = (
        select(HoldCase)
        .join(HoldCasePerson, HoldCasePerson.case_id == HoldCase.id)
        .where(HoldCasePerson.person_id.in_(sorted(person_ids)), HoldCase.kind == kind)
        .order_by(HoldCase.start_on.desc(), HoldCase.id.desc())
        .distinct()
    )
    return list(ctx.session.scalars(statement))


def detail_of(ctx: Context, case: HoldCase) -> CaseDetail:
    """A case with its people and debts, for whoever has opened its accounts."""
    people = people_of(ctx, case.id)
    debts, tenancies = _debts(ctx, case.id)
    others = search.other_debtors(ctx, tenancies, {each.person_id for each in people})
    searcher = ctx.session.get(Officer, case.searched_by) if case.searched_by else None
    return CaseDetail(
        case_id=case.id,
        version=case.version,
        kind=case.kind,
        crisis=case.crisis,
        reference=case.reference,
        people=people,
        applied_on=case.applied_on,
        notified_on=case.notified_on,
        start_on=case.start_on,
        end_on=case.end_on,
        treatment_ended_on=case.treatment_ended_on,
        review_on=case.review_on,
        reviewed_on=case.reviewed_on,
        creditor_until=rules.creditor_until(case.kind, case.start_on, terms(ctx, case.start_on)),
        adviser=case.adviser,
        note=case.note,
        searched_at=case.searched_at,
        searched_by=searcher.name if searcher else "",
        told_adviser_on=case.told_adviser_on,
        ended_on=case.ended_on,
        end_reason=case.end_reason,
        debts=debts,
        stops=stops_of_case(ctx, case.id),
        unprotected=tuple(dict.fromkeys(name for names in others.values() for name in names)),
    )


def _debts(ctx: Context, case_id: int) -> tuple[tuple[DebtRow, ...], set[int]]:
    statement = (
        select(HoldDebt, Account.payment_reference, Account.kind, Account.balance_pence, Account.tenancy_id)
        .join(Account, Account.id == HoldDebt.account_id)
        .where(HoldDebt.case_id == case_id)
        .order_by(HoldDebt.account_id)
    )
    rows = ctx.session.execute(statement).all()
    debts = tuple(
        DebtRow(
            account_id=row.HoldDebt.account_id,
            reference=row.payment_reference or "",
            kind=row.kind,
            at_start=Money(row.HoldDebt.pence),
            now=Money(row.balance_pence),
            named=row.HoldDebt.named,
            added_on=row.HoldDebt.added_on,
        )
        for row in rows
    )
    return debts, {row.tenancy_id for row in rows if row.tenancy_id is not None}
