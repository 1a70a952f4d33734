"""What the sheet of a charge shows: the codes, the dated charges, and what setting one will do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.charges import Charge, ChargeRun, PropertyCharge
from app.models.codes import TransactionCode
from app.models.endings import Ending
from app.models.properties import Property
from app.models.values import ZERO, EndingState, Money
from app.services.benefits.keeping import live_kinds
from app.services.charges.differences import WeekDifference, by_week
from app.services.charges.dto import Span
from app.services.charges.elements import keeping, rules
from app.services.charges.elements.checking import charge_code, charge_codes, charged_account
from app.services.charges.elements.dto import (
    ChargeForm,
    CodeChoice,
    Dated,
    ElementRow,
    RentNoticeWanted,
    SetCharge,
    SetPropertyCharge,
)
from app.services.charges.facts import elements_of
from app.services.charges.notices import keeping as notices
from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.ledger.sql import AnySelect


def charge_form(ctx: Context, account_id: int) -> ChargeForm:
    """What the sheet of a charge begins with.

    Raises:
        UserError: nothing is charged to the account week by week, or it is restricted and not theirs to open.
    """
    access.open_account(ctx, account_id)
    today = ctx.clock.today()
    _, tenancy = charged_account(ctx, account_id)
    let = ctx.session.get_one(Property, tenancy.property_id)
    charged = select(Charge.code, TransactionCode.name, Charge.amount_pence, Charge.from_on, Charge.to_on).where(
        Charge.account_id == account_id
    )
    rows = _rows(ctx, charged.join(TransactionCode, TransactionCode.code == Charge.code), today)
    weekly = {row.code: row.weekly for row in rows if row.in_force}
    codes = [CodeChoice(code.code, code.name, weekly.get(code.code)) for code in charge_codes(ctx)]
    last = ctx.session.scalar(select(func.max(ChargeRun.week_on)))
    return ChargeForm(
        account_id=account_id,
        codes=tuple(sorted(codes, key=lambda each: (each.weekly is None, each.code if each.weekly else each.what))),
        rows=rows,
        first_day=notices.terms(ctx, today).first_monday(today),
        charged_to=last + timedelta(days=6) if last else None,
        property_id=let.id,
        property_ref=let.ref,
    )


def property_charges(ctx: Context, property_id: int) -> tuple[ElementRow, ...]:
    """What a property is let at, every date of it."""
    kept = select(
        PropertyCharge.code,
        TransactionCode.name,
        PropertyCharge.amount_pence,
        PropertyCharge.from_on,
        PropertyCharge.to_on,
    ).where(PropertyCharge.property_id == property_id)
    joined = kept.join(TransactionCode, TransactionCode.code == PropertyCharge.code)
    return _rows(ctx, joined, ctx.clock.today())


def preview(ctx: Context, new: SetCharge) -> tuple[Effect, ...]:
    """What setting a charge will do, in words and sums.

    Raises:
        UserError: it can't be set; the sentence says why.
    """
    new = replace(new, code=new.code.strip().upper(), reason=new.reason.strip() or "Not said yet")
    return tuple(_effects(ctx, new, keeping.plan(ctx, new)))


def preview_notice(ctx: Context, wanted: RentNoticeWanted) -> tuple[Effect, ...]:
    """What a rent notice on demand would say.

    Raises:
        UserError: nothing is charged to the account.
    """
    access.open_account(ctx, wanted.account_id)
    today = ctx.clock.today()
    on = notices.next_change(ctx, wanted.account_id)
    found = notices.coming(ctx, wanted.account_id)
    names = {code.code: code.name for code in charge_codes(ctx)}
    was = _amount if found.before else lambda _amount: ""
    lines = (Effect(f"Charges from {_day(on)}", names[code], was(b), _amount(a)) for code, b, a in found.lines)
    served = notices.terms(ctx, today).served(today)
    return (
        *lines,
        Effect(
            f"Charges from {_day(on)}", "A week in all", str(found.before) if found.before else "", str(found.after)
        ),
        Effect("Letters", f"A rent notice is made; posted today it counts as served on {_day(served)}"),
    )


def preview_property(ctx: Context, new: SetPropertyCharge) -> tuple[Effect, ...]:
    """What setting what a property is let at would do.

    Raises:
        UserError: the code can't be charged.
    """
    code = charge_code(ctx, new.code)
    rows = [row for row in property_charges(ctx, new.property_id) if row.code == code.code]
    history = tuple(Dated(row.weekly, Span(row.from_on, row.to_on)) for row in rows)
    now = rules.amount_on(history, new.from_on)
    return (
        Effect("Let at", f"{code.name} a week from {_day(new.from_on)}", _amount(now), _amount(new.weekly)),
        Effect("Let at", "It is proposed when the property is next let; whoever lives there now goes on as before"),
    )


def _effects(ctx: Context, new: SetCharge, ready: keeping.Plan) -> Iterator[Effect]:
    name = ready.checked.code.name
    yield Effect("Charges", f"{name} a week from {_day(new.from_on)}", _amount(ready.before), _amount(ready.after))
    yield from _later(ready, new)
    before = _week(ctx, new.account_id, new.from_on)
    after = before - (ready.before or ZERO) + (ready.after or ZERO)
    yield Effect("Charges", "The whole account, a week", str(before), str(after))
    if new.for_property:
        yield Effect("Charges", "The property is let at this too, from the same day")
    if new.from_on.weekday():
        yield Effect("Charges", f"{_day(new.from_on)} is no Monday: that week is charged by the day", warns=True)
    yield from _notice(new, ready)
    yield from _benefits(ctx, ready)
    yield from _money(ready)
    former = _former(ctx, ready.checked.tenancy.id)
    if ready.found and former:
        yield Effect("Weeks charged already", f"The tenancy has ended: it goes to the former tenant's account {former}")


def _former(ctx: Context, tenancy_id: int) -> str:
    """The reference of the former tenant's account that the balance of an ended tenancy went to; nothing without one."""
    wanted = (
        select(Account.payment_reference)
        .join(Ending, Ending.former_account_id == Account.id)
        .where(Ending.tenancy_id == tenancy_id, Ending.state == EndingState.ENDED)
    )
    return ctx.session.scalar(wanted) or ""


def _later(ready: keeping.Plan, new: SetCharge) -> Iterator[Effect]:
    for each in ready.checked.standing:
        if each.span.first <= new.from_on:
            continue
        kept = each in ready.checked.after
        words = "stays as it was entered" if kept else "was entered already and is taken out"
        yield Effect("Charges", f"{each.weekly} from {_day(each.span.first)} {words}", warns=True)
    last = _last_day(ready, new.from_on)
    if last is not None:
        yield Effect("Charges", f"Its last day is {_day(last)}")


def _last_day(ready: keeping.Plan, on: date) -> date | None:
    return next((each.span.last for each in ready.checked.after if each.span.first == on), None)


def _notice(new: SetCharge, ready: keeping.Plan) -> Iterator[Effect]:
    days = ready.terms.days
    if ready.leaving and ready.needs_notice:
        words = "Notice was given that the tenancy ends: a dearer charge doesn't reach it while that stands"
        yield Effect("Notice", f"{words} (Housing Act 1985 s.103(6))", warns=True)
    if not ready.needs_notice:
        yield Effect("Notice", "No notice is needed: nothing becomes dearer")
    elif ready.valid and ready.served_on is not None:
        yield Effect("Notice", f"Served on {_day(ready.served_on)}, {days} days or more before")
    else:
        by = ready.terms.post_by(new.from_on)
        words = f"No notice is in time: it had to be posted by {_day(by)} to give {days} days"
        yield Effect("Notice", f"{words}. Say why the change stands without one, or choose a later day.", warns=True)
    yield Effect("Letters", "A rent notice is made and waits in Letters" if new.notify else "No rent notice is made")


def _benefits(ctx: Context, ready: keeping.Plan) -> Iterator[Effect]:
    tenancy = ready.checked.tenancy.id
    for kind in live_kinds(ctx, (tenancy,)).get(tenancy, ()):
        name = kind.value.replace("_", " ").title()
        yield Effect("Benefits", f"A claim for {name} is live: a task asks for the change to be told")


def _money(ready: keeping.Plan) -> Iterator[Effect]:
    weeks = by_week(ready.found)
    if not weeks:
        yield Effect("Weeks charged already", "None is touched")
        return
    side = "is debited" if ready.adjusted.pence > 0 else "is credited"
    count = f"{len(weeks)} week{'s' if len(weeks) > 1 else ''}"
    yield Effect("Weeks charged already", f"{abs(ready.adjusted)} {side} for {count}, each line on its own week")
    if ready.over_limit:
        yield Effect("Weeks charged already", ready.over_limit, warns=True)
    for (was, should), alike in groupby(weeks, key=lambda week: (week.was, week.should)):
        same = list(alike)
        yield Effect("Weeks charged already", _weeks(same), f"{was} charged", f"{should} due")


def _weeks(same: Sequence[WeekDifference]) -> str:
    if len(same) == 1:
        return f"Week of {_day(same[0].week)}"
    return f"{len(same)} weeks, from {_day(same[0].week)} to {_day(same[-1].week)}, each"


def _week(ctx: Context, account_id: int, on: date) -> Money:
    """A week's charges in force on a day, as recorded."""
    elements = elements_of(ctx, [account_id]).get(account_id, ())
    codes = {each.code for each in elements}
    return sum((rules.amount_on(rules.dated(elements, code), on) or ZERO for code in codes), ZERO)


def _rows(ctx: Context, statement: AnySelect, today: date) -> tuple[ElementRow, ...]:
    ordered = ctx.session.execute(statement).all()
    rows = (
        ElementRow(
            row.code,
            row.name,
            Money(row.amount_pence),
            row.from_on,
            row.to_on,
            row.from_on <= today and (row.to_on is None or row.to_on >= today),
        )
        for row in ordered
    )
    return tuple(sorted(rows, key=lambda row: (row.code, -row.from_on.toordinal())))


def _amount(amount: Money | None) -> str:
    return "not charged" if amount is None else str(amount)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
