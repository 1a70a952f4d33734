"""Every table, imported once, so that migrations and `metadata` know them all."""

from app.models import (
    accounts,
    arrangements,
    audit,
    charges,
    codes,
    diary,
    documents,
    holds,
    imports,
    landlord,
    ledger,
    letters,
    officers,
    people,
    periods,
    policy,
    properties,
    search,
    statements,
    tenancies,
)
from app.models.db import Base

__all__ = [
    "accounts",
    "arrangements",
    "audit",
    "charges",
    "codes",
    "diary",
    "documents",
    "holds",
    "imports",
    "landlord",
    "ledger",
    "letters",
    "officers",
    "people",
    "periods",
    "policy",
    "properties",
    "search",
    "statements",
    "tenancies",
]

metadata = Base.metadata
