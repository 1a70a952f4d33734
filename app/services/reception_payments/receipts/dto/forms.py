"""What the sheets that take payments begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Money, TakenBy
from app.services.rent.listed_dto import AccountRow


@dataclass(frozen=True, slots=True)
class DeskFace:
    """A desk in use, and how it takes payments."""

    desk_id: int
    name: str
    methods: tuple[TakenBy, ...]


@dataclass(frozen=True, slots=True)
class StreamFace:
    """An income besides rent in use; `note` is what the payer is asked for."""

    stream_id: int
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class ValuableFace:
    """Money that came in the post and is in no receipt yet.

    Attributes:
        account_id: whose account the item of the post is about, if it says.
        came_on: the day on which it counts as paid.
    """

    valuable_id: int
    receipt: str
    sender: str
    taken_by: TakenBy
    amount: Money
    details: str
    came_on: date
    account_id: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class TakeForm:
    """What the sheet needs that takes a payment.

    Attributes:
        account: the account that it begins with, if one was chosen.
        valuable: what came in the post and is taken now, if that.
        pay_cards: what the references of pay point cards begin with, and how many digits they have; they may look like the
            numbers of payment cards.
    """

    today: date
    desks: tuple[DeskFace, ...]
    streams: tuple[StreamFace, ...]
    account: AccountRow | None = None
    valuable: ValuableFace | None = None
    pay_cards: tuple[str, int] = ("", 0)
