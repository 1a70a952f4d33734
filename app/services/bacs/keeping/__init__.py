"""Bank details changed with a second officer, sealed and opened, and Bacs files made: for the commands of areas above.

Nothing here asks for a permission: the command that calls it has, and `approvals`, which lies above, holds the request.
"""

from app.services.bacs.keeping.details import (
    approve,
    destinations,
    note_paid,
    note_returned,
    propose,
    refuse,
)
from app.services.bacs.keeping.files import cancel_file, make_credit_file, make_file, mark_sent, refuse_file
from app.services.bacs.sealing import fingerprint, fingerprinter, open_account, opener, seal_account, sealer

__all__ = [
    "approve",
    "cancel_file",
    "destinations",
    "fingerprint",
    "fingerprinter",
    "make_credit_file",
    "make_file",
    "mark_sent",
    "note_paid",
    "note_returned",
    "open_account",
    "opener",
    "propose",
    "refuse",
    "refuse_file",
    "seal_account",
    "sealer",
]
