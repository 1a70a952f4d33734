"""What a journal over two funds leaves between them: each fund's entries of a journal come to nothing."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.codes import PostingRule
from app.models.ledger import Counter
from app.models.values import AccountKind, Fund, Money
from app.services.core.context import Context
from app.services.ledger import controls
from app.services.ledger.dto import Line
from app.services.ledger.sql import ACCOUNT, ENTRY

KEY: Final = "between_funds"
_BEFORE: Final = "before_funds"
"""The counter that keeps the last journal of a database from when nothing was posted between funds."""
_NAMES: Final = {Fund.HRA: "Housing Revenue Account", Fund.GENERAL: "General Fund"}
_FROM: Final = date(2000, 1, 1)


def lines(ctx: Context, own: Iterable[Line], funds: Mapping[int, Fund], on: date) -> list[Line]:
    """A line on each fund's account between funds, by which its lines of a journal come to nothing; none of one fund alone.

    What one fund owes the other stands there until the council settles it.

    Args:
        ctx: whose session it is.
        own: the caller's lines, which come to nothing altogether.
        funds: of their accounts.
        on: the day on which the journal is accounted for.
    """
    sums: Tally[Fund] = Tally()
    for line in own:
        sums[funds[line.account_id]] += line.pence
    return [Line(_account(ctx, fund), controls.CONTRA, -sums[fund], on) for fund in Fund if sums[fund]]


def faults(ctx: Context) -> Iterator[str]:
    """Journals whose entries don't come to nothing within each fund, as sentences for `rentbook check`."""
    since = select(Counter.value).where(Counter.name == _BEFORE).scalar_subquery()
    left = func.sum(ENTRY.c.pence)
    wrong = (
        select(ENTRY.c.journal, ACCOUNT.c.fund, left.label("pence"))
        .select_from(ENTRY.join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id))
        .where(ENTRY.c.journal > func.coalesce(since, 0))
        .group_by(ENTRY.c.journal, ACCOUNT.c.fund)
        .having(left != 0)
        .order_by(ENTRY.c.journal, ACCOUNT.c.fund)
    )
    for row in ctx.session.execute(wrong):
        amount = Money(int(row.pence)).dr_cr()
        yield f"Journal {row.journal} leaves {amount} in the {_NAMES[row.fund]}, and nothing between the funds says so."


def _account(ctx: Context, fund: Fund) -> int:
    """The account between funds of one; made when it is first needed, while the journals' counter holds off other writers."""
    standing = controls.find(ctx, KEY, fund)
    if standing is not None:
        return standing
    account = Account(
        kind=AccountKind.CONTROL,
        fund=fund,
        name=f"Between funds, {_NAMES[fund]}",
        control_key=KEY,
        ledger_code=f"{fund.value}:{KEY}".upper(),
        opened_on=_FROM,
    )
    ctx.session.add(account)
    ctx.session.flush()
    ctx.session.add(PostingRule(control=KEY, fund=fund, account_id=account.id))
    ctx.session.flush()
    return account.id
