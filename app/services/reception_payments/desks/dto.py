"""Desks and other income: what their registers show, and what officers ask them to keep."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values import Fund


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A desk or telephone line at which payments are taken.

    Attributes:
        desk_id: 0 of a new one.
        prefix: capital letters before the numbers of its receipts; they stay once one was given.
        address: as receipts carry it.
        cheques: cheques and postal orders.
        receipts: how many it has given.
    """

    desk_id: int
    name: str
    prefix: str
    address: str
    cash: bool
    cheques: bool
    terminal: bool
    telephone: bool
    active: bool
    version: int = 0
    receipts: int = 0

    @property
    def words(self) -> str:
        """What it takes."""
        takes = (
            ("cash", self.cash),
            ("cheques and postal orders", self.cheques),
            ("cards at the terminal", self.terminal),
            ("cards by telephone", self.telephone),
        )
        return ", ".join(words for words, so in takes if so) or "nothing"


@dataclass(frozen=True, slots=True)
class StreamRow:
    """An income besides rent.

    Attributes:
        stream_id: 0 of a new one.
        ledger_code: the council's own, of the account that it is posted to.
        reference_note: what the payer is asked for; empty: nothing.
    """

    stream_id: int
    name: str
    fund: Fund
    ledger_code: str
    reference_note: str
    active: bool
    version: int = 0
