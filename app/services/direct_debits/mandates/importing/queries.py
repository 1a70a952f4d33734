"""What a file of mandates would do."""

from app.services.direct_debits.mandates.importing.checking import check

__all__ = ["check"]
