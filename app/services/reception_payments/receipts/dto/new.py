"""A payment that is taken: what it goes to, how it was paid, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import PayerKind, TakenBy


@dataclass(frozen=True, slots=True)
class NewShare:
    """What of a payment goes to one account, or to one stream of other income; pence, more than nothing.

    Attributes:
        words: the payer's stated choice, the rule that gave it, or the reference of other income.
    """

    pence: int
    account_id: int | None = None
    stream_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class NewCheque:
    """A cheque: whose it is, of which bank, its number. Of a postal order only the number."""

    drawer: str = ""
    bank: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """A payment as it was taken. Nothing of it names a card, and no answer to a question is in it.

    Attributes:
        entry_key: the caller's own: the same key never takes a payment twice.
        taken_on: the day on which it counts as paid.
        person_id: the holder who pays; None of somebody else.
        proved_by: the keys of the questions that the payer answered rightly.
        tendered_pence: of cash: what was handed over.
        slip: the reference on the terminal's slip; of a card by telephone, the provider's.
        book_number: of the manual receipt book, keyed in after an outage.
        valuable_id: it came in the post, and is in its register.
    """

    entry_key: str
    desk_id: int
    taken_by: TakenBy
    shares: tuple[NewShare, ...]
    taken_on: date
    payer: PayerKind = PayerKind.HOLDER
    payer_name: str = ""
    person_id: int | None = None
    proved_by: tuple[str, ...] = ()
    tendered_pence: int | None = None
    cheque: NewCheque = NewCheque()
    slip: str = ""
    book_number: str = ""
    valuable_id: int | None = None
    note: str = ""

    @property
    def pence(self) -> int:
        """What its shares come to."""
        return sum(share.pence for share in self.shares)
