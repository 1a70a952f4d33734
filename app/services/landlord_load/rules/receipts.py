"""Money in that a landlord writes without a minus, as many systems print it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.models.values import CodeKind
from app.services.imports.dto import Problem, Table
from app.services.landlord_load.dto import AccountKey, Known
from app.services.landlord_load.rules.postings import account_keys
from app.services.landlord_load.rules.sheet import Lettings

_RETURNED: Final = {"RDN", "RRC"}
"""Receipts that come back: a debit."""


def turned_receipts(
    tables: Mapping[str, Table], known: Known, lettings: Lettings
) -> tuple[Mapping[str, Table], Problem | None]:
    """The tables with receipts as credits, where the sheet writes none with a minus and the balances prove it.

    It is proved where more accounts add up to their balances with the receipts turned than without. Without proof they
    are taken as written, which a warning says.
    """
    table = tables.get("Transactions")
    receipts = _receipts(table, known) if table else []
    if table is None or not receipts or min(table.columns["amount"][i] for i in receipts) < 0:
        return tables, None
    turned = list(table.columns["amount"])
    for i in receipts:
        turned[i] = -turned[i]
    changed = replace(table, columns=table.columns | {"amount": turned})
    if _adding_up(changed, tables.get("Balances"), lettings) > _adding_up(table, tables.get("Balances"), lettings):
        message = f"All {len(receipts):,} receipts are written without a minus; they were read as money in."
        return {**tables, table.name: changed}, Problem(table.name, 0, "amount", message)
    message = (
        f"All {len(receipts):,} receipts are written without a minus and were read as money that went back. "
        "Write money in with a minus or CR."
    )
    return tables, Problem(table.name, 0, "amount", message)


def _receipts(table: Table, known: Known) -> list[int]:
    facts = enumerate(zip(table.columns["code"], table.columns["amount"], strict=True))
    receipts = {code for code, fact in known.codes.items() if fact.kind is CodeKind.RECEIPT} - _RETURNED
    return [i for i, (code, amount) in facts if amount and code in receipts]


def _adding_up(history: Table, balances: Table | None, lettings: Lettings) -> int:
    """How many accounts' lines come to their balance."""
    if balances is None:
        return 0
    wanted = {
        account: (amount, as_at)
        for account, amount, as_at in zip(
            account_keys(balances, lettings), balances.columns["amount"], balances.columns["as_at"], strict=True
        )
        if account is not None and amount is not None and as_at is not None
    }
    sums: defaultdict[AccountKey, int] = defaultdict(int)
    facts = zip(history.columns["amount"], history.columns["effective_on"], strict=True)
    for account, (amount, on) in zip(account_keys(history, lettings), facts, strict=True):
        if account in wanted and amount is not None and on is not None and on <= wanted[account][1]:
            sums[account] += amount
    return sum(1 for account, total in sums.items() if total == wanted[account][0])
