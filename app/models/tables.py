"""Every table, imported once, so that migrations and `metadata` know them all."""

from app.models import (
    access,
    accounts,
    arrangements,
    audit,
    charges,
    codes,
    diary,
    documents,
    drafts,
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
    "access",
    "accounts",
    "arrangements",
    "audit",
    "charges",
    "codes",
    "diary",
    "documents",
    "drafts",
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
