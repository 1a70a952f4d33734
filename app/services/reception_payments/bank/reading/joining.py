"""Pages of statements joined to one statement an account, numbered through, and what doesn't add up in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.reception_payments.bank.dto import AccountStatement

STERLING: Final = "GBP"


def join(pages: Iterable[AccountStatement]) -> tuple[AccountStatement, ...]:
    """One statement an account, in the order in which accounts come: a page follows the one of its account before it.

    A page that opens with another balance than that one closed with stays apart, and is told as a fault.
    """
    joined: list[AccountStatement] = []
    for page in pages:
        at = next((place for place in range(len(joined) - 1, -1, -1) if joined[place].account == page.account), None)
        if at is None or not _follows(joined[at], page):
            joined.append(page)
        else:
            joined[at] = _together(joined[at], page)
    return tuple(_numbered(joined))


def faults(statements: Sequence[AccountStatement]) -> Iterator[str]:
    """What doesn't add up: lines that don't lead from the opening to the closing balance, pages that don't follow."""
    closed: dict[str, Money] = {}
    for each in statements:
        before = closed.get(each.account)
        if before is not None:
            yield (
                f"{_name(each)}: a page opens with {_shown(each.opening)}, and the one before it closed with {_shown(before)}. "
                "A page is missing, or the pages are out of order."
            )
        if each.opening is not None and each.closing is not None:
            came_to = each.opening.pence + each.moved.pence
            if came_to != each.closing.pence:
                yield (
                    f"{_name(each)}: it opens with {_shown(each.opening)}, its {len(each.lines):,} lines come to {_shown(each.moved)}, and it "
                    f"closes with {_shown(each.closing)}, {_shown(Money(each.closing.pence - came_to))} more than that. A line is missing or was changed."
                )
        if each.closing is not None:
            closed[each.account] = each.closing


def check_currency(currency: str | None, name: str) -> None:
    """Refuse a statement in another currency.

    Raises:
        UserError: it isn't in sterling.
    """
    if currency and currency.upper() != STERLING:
        raise UserError(
            f"{name} has an account in {currency.upper()}.",
            "Rent accounts are kept in sterling: leave that account out of what the bank sends.",
            "path",
        )


def days(days: Iterable[date | None]) -> tuple[date | None, date | None]:
    """The first and the last of some days."""
    known = [day for day in days if day is not None]
    return (min(known), max(known)) if known else (None, None)


def _follows(before: AccountStatement, page: AccountStatement) -> bool:
    return before.closing is None or page.opening is None or before.closing == page.opening


def _together(before: AccountStatement, page: AccountStatement) -> AccountStatement:
    from_on, to_on = days((before.from_on, before.to_on, page.from_on, page.to_on))
    closing = page.closing if page.closing is not None else before.closing
    return replace(before, closing=closing, from_on=from_on, to_on=to_on, lines=(*before.lines, *page.lines))


def _numbered(statements: Iterable[AccountStatement]) -> Iterator[AccountStatement]:
    first = 1
    for each in statements:
        lines = tuple(replace(line, number=number) for number, line in enumerate(each.lines, first))
        first += len(lines)
        yield replace(each, lines=lines)


def _name(statement: AccountStatement) -> str:
    return f"Account ending {statement.account[-4:]}" if statement.account else "The statement"


def _shown(amount: Money | None) -> str:
    return "nothing" if amount is None else str(amount)
