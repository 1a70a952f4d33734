"""What the finder shows of breathing space and insolvency cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.holds import HoldCase, HoldCasePerson, HoldDebt
from app.models.people import Person
from app.models.values import Subject
from app.services.core import access, finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.core.search_index import index_record
from app.services.diary.keeping import written
from app.services.holds.dto import KINDS

_NEEDS: Final = frozenset({Permission.PLACE_HOLDS})


def register() -> None:
    """Plug cases into the finder."""
    finding.register(Source(Subject.HOLD_CASE, "Cases", _cases, order=55, needs=_NEEDS))


def index(ctx: Context, case: HoldCase) -> None:
    """Make the words by which a case is found anew: its reference, and who sent the notice."""
    index_record(ctx, Subject.HOLD_CASE, case.id, case.reference, case.adviser)


def _cases(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """Each with whom it protects, for whoever sees the register of holds; not those of records that they may not open."""
    cases = {case.id: case for case in ctx.session.scalars(select(HoldCase).where(HoldCase.id.in_(list(ids))))}
    names: dict[int, list[str]] = defaultdict(list)
    people = (
        select(HoldCasePerson.case_id, Person.title, Person.first_name, Person.last_name)
        .join(Person, Person.id == HoldCasePerson.person_id)
        .where(HoldCasePerson.case_id.in_(list(ids)))
        .order_by(HoldCasePerson.case_id, Person.id)
    )
    for case_id, *name in ctx.session.execute(people):
        names[case_id].append(" ".join(part for part in name if part))
    closed = access.closed_accounts(ctx)
    debts = select(HoldDebt.case_id, HoldDebt.account_id).where(HoldDebt.case_id.in_(list(ids)))
    shut = {case_id for case_id, account_id in ctx.session.execute(debts) if account_id in closed}
    return tuple(_found(cases[each], names[each]) for each in ids if each in cases and each not in shut)


def _found(case: HoldCase, names: Sequence[str]) -> Found:
    ended = f"ended {written(case.ended_on)}" if case.ended_on else f"since {written(case.start_on)}"
    detail = f"{' and '.join(names)}  {ended}".strip()
    return Found(Subject.HOLD_CASE, case.id, f"{KINDS[case.kind]} {case.reference}".strip(), detail)
