"""The statements of a bulk change: which charges it takes, what moved since, and how it is written, all set-based."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.benefits import BenefitClaim
from app.models.charges import Charge, ChargeChangeLine, PropertyCharge, RentNotice
from app.models.codes import TransactionCode
from app.models.endings import Ending
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, EndingState
from app.services.benefits.rules import LIVE
from app.services.charges.bulk.dto import BulkRule, Step
from app.services.charges.notices.rules import OWNED
from app.services.charges.weeks import half_up, number, text
from app.services.core.context import Context
from app.services.ledger.sql import AnySelect

CHARGE: Final[Any] = Charge.__table__
PROPERTY_CHARGE: Final[Any] = PropertyCharge.__table__
LINE: Final[Any] = ChargeChangeLine.__table__
_CREDITS: Final = select(TransactionCode.code).where(TransactionCode.allows_negative)
_UNCHARGED: Final = (AccountKind.CONTROL, AccountKind.FORMER_TENANT)


def in_force(table: Any, on: date) -> ColumnElement[bool]:
    """A dated charge covers a day."""
    return and_(table.c.from_on <= on, or_(table.c.to_on.is_(None), table.c.to_on >= on))


BELOW: Final = "It would fall below nothing: a charge of this code can't be a credit."
LATER: Final = "Another amount was entered for a later day already: change that one by itself."
LEAVING: Final = "Notice was given that the tenancy ends: the change doesn't reach it (Housing Act 1985 s.103(6))."


def taken(rule: BulkRule, on: date) -> AnySelect:
    """(account_id, code, before_pence, after_pence, left_out) of every charge that a rule means from a day on."""
    charge = CHARGE.c
    after = _after(rule)
    statement = (
        select(
            charge.account_id,
            charge.code,
            charge.amount_pence.label("before_pence"),
            after.label("after_pence"),
            case(
                (_later(on), text(LATER)),
                (_leaving(on), text(LEAVING)),
                (and_(after < 0, charge.code.not_in(_CREDITS)), text(BELOW)),
                else_=text(""),
            ).label("left_out"),
        )
        .join(Account, Account.id == charge.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .where(charge.code.in_(rule.codes), in_force(CHARGE, on), *_living(on))
    )
    if rule.step is not Step.END:
        statement = statement.where(after != charge.amount_pence)
    return _limited(statement, rule)


def standing(account_ids: Sequence[int], on: date) -> AnySelect:
    """(account_id, code, amount_pence, later, leaving) of some accounts' charges in force on a day or entered for later."""
    charge = CHARGE.c
    return (
        select(
            charge.account_id,
            charge.code,
            charge.amount_pence,
            case((charge.from_on > on, 1), else_=0).label("later"),
            case((_leaving(on), 1), else_=0).label("leaving"),
        )
        .join(Account, Account.id == charge.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(charge.account_id.in_(account_ids), or_(charge.to_on.is_(None), charge.to_on >= on))
    )


def moved(change_id: int, on: date) -> AnySelect:
    """How many lines are no longer what they were when the change was rehearsed, or whose tenancy will have ended."""
    line = LINE.c
    now = aliased(Charge)
    statement = (
        select(func.count())
        .select_from(LINE)
        .join(Account, Account.id == line.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .outerjoin(
            now,
            and_(
                now.account_id == line.account_id,
                now.code == line.code,
                now.from_on <= on,
                or_(now.to_on.is_(None), now.to_on >= on),
            ),
        )
        .where(line.change_id == change_id, line.left_out == "")
    )
    differs = or_(
        and_(line.before_pence.is_(None), now.id.is_not(None)),
        and_(line.before_pence.is_not(None), now.id.is_(None)),
        now.amount_pence != line.before_pence,
        Tenancy.end_on < on,
        _later_of(line, on),
        _leaving(on),
    )
    return statement.where(differs)


def needing(change_id: int) -> AnySelect:
    """The accounts of a change that must be given notice: something becomes dearer, and the home wasn't sold."""
    line = LINE.c
    dearer = and_(
        line.after_pence.is_not(None),
        line.after_pence > case((line.before_pence.is_(None), 0), else_=line.before_pence),
    )
    return (
        select(line.account_id)
        .join(Account, Account.id == line.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(line.change_id == change_id, line.left_out == "", dearer, Tenancy.tenure.not_in(sorted(OWNED)))
        .distinct()
    )


def claimed(change_id: int) -> AnySelect:
    """The accounts of a change for whose tenancy a benefit is claimed now."""
    line = LINE.c
    return (
        select(line.account_id)
        .join(Account, Account.id == line.account_id)
        .join(BenefitClaim, BenefitClaim.tenancy_id == Account.tenancy_id)
        .where(line.change_id == change_id, line.left_out == "", BenefitClaim.state.in_(sorted(LIVE)))
        .distinct()
    )


def noticed(account_id: Any, effective_on: date, serve_by: date) -> ColumnElement[bool]:
    """A notice of a change from a day was served on an account in time."""
    return exists().where(
        RentNotice.account_id == account_id,
        RentNotice.effective_on == effective_on,
        RentNotice.served_on <= serve_by,
    )


def write(ctx: Context, change_id: int, on: date) -> None:
    """Write a change into the charges of its accounts, and into what their properties are let at.

    What was in force ends the day before, and its successor lasts as long as it would have; a charge that begins that very
    day gets the new amount.
    """
    line = LINE.c
    accounts = select(line.account_id.label("owner"), line.code, line.after_pence).where(
        line.change_id == change_id, line.left_out == ""
    )
    _write(ctx, CHARGE, CHARGE.c.account_id, accounts.subquery("wanted"), on)
    let = PROPERTY_CHARGE.c
    properties = (
        select(Tenancy.property_id.label("owner"), line.code, func.max(line.after_pence).label("after_pence"))
        .select_from(LINE)
        .join(Account, Account.id == line.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(
            PROPERTY_CHARGE,
            and_(let.property_id == Tenancy.property_id, let.code == line.code, in_force(PROPERTY_CHARGE, on)),
        )
        .where(line.change_id == change_id, line.left_out == "")
        .group_by(Tenancy.property_id, line.code)
    )
    _write(ctx, PROPERTY_CHARGE, let.property_id, properties.subquery("wanted_let"), on)


def _write(ctx: Context, table: Any, owner: Any, wanted: Any, on: date) -> None:
    column, standing = table.c, table.alias("standing")
    meant = and_(wanted.c.owner == standing.c[owner.name], wanted.c.code == standing.c.code)
    found = select(standing.c.id).join(wanted, meant)
    same_day = found.where(standing.c.from_on == on)
    mine = and_(wanted.c.owner == owner, wanted.c.code == column.code)
    amount = select(wanted.c.after_pence).where(mine).scalar_subquery()
    ctx.session.execute(
        update(table)
        .where(column.id.in_(same_day.where(wanted.c.after_pence.is_not(None))))
        .values(amount_pence=amount, version=column.version + 1)
    )
    ctx.session.execute(delete(table).where(column.id.in_(same_day.where(wanted.c.after_pence.is_(None)))))
    _begin(ctx, table, owner, wanted, on)
    ctx.session.execute(
        update(table)
        .where(column.id.in_(found.where(standing.c.from_on < on, in_force(standing, on))))
        .values(to_on=on - timedelta(days=1), version=column.version + 1)
    )


def _begin(ctx: Context, table: Any, owner: Any, wanted: Any, on: date) -> None:
    """Begin the new amounts where none begins that day; each lasts as long as the one it follows."""
    begins, before = table.alias("begins"), table.alias("before")
    same_day = exists().where(
        begins.c[owner.name] == wanted.c.owner, begins.c.code == wanted.c.code, begins.c.from_on == on
    )
    follows = and_(before.c[owner.name] == wanted.c.owner, before.c.code == wanted.c.code, in_force(before, on))
    amount = cast(wanted.c.after_pence, BigInteger)
    successor = (
        select(wanted.c.owner, wanted.c.code, amount, literal(on), before.c.to_on, number(1))
        .select_from(wanted)
        .outerjoin(before, follows)
        .where(wanted.c.after_pence.is_not(None), ~same_day)
    )
    names = [owner.name, "code", "amount_pence", "from_on", "to_on", "version"]
    ctx.session.execute(insert(table).from_select(names, successor))


def _after(rule: BulkRule) -> ColumnElement[Any]:
    amount: ColumnElement[Any] = CHARGE.c.amount_pence
    match rule.step:
        case Step.PERCENT:
            return half_up(amount * literal(10_000 + rule.by, BigInteger), 10_000, amount >= 0)
        case Step.ADD:
            return amount + number(rule.by)
        case Step.SET:
            return cast(number(rule.by), BigInteger)
        case Step.END:
            return cast(literal(None), BigInteger)


def _living(on: date) -> tuple[ColumnElement[bool], ...]:
    """The tenancy is there on the day, and the account takes charges."""
    return (
        Tenancy.start_on <= on,
        or_(Tenancy.end_on.is_(None), Tenancy.end_on >= on),
        or_(Account.closed_on.is_(None), Account.closed_on >= on),
        Account.kind.not_in(_UNCHARGED),
    )


def _later(on: date) -> ColumnElement[bool]:
    """Another amount of the same charge was entered for a later day."""
    return _later_of(CHARGE.c, on)


def _later_of(row: Any, on: date) -> ColumnElement[bool]:
    later = aliased(Charge)
    return exists().where(later.account_id == row.account_id, later.code == row.code, later.from_on > on)


def _leaving(on: date) -> ColumnElement[bool]:
    """The tenant gave notice that they leave: a variation doesn't take effect while it stands (Housing Act 1985 s.103(6))."""
    return exists().where(Ending.tenancy_id == Tenancy.id, Ending.state == EndingState.NOTICE, Ending.notice_on < on)


def _limited(statement: AnySelect, rule: BulkRule) -> AnySelect:
    if rule.rent_groups:
        groups = select(RentGroup.id).where(RentGroup.code.in_(rule.rent_groups))
        statement = statement.where(Property.rent_group_id.in_(groups))
    if rule.areas:
        statement = statement.where(Property.area.in_(rule.areas))
    if rule.tenures:
        return statement.where(Tenancy.tenure.in_(rule.tenures))
    return statement.where(Tenancy.tenure.not_in(sorted(OWNED)))
