"""Small SQL pieces that the ledger's modules share."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select

from app.models.accounts import Account
from app.models.ledger import Counter, Entry, Journal, Snapshot
from app.models.periods import Period

AnySelect = Select[*tuple[Any, ...]]
"""A select of whatever columns."""

ACCOUNT: Final[Any] = Account.__table__
COUNTER: Final[Any] = Counter.__table__
ENTRY: Final[Any] = Entry.__table__
JOURNAL: Final[Any] = Journal.__table__
SNAPSHOT: Final[Any] = Snapshot.__table__
PERIOD: Final[Any] = Period.__table__
