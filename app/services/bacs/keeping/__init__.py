"""Bank details changed with a second officer, opened for payments, and Bacs files made: for the commands of areas above.

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

__all__ = [
    "approve",
    "cancel_file",
    "destinations",
    "make_credit_file",
    "make_file",
    "mark_sent",
    "note_paid",
    "note_returned",
    "propose",
    "refuse",
    "refuse_file",
]
