"""What the parts above build on: mandates found, moved on, suspended, cancelled, moved to another bank; asks no permission.

A mandate's step is written by `move`; whoever must know that one stops or goes on again plugs into `mandates.ended`.
"""

from app.services.direct_debits.mandates.keeping.accepting import accepted, accepted_run, settle
from app.services.direct_debits.mandates.keeping.banks import (
    bank_of,
    banks_of,
    by_fingerprint,
    by_reference,
    destinations,
    new_bank,
)
from app.services.direct_debits.mandates.keeping.by_bank import correct, reinstate, transfer
from app.services.direct_debits.mandates.keeping.instructions import (
    instruct,
    lodged,
    put_back,
    returned,
    withdraw_instructions,
)
from app.services.direct_debits.mandates.keeping.left import hear, last_on
from app.services.direct_debits.mandates.keeping.steps import AREAS, changes, found, move
from app.services.direct_debits.mandates.keeping.taken import refuse_in_run
from app.services.direct_debits.mandates.keeping.turning import amend, cancel, resume, suspend

__all__ = [
    "AREAS",
    "accepted",
    "accepted_run",
    "amend",
    "bank_of",
    "banks_of",
    "by_fingerprint",
    "by_reference",
    "cancel",
    "changes",
    "correct",
    "destinations",
    "found",
    "hear",
    "instruct",
    "last_on",
    "lodged",
    "move",
    "new_bank",
    "put_back",
    "refuse_in_run",
    "reinstate",
    "resume",
    "returned",
    "settle",
    "suspend",
    "transfer",
    "withdraw_instructions",
]
