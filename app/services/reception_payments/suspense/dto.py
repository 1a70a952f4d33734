"""What is held in suspense, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import SuspenseSource


@dataclass(frozen=True, slots=True)
class NewSuspense:
    """An amount that nobody's account is known for.

    Attributes:
        source, source_id, source_line: where it came from; each line of a source is held once.
        pence: more than nothing came in, less went out (a chargeback, a returned payment).
        code: the receipt code under which it came, and under which it will go to an account.
        received_on: the day on which it counts as paid.
        reference_given, payer_name, narrative: what the payer and the bank said.
    """

    source: SuspenseSource
    source_id: int
    source_line: int
    pence: int
    code: str
    received_on: date
    reference_given: str = ""
    payer_name: str = ""
    narrative: str = ""
