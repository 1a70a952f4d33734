"""Bulk changes: the list, and all about one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, func, select

from app.models.accounts import Account
from app.models.charges import ChargeChange
from app.models.codes import TransactionCode
from app.models.officers import Officer
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import ChargeChangeState, Money, Subject
from app.services.approvals.keeping import waiting_for
from app.services.charges.bulk import keeping, sql
from app.services.charges.bulk.dto import ChangeDetail, ChangeForm, ChangeLine, ChangeRow, CodeChange, LeftOut, Notices
from app.services.charges.differences import charged_mondays
from app.services.charges.elements.checking import charge_codes
from app.services.charges.elements.dto import CodeChoice
from app.services.charges.notices import keeping as notices
from app.services.core import access
from app.services.core.calendars import rent_year
from app.services.core.context import Context
from app.services.core.rent_years import stated_years
from app.services.ledger.sql import AnySelect
from app.services.rent.rules import one_line

REQUEST: Final = "charge_change"
MOST_SHOWN: Final = 1_000
"""Lines of a difference list that are shown; an export has them all."""
_MOST_LEFT_OUT: Final = 100


def codes(ctx: Context) -> tuple[CodeChoice, ...]:
    """The codes that a spreadsheet may name."""
    return tuple(CodeChoice(code.code, code.name) for code in charge_codes(ctx))


def form(ctx: Context) -> ChangeForm:
    """What a new bulk change begins with."""
    year = rent_year(ctx.clock.today(), stated_years(ctx.session))
    groups = ctx.session.execute(select(RentGroup.code, RentGroup.name).order_by(RentGroup.code))
    return ChangeForm(
        _used_first(ctx),
        tuple((row.code, row.name) for row in groups),
        year.ends_on + timedelta(days=1),
    )


def shown(ctx: Context, change_id: int) -> tuple[ChangeDetail, tuple[ChangeLine, ...]]:
    """A bulk change and its difference list, for the register.

    Raises:
        UserError: there is none.
    """
    return detail(ctx, change_id), lines(ctx, change_id)


def changes(ctx: Context, most: int = 200) -> tuple[ChangeRow, ...]:
    """The bulk changes, the latest first."""
    waiting = waiting_for(ctx, Subject.CHARGE_CHANGE, REQUEST)
    rows = ctx.session.execute(_rows().order_by(ChargeChange.id.desc()).limit(most))
    return tuple(_row(change, officer, waiting.get(change.id)) for change, officer in rows)


def detail(ctx: Context, change_id: int) -> ChangeDetail:
    """Everything about a bulk change.

    Raises:
        UserError: there is none.
    """
    keeping.found(ctx, change_id)
    change, officer = ctx.session.execute(_rows().where(ChargeChange.id == change_id)).one()
    is_open = change.state in {ChargeChangeState.REHEARSED, ChargeChangeState.NOTICED}
    line = sql.LINE.c
    ours = (line.change_id == change_id, line.left_out == "")
    accounts = ctx.session.scalar(select(func.count(line.account_id.distinct())).where(*ours)) or 0
    needed = ctx.session.scalar(select(func.count()).select_from(sql.needing(change_id).subquery("needing"))) or 0
    terms = notices.terms(ctx, ctx.clock.today())
    return ChangeDetail(
        row=_row(change, officer, waiting_for(ctx, Subject.CHARGE_CHANGE, REQUEST).get(change_id)),
        rule=change.rule,
        accounts=accounts,
        by_code=_by_code(ctx, change_id),
        notices=Notices(
            needed=needed,
            valid=needed - keeping.without_notice(ctx, change),
            post_by=terms.post_by(change.effective_on),
            served_on=change.served_on,
            batch_id=change.batch_id,
        ),
        moved=(ctx.session.scalar(sql.moved(change_id, change.effective_on)) or 0) if is_open else 0,
        charged=len(charged_mondays(ctx, change.effective_on)) if is_open else 0,
        left_out=_left_out(ctx, change_id),
        excuse=change.excuse,
    )


def lines(ctx: Context, change_id: int, most: int | None = MOST_SHOWN) -> tuple[ChangeLine, ...]:
    """The difference list of a bulk change, what becomes dearest first; at most so many (None: all)."""
    line = sql.LINE.c
    difference = func.coalesce(line.after_pence, 0) - func.coalesce(line.before_pence, 0)
    statement = _lines(change_id).where(line.left_out == "").order_by(difference.desc(), line.account_id, line.code)
    if most is not None:
        statement = statement.limit(most)
    shut = access.restricted_accounts(ctx)
    return tuple(_line(row, hidden=row.account_id in shut) for row in ctx.session.execute(statement))


def _used_first(ctx: Context) -> tuple[CodeChoice, ...]:
    """The codes that may change, those that anybody is charged first."""
    charge = sql.CHARGE.c
    used = set(ctx.session.scalars(select(charge.code).where(sql.in_force(sql.CHARGE, ctx.clock.today())).distinct()))
    return tuple(sorted(codes(ctx), key=lambda each: (each.code not in used, each.code if each.code in used else "")))


def _rows() -> Any:
    return select(ChargeChange, Officer.name).join(Officer, Officer.id == ChargeChange.made_by)


def _row(change: ChargeChange, officer: str, request_id: int | None) -> ChangeRow:
    return ChangeRow(
        change_id=change.id,
        name=change.name,
        effective_on=change.effective_on,
        state=change.state,
        lines=change.lines,
        before=Money(change.before_pence),
        after=Money(change.after_pence),
        made_by=officer,
        made_at=change.made_at,
        request_id=request_id,
    )


def _by_code(ctx: Context, change_id: int) -> tuple[CodeChange, ...]:
    line = sql.LINE.c
    statement = (
        select(line.code, TransactionCode.name, func.count(), func.sum(line.before_pence), func.sum(line.after_pence))
        .join(TransactionCode, TransactionCode.code == line.code)
        .where(line.change_id == change_id, line.left_out == "")
        .group_by(line.code, TransactionCode.name)
        .order_by(line.code)
    )
    return tuple(
        CodeChange(row[0], row[1], row[2], Money(row[3] or 0), Money(row[4] or 0))
        for row in ctx.session.execute(statement)
    )


def _left_out(ctx: Context, change_id: int) -> tuple[LeftOut, ...]:
    line = sql.LINE.c
    statement = _lines(change_id).where(line.left_out != "").order_by(line.account_id, line.code).limit(_MOST_LEFT_OUT)
    return tuple(LeftOut(row.payment_reference or "", row.code, row.left_out) for row in ctx.session.execute(statement))


def _lines(change_id: int) -> AnySelect:
    line = sql.LINE.c
    return (
        select(
            line.account_id,
            Account.payment_reference,
            Account.name.label("account_name"),
            Property.address_1,
            Property.postcode,
            line.code,
            TransactionCode.name,
            line.before_pence,
            line.after_pence,
            line.left_out,
        )
        .join(Account, Account.id == line.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .join(TransactionCode, TransactionCode.code == line.code)
        .where(line.change_id == change_id)
    )


def _line(row: Row[*tuple[Any, ...]], *, hidden: bool) -> ChangeLine:
    return ChangeLine(
        account_id=row.account_id,
        reference=row.payment_reference or "",
        name=access.RESTRICTED_NAME if hidden else row.account_name,
        address=access.RESTRICTED_NAME if hidden else one_line(row.address_1, row.postcode),
        code=row.code,
        what=row.name,
        before=None if row.before_pence is None else Money(row.before_pence),
        after=None if row.after_pence is None else Money(row.after_pence),
    )
