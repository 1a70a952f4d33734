"""`rentbook find | balance | ledger | check`: what the accounts and the ledger say."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import click

from app.cli.frame import DATE, REFUSED, answer, command, long_work, open_desk, spell, table
from app.models.values import Basis, Money
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.home import keeping as home
from app.services.ledger import checks
from app.services.ledger import queries as ledger_queries
from app.services.ledger.dto import Explanation, LedgerLine, LedgerPage, WeekSum
from app.services.ledger.explaining import explain as explain_balance
from app.services.rent import queries
from app.services.rent.listed_dto import AccountRow


@command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 900), default=50, show_default=True, help="At most so many.")
def find(text: str, limit: int) -> None:
    """Find accounts by TEXT: any part of a name, address, postcode, phone number or reference."""
    with open_desk() as desk:
        rows = desk.ask(queries.find, text, limit=limit)
    listed = [
        (row.reference, row.name, _where(row), row.kind.value.replace("_", " "), row.balance.dr_cr()) for row in rows
    ]
    answer(
        {
            "results": [
                {
                    "reference": row.reference,
                    "name": row.name,
                    "address": _where(row),
                    "kind": row.kind,
                    "balance_pence": row.balance,
                }
                for row in rows
            ]
        },
        table(("Reference", "Name", "Address", "Kind", "Balance"), listed, frozenset({4}))
        if rows
        else f"Nothing was found by '{text}'.",
    )


@command()
@click.argument("reference", metavar="REF")
@click.option("--as-at", type=DATE, help="At the end of this day; else with everything posted.")
@click.option("--reported", is_flag=True, help="As it was reported then, not as it is known now.")
@click.option("--explain", is_flag=True, help="As a sum, by part and by week.")
def balance(reference: str, as_at: date | None, reported: bool, explain: bool) -> None:
    """The balance of the account REF (a payment or tenancy reference)."""
    basis = Basis.REPORTED if reported else Basis.KNOWN
    with open_desk() as desk:
        account = desk.ask(_account, reference)
        on = as_at or desk.ask(_last_day, account.account_id)
        stood = desk.ask(ledger_queries.balance, account.account_id, on, basis)
        told = desk.ask(explain_balance, account.account_id, on, basis) if explain else None
    data: dict[str, Any] = {
        "reference": account.reference,
        "name": account.name,
        "kind": account.kind,
        "as_at": on,
        "basis": basis,
        "balance_pence": stood,
    }
    text = [f"{account.reference}  {account.name}: {stood.dr_cr()} at {spell(on)} ({_MEANS[basis]})"]
    if told is not None:
        data["explanation"] = _explanation(told)
        text += ["", *_sum(told)]
    answer(data, text)


@command()
@click.argument("reference", metavar="REF")
@click.option("--from", "from_on", type=DATE, help="From this day; else from the first line.")
@click.option("--to", "to_on", type=DATE, help="To this day; else to the last line.")
def ledger(reference: str, from_on: date | None, to_on: date | None) -> None:
    """The lines of the account REF, by the day they belong to, with the running balance."""
    if from_on and to_on and from_on > to_on:
        raise click.BadParameter(f"{from_on} is after {to_on}.", param_hint="--from")
    with open_desk() as desk:
        account = desk.ask(_account, reference)
        page = desk.ask(ledger_queries.ledger_page, account.account_id, from_on, to_on)
    answer(
        {
            "reference": account.reference,
            "name": account.name,
            "from": from_on,
            "to": to_on,
            "brought_forward_pence": page.brought_forward,
            "lines": [_line(line) for line in page.lines],
            "carried_forward_pence": page.carried_forward,
        },
        _page(account, page),
    )


@command()
def check() -> int:
    """Prove the ledger whole: balances, totals, numbering, the chain of digests, the guards. Faults found is exit 1."""
    with open_desk() as desk, long_work("Checking") as (progress, cancel):
        faults = desk.watch(checks.check, progress, cancel)
        with contextlib.suppress(UserError):
            said = f"{len(faults):,} faults" if faults else "Whole"
            desk.do(home.record_run, home.Run.CHECK, good=not faults, words=said)
    answer(
        {"ok": not faults, "faults": [{"check": fault.check, "message": fault.message} for fault in faults]},
        [f"{fault.check}: {fault.message}" for fault in faults] or "The ledger is whole.",
    )
    return REFUSED if faults else 0


_MEANS = {Basis.KNOWN: "as known now", Basis.REPORTED: "as reported then"}


def _account(ctx: Context, reference: str) -> AccountRow:
    return queries.account_rows(ctx, [queries.account_by_reference(ctx, reference)])[0]


def _last_day(ctx: Context, account_id: int) -> date:
    """Today, or the last day that anything is posted to already, if that is later."""
    today = ctx.clock.today()
    ahead = ledger_queries.ledger_page(ctx, account_id, today + timedelta(days=1))
    return max([today, *(line.effective_on for line in ahead.lines), *(line.accounting_on for line in ahead.lines)])


def _where(row: AccountRow) -> str:
    return ", ".join(part for part in (row.address, row.postcode) if part)


def _line(line: LedgerLine) -> dict[str, Any]:
    return {
        "journal": line.journal,
        "line": line.line,
        "accounting_on": line.accounting_on,
        "effective_on": line.effective_on,
        "rent_week": line.rent_week,
        "code": line.code,
        "what": line.what,
        "narrative": line.narrative,
        "amount_pence": line.amount,
        "balance_pence": line.balance,
    }


def _page(account: AccountRow, page: LedgerPage) -> Iterator[str]:
    yield f"{account.reference}  {account.name}"
    rows = [("", "", "", "Brought forward", "", page.brought_forward.dr_cr())]
    rows += [
        (
            str(line.effective_on),
            str(line.accounting_on),
            line.code,
            line.narrative or line.what,
            line.amount.plain(),
            line.balance.dr_cr(),
        )
        for line in page.lines
    ]
    rows.append(("", "", "", "Carried forward", "", page.carried_forward.dr_cr()))
    yield from table(("Belongs to", "Posted in", "Code", "What", "Amount", "Balance"), rows, frozenset({4, 5}))


def _explanation(told: Explanation) -> dict[str, Any]:
    return {
        "from": told.from_on,
        "brought_forward_pence": told.brought_forward,
        "parts": [
            {
                "group": part.group,
                "code": part.code,
                "label": part.label,
                "weeks": part.weeks,
                "count": part.count,
                "amount_pence": part.amount,
            }
            for part in told.parts
        ],
        "weeks": [{_key(each.name): getattr(week, each.name) for each in fields(week)} for week in told.weeks],
        "balance_pence": told.balance,
    }


def _sum(told: Explanation) -> Iterator[str]:
    rows = [(f"Brought forward at {spell(told.from_on)}", "", told.brought_forward.dr_cr())]
    rows += [(part.label, part.how_often, part.amount.dr_cr()) for part in told.parts]
    rows.append((f"Balance at {spell(told.as_at)}", "", told.balance.dr_cr()))
    yield from table(("", "", "Amount"), rows, frozenset({2}))
    yield ""
    heads = ("Week of", "Charges", "HB", "UC", "Direct Debit", "Cash", "Adjustments", "Balance")
    weeks = [
        (str(week.week_on), *(amount.plain() for amount in _moved(week)), week.balance.dr_cr())
        for week in told.weeks
        if any(amount.pence for amount in _moved(week))
    ]
    yield from table(heads, weeks, frozenset(range(1, 8)))


def _moved(week: WeekSum) -> tuple[Money, ...]:
    return (
        week.charges,
        week.housing_benefit,
        week.universal_credit,
        week.direct_debit,
        week.cash,
        week.adjustments,
    )


def _key(name: str) -> str:
    return name if name == "week_on" else f"{name}_pence"
