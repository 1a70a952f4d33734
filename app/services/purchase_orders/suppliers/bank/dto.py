"""Bank details of suppliers as they cross layers; what holds digits has no readable form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.models.values import DetailState, Verdict
from app.services.bacs.dto import Masked

STATES: Final[Mapping[DetailState, str]] = {
    DetailState.PROPOSED: "Waits for a second officer",
    DetailState.IN_FORCE: "In force",
    DetailState.ENDED: "Ended",
    DetailState.REFUSED: "Refused",
}


@dataclass(frozen=True, slots=True, repr=False)
class NewSupplierBank:
    """Bank details of a supplier as typed, with how they were confirmed.

    Attributes:
        holder: the name on the account, as the bank has it.
        asked_how: how the supplier gave them or asked for the change.
        called_number: the number that was called back: the one on the supplier's record before.
        called_on, called_by, called_whom: when, by which officer (None: the one who acts), and who confirmed them.
        shared: the officer saw that another supplier is paid on the same account, and it is so.
    """

    supplier_id: int
    holder: str
    sort_code: str
    account_number: str
    asked_how: str
    called_number: str
    called_on: date | None
    called_whom: str
    called_by: int | None = None
    reason: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class BankRow:
    """Bank details of a supplier as listed, masked; officers by name.

    Attributes:
        to_on: the last day that they counted.
        request_id: the request that waits or was decided.
    """

    bank_id: int
    version: int
    supplier_id: int
    holder: str
    masked: Masked
    verdict: Verdict
    state: DetailState
    from_on: date
    to_on: date | None
    asked_how: str
    called_number: str
    called_on: date | None
    called_by: str
    called_whom: str
    made_by: str
    made_at: datetime
    approved_by: str = ""
    reason: str = ""
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class BankStanding:
    """Where a supplier is paid, without its numbers.

    Attributes:
        bank_id: None: no details are in force.
        from_on: since when they are.
        waiting: others wait for a second officer; until then these are paid to.
    """

    bank_id: int | None
    holder: str = ""
    last_two: str = ""
    from_on: date | None = None
    waiting: bool = False

    @property
    def words(self) -> str:
        """In a sentence."""
        return Masked(self.last_two).words if self.bank_id is not None else "no bank details"


@dataclass(frozen=True, slots=True)
class BankForm:
    """What the sheet of bank details is made of.

    Attributes:
        call: the number to call back; empty where none has been known long enough, and `call_words` says why.
        now: the account in force, masked; empty: none.
        waiting: details that wait already, so that no others may be asked for; empty: none.
    """

    supplier_id: int
    number: str
    name: str
    call: str
    call_words: str
    now: str
    waiting: str
    today: date
    officers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Revealed:
    """Bank details unmasked for the officer who asked."""

    bank_id: int
    holder: str
    sort_code: str
    account_number: str
