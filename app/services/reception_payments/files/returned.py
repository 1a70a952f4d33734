"""Cheques that came back and card payments that were charged back: the receipt that each line of a file takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select

from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import MoneyReceiptState, TakenBy
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.reception_payments.files.dto_read import ReadLine
from app.services.reception_payments.files.matching import Found

_LOOKED: Final = timedelta(days=400)
"""How long ago a payment may have been taken that comes back: a bank takes back a cheque in days, a card scheme in months."""
_COMES_BACK: Final = (TakenBy.CHEQUE, TakenBy.POSTAL_ORDER, TakenBy.TERMINAL, TakenBy.CARD)


_PAPER: Final = frozenset({TakenBy.CHEQUE, TakenBy.POSTAL_ORDER})
_TAKES_BACK: Final = {
    "RCP": frozenset({TakenBy.TERMINAL, TakenBy.CARD}),
    **dict.fromkeys(("RQP", "RPO", "RRC"), _PAPER),
}
"""The receipts that a line of a code can take back: what the bank takes back must lie on that channel's account."""


class _Taken(NamedTuple):
    receipt_id: int
    way: TakenBy
    pence: int
    marks: frozenset[str]
    accounts: frozenset[int]
    taken_on: date


def receipts(ctx: Context, lines: Sequence[ReadLine], found: Mapping[str, Found]) -> dict[int, int]:
    """The receipt of each line that goes back, by the line's place, where there is only one that it can be.

    The number of the cheque or slip says which; without one, the account does. The amount is always the same.
    """
    back = [line for line in lines if line.pence < 0]
    if not back:
        return {}
    taken = _taken(ctx, back)
    done: dict[int, int] = {}
    for line in back:
        whose = found.get(line.reference) or found.get(line.second)
        left = [each for each in taken if each.receipt_id not in done.values()]
        ways = _TAKES_BACK.get(line.code, frozenset())
        fits = [
            each for each in left if each.pence == -line.pence and each.taken_on <= line.paid_on and each.way in ways
        ]
        if line.marker:
            fits = [each for each in fits if _mark(line.marker) in each.marks]
        else:
            fits = [each for each in fits if whose is not None and whose.account_id in each.accounts]
        if len(fits) == 1:
            done[line.place] = fits[0].receipt_id
    return done


def _taken(ctx: Context, back: Sequence[ReadLine]) -> list[_Taken]:
    """The receipts of these amounts that stand and could come back."""
    first, last = min(line.paid_on for line in back) - _LOOKED, max(line.paid_on for line in back)
    found: list[_Taken] = []
    for chunk in in_chunks(sorted({-line.pence for line in back})):
        rows = select(Receipt).where(
            Receipt.taken_on.between(first, last),
            Receipt.pence.in_(chunk),
            Receipt.state.in_((MoneyReceiptState.TAKEN, MoneyReceiptState.VOID_ASKED)),
            Receipt.taken_by.in_(_COMES_BACK),
        )
        kept = ctx.session.scalars(rows).all()
        shares: dict[int, set[int]] = {}
        for ids in in_chunks([each.id for each in kept]):
            of = select(ReceiptShare.receipt_id, ReceiptShare.account_id).where(ReceiptShare.receipt_id.in_(ids))
            for receipt_id, account_id in ctx.session.execute(of):
                shares.setdefault(receipt_id, set()).add(account_id)
        found += [
            _Taken(
                each.id,
                each.taken_by,
                each.pence,
                frozenset({_mark(each.cheque_number), _mark(each.slip)} - {""}),
                frozenset(shares.get(each.id, ())),
                each.taken_on,
            )
            for each in kept
        ]
    return found


def _mark(text: str) -> str:
    """A number of a cheque or slip, as two are compared: leading zeros don't count."""
    return "".join(text.split()).upper().lstrip("0")
