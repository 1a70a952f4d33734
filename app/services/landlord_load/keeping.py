"""What a load keeps of itself: its counts in a few words, and its reconciliation, of whatever length, as a document."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.models.values import AccountKind, Money, Tenure
from app.services.core.context import Context
from app.services.documents.keeping import put
from app.services.landlord_load.dto import GroupSum, Reconciliation


def summary(ctx: Context, loaded: Mapping[str, int], recognised: Mapping[str, int], found: Reconciliation) -> str:
    """Keep the reconciliation and return the summary that names it, as JSON."""
    groups = [
        [
            group.rent_group,
            group.kind.value,
            group.tenure.value,
            group.file_accounts,
            group.file_total.pence,
            group.ledger_accounts,
            group.ledger_total.pence,
        ]
        for group in found.groups
    ]
    kept = put(ctx, json.dumps(groups, ensure_ascii=False).encode(), "application/json")
    return json.dumps({"loaded": loaded, "recognised": recognised, "agrees": found.agrees, "reconciliation": kept})


def read_back(content: bytes) -> Reconciliation:
    """The reconciliation as it was kept."""
    return Reconciliation(
        tuple(
            GroupSum(name, AccountKind(kind), Tenure(tenure), accounts, Money(pence), in_ledger, Money(ledger_pence))
            for name, kind, tenure, accounts, pence, in_ledger, ledger_pence in json.loads(content)
        )
    )
