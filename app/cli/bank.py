"""`rentbook bank`: statements of the council's bank accounts."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.frame import FILE, REFUSED, Group, answer, spell, table
from app.services.reception_payments.bank import reading
from app.services.reception_payments.bank.dto import AccountStatement, StatementFile

_SHOWN = 200


@click.group(cls=Group)
def bank() -> None:
    """Statements of the council's bank accounts."""


@bank.command()
@click.argument("file", type=FILE)
def read(file: Path) -> int:
    """Read FILE (MT940, BAI2, camt.053, or a .csv with headings): its balances, its lines, and whether they agree.

    What doesn't add up is exit 1. Needs no database.
    """
    found = reading.read(file)
    alone = found.statements[0] if len(found.statements) == 1 else None
    data = {
        "format": found.format,
        "opening_pence": None if alone is None else _pence(alone, opening=True),
        "closing_pence": None if alone is None else _pence(alone, opening=False),
        "lines": [
            {
                "number": line.number,
                "date": line.on,
                "value_date": line.value_on,
                "amount_pence": line.amount.pence,
                "reference": line.reference,
                "narrative": line.narrative,
                "kind": line.kind,
            }
            for line in found.lines
        ],
        "accounts": [_account(each) for each in found.statements],
        "faults": found.faults,
    }
    answer(data, _told(found))
    return REFUSED if found.faults else 0


def _account(statement: AccountStatement) -> dict[str, object]:
    return {
        "account": _tail(statement),
        "opening_pence": _pence(statement, opening=True),
        "closing_pence": _pence(statement, opening=False),
        "from": statement.from_on,
        "to": statement.to_on,
        "lines": len(statement.lines),
        "total_pence": statement.moved.pence,
    }


def _tail(statement: AccountStatement) -> str:
    """An account as it may be shown: its last two digits."""
    return f"ending {statement.account[-2:]}" if statement.account else ""


def _pence(statement: AccountStatement, *, opening: bool) -> int | None:
    balance = statement.opening if opening else statement.closing
    return None if balance is None else balance.pence


def _told(found: StatementFile) -> list[str]:
    told: list[str] = []
    for each in found.statements:
        balances = [f"opens {each.opening}"] if each.opening is not None else []
        count = len(each.lines)
        balances += [f"{count:,} {'line' if count == 1 else 'lines'} of {each.moved}"]
        balances += [f"closes {each.closing}"] if each.closing is not None else []
        told.append(f"{found.format.value.upper()} {_tail(each)}: {', '.join(balances)}".replace(" :", ":"))
    rows = [
        (f"{line.number:,}", spell(line.on), str(line.amount), line.reference, line.narrative[:60])
        for line in found.lines[:_SHOWN]
    ]
    told += table(("Line", "Date", "Amount", "Reference", "Narrative"), rows, right=frozenset({0, 2})) if rows else []
    more = len(found.lines) - _SHOWN
    return [*told, *([f"and {more:,} more; --json has them all."] if more > 0 else []), *found.faults]
