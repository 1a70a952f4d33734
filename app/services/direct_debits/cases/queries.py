"""Cases as they are listed and shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Row, select

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection
from app.models.officers import Officer
from app.models.values import CollectionState, DebitCaseState, Money, Subject
from app.services.core import access
from app.services.core.calendars import WorkingDays
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.cases import rules
from app.services.direct_debits.cases.dto import CaseDetail, CaseForm, CaseRow, CaseView, Disputed
from app.services.direct_debits.cases.trail import trail
from app.services.direct_debits.mandates import queries as mandates
from app.services.documents.evidence import links_of
from app.services.ledger.sql import AnySelect

MOST: Final = 500
_DAY: Final = timedelta(days=1)
_MONTHS: Final = 24
"""So many collections, the latest, are offered to a new case."""


def listed(ctx: Context, view: CaseView) -> tuple[CaseRow, ...]:
    """The cases of a view, the latest first; payers of restricted records are masked."""
    read = _rows().where(*_fits(view)).order_by(DebitCase.number.desc()).limit(MOST)
    found = _shown(ctx, read)
    if view is CaseView.CLOCK:
        return tuple(each for each in found if each.days_left is not None)
    return tuple(each for each in found if each.to_post) if view is CaseView.TO_POST else found


def counts(ctx: Context) -> Mapping[CaseView, int]:
    """How many cases each view but the closed one lists."""
    found: Counter[CaseView] = Counter()
    for row in _shown(ctx, _rows().where(*_not_over())):
        found[CaseView.OPEN] += row.state is not DebitCaseState.CLOSED
        found[CaseView.CLOCK] += row.days_left is not None
        found[CaseView.TO_POST] += row.to_post
    return found


def detail(ctx: Context, case_id: int) -> CaseDetail:
    """A case with what happened.

    Raises:
        UserError: there is none, or it is of a restricted record that the officer may not open.
    """
    access.open_subject(ctx, Subject.DIRECT_DEBIT_CASE, case_id)
    rows = _shown(ctx, _rows().where(DebitCase.id == case_id))
    if not rows:
        raise UserError("There is no such case.", "Look at the list again.")
    row, case = rows[0], ctx.session.get_one(DebitCase, case_id)
    may = rules.may(case.kind, case.state, case.challenge_by, ctx.clock.today(), to_post=row.to_post)
    return CaseDetail(
        row=row,
        version=case.version,
        reason_code=case.reason_code,
        bank_reference=case.bank_reference,
        outcome_words=case.outcome_words,
        back_journal=case.back_journal,
        trail=trail(ctx, case),
        may=may,
        documents=len(links_of(ctx, Subject.DIRECT_DEBIT_CASE, case_id)),
    )


def form(ctx: Context, mandate_id: int) -> CaseForm:
    """What the sheet of a new case begins with.

    Raises:
        UserError: there is no such mandate, or it is of a restricted record that the officer may not open.
    """
    found = mandates.detail(ctx, mandate_id)
    posted = select(Collection).where(
        Collection.mandate_id == mandate_id, Collection.state == CollectionState.POSTED, Collection.pence > 0
    )
    rows = ctx.session.scalars(posted.order_by(Collection.due_on.desc(), Collection.id.desc()).limit(_MONTHS))
    return CaseForm(
        mandate_id,
        found.row.reference,
        found.row.payer,
        found.banks[0].bank_name if found.banks else "",
        tuple(Disputed(row.id, row.due_on, Money(row.pence)) for row in rows),
    )


def _rows() -> AnySelect:
    return (
        select(DebitCase, Mandate.reference, Mandate.payer_name, Mandate.account_id, Officer.name.label("officer"))
        .join(Mandate, Mandate.id == DebitCase.mandate_id)
        .join(Officer, Officer.id == DebitCase.officer_id)
    )


def _fits(view: CaseView) -> tuple[Any, ...]:
    if view is CaseView.CLOSED:
        return (DebitCase.state == DebitCaseState.CLOSED,)
    return _not_over() if view is CaseView.TO_POST else (DebitCase.state != DebitCaseState.CLOSED,)


def _not_over() -> tuple[Any, ...]:
    """Cases that aren't closed, and closed ones of which nothing was posted."""
    return ((DebitCase.state != DebitCaseState.CLOSED) | DebitCase.journal.is_(None),)


def _shown(ctx: Context, read: AnySelect) -> tuple[CaseRow, ...]:
    closed = access.closed_accounts(ctx)
    days = bacs_days(ctx.policy, ctx.clock.today())
    return tuple(_row(row, ctx.clock.today(), days, shut=row.account_id in closed) for row in ctx.session.execute(read))


def _row(row: Row[*tuple[Any, ...]], today: date, days: WorkingDays, *, shut: bool) -> CaseRow:
    case: DebitCase = row[0]
    owed = rules.owed_to_bank(case.kind, case.outcome)
    open_ = case.state is DebitCaseState.OPEN and case.challenge_by is not None and today <= case.challenge_by
    return CaseRow(
        case_id=case.id,
        number=case.number,
        kind=case.kind,
        state=case.state,
        outcome=case.outcome,
        mandate_id=case.mandate_id,
        account_id=None if shut else row.account_id,
        reference=row.reference,
        payer=access.RESTRICTED_NAME if shut else row.payer_name,
        words="" if shut else case.words,
        amount=Money(case.pence),
        opened_on=case.opened_on,
        challenge_by=case.challenge_by,
        debit_on=case.debit_on,
        closed_on=case.closed_on,
        officer=row.officer,
        journal=case.journal,
        to_post=owed and case.journal is None and case.debit_on is not None and case.debit_on <= today,
        days_left=days.between(today - _DAY, case.challenge_by) if open_ and case.challenge_by is not None else None,
    )
