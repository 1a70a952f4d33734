"""What a rent notice says of each account: its charges from the day they change, and those until then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.charges import Charge, ChargeChange, ChargeChangeLine
from app.models.codes import TransactionCode
from app.models.values import ZERO, ChargeChangeState, Money
from app.services.charges.dto import Span
from app.services.charges.elements.dto import Dated
from app.services.charges.elements.rules import amount_on, set_from
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.exports.statement.dto import long_date
from app.services.letters.fields import FieldGroup, Found, Wanted
from app.services.letters.fields import register as register_group

GROUP: Final = "notice"

History = dict[str, tuple[Dated, ...]]
"""The dated amounts of an account by code."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What an account is charged from a day on: (code, before, after) with what isn't charged left out as None."""

    from_on: date
    lines: tuple[tuple[str, Money | None, Money | None], ...]

    @property
    def before(self) -> Money:
        """A week until then."""
        return sum((each or ZERO for _, each, _ in self.lines), ZERO)

    @property
    def after(self) -> Money:
        """A week from then on."""
        return sum((each or ZERO for _, _, each in self.lines), ZERO)


def register() -> None:
    """Plug the group of fields in."""
    fields = (
        ("from_on", "Day the charges begin", "5 April 2027"),
        ("lines", "Each charge, as rows of a table", "Rent | £124.10, until then £118.42"),
        ("after", "A week's charges from then on", "£128.60"),
        ("before", "A week's charges until then", "£122.92"),
    )
    register_group(FieldGroup(GROUP, "Change of charges", fields, _found))


def notice_from(ctx: Context, account_id: int, on: date) -> dict[str, str]:
    """What the notice of a change from a certain day says, by field key, where that isn't the next change."""
    history = _histories(ctx, [account_id]).get(account_id, {})
    words = _words(_at(history, on), _names(ctx))
    return {f"{GROUP}.{key}": str(words[key]) for key in ("from_on", "lines", "after", "before")}


def notices(ctx: Context, account_ids: Sequence[int], day: date) -> dict[int, Notice]:
    """The next change of each account after a day, or without one its last: bulk changes count once notice is given of them."""
    histories = _histories(ctx, account_ids)
    for account_id, code, on, pence in _coming(ctx, account_ids, day):
        history = histories.setdefault(account_id, {})
        history[code] = set_from(history.get(code, ()), on, None if pence is None else Money(pence))
    return {account_id: found for account_id in account_ids if (found := _notice(histories.get(account_id, {}), day))}


def _notice(history: History, day: date) -> Notice | None:
    turns = sorted({turn for dated in history.values() for each in dated for turn in _turns(each)})
    if not turns:
        return None
    return _at(history, next((turn for turn in turns if turn > day), turns[-1]))


def _at(history: History, on: date) -> Notice:
    eve = on - timedelta(days=1)
    lines = ((code, amount_on(dated, eve), amount_on(dated, on)) for code, dated in sorted(history.items()))
    return Notice(on, tuple(line for line in lines if line[1:] != (None, None)))


def _turns(each: Dated) -> tuple[date, ...]:
    """The days on which an amount comes and goes."""
    return (each.span.first,) if each.span.last is None else (each.span.first, each.span.last + timedelta(days=1))


def _histories(ctx: Context, account_ids: Collection[int]) -> dict[int, History]:
    found: defaultdict[int, defaultdict[str, list[Dated]]] = defaultdict(lambda: defaultdict(list))
    for chunk in in_chunks(sorted(account_ids)):
        for row in ctx.session.scalars(select(Charge).where(Charge.account_id.in_(chunk)).order_by(Charge.from_on)):
            found[row.account_id][row.code].append(Dated(Money(row.amount_pence), Span(row.from_on, row.to_on)))
    return {account_id: {code: tuple(each) for code, each in by_code.items()} for account_id, by_code in found.items()}


def _coming(ctx: Context, account_ids: Collection[int], day: date) -> list[tuple[int, str, date, int | None]]:
    """The lines of bulk changes of which notice is being given."""
    lines: list[tuple[int, str, date, int | None]] = []
    for chunk in in_chunks(sorted(account_ids)):
        statement = (
            select(
                ChargeChangeLine.account_id,
                ChargeChangeLine.code,
                ChargeChange.effective_on,
                ChargeChangeLine.after_pence,
            )
            .join(ChargeChange, ChargeChange.id == ChargeChangeLine.change_id)
            .where(
                ChargeChange.state == ChargeChangeState.NOTICED,
                ChargeChange.effective_on > day,
                ChargeChangeLine.account_id.in_(chunk),
            )
            .order_by(ChargeChange.id)
        )
        lines.extend((row[0], row[1], row[2], row[3]) for row in ctx.session.execute(statement))
    return lines


def _found(wanted: Wanted) -> Mapping[int, Found]:
    names = _names(wanted.ctx)
    return {
        account_id: _words(found, names)
        for account_id, found in notices(wanted.ctx, wanted.account_ids, wanted.day).items()
    }


def _names(ctx: Context) -> dict[str, str]:
    """What each code is called."""
    return {row.code: row.name for row in ctx.session.execute(select(TransactionCode.code, TransactionCode.name))}


def _words(found: Notice, names: Mapping[str, str]) -> Found:
    lines = "\n".join(_line(names[code], before, after) for code, before, after in found.lines)
    before = str(found.before) if found.before and found.before != found.after else ""
    return {"from_on": long_date(found.from_on), "lines": lines, "after": str(found.after), "before": before}


def _line(name: str, before: Money | None, after: Money | None) -> str:
    if after is None:
        return f"{name} | not charged any more (until then {before})"
    if before is None or before == after:
        return f"{name} | {after}"
    return f"{name} | {after}, until then {before}"
