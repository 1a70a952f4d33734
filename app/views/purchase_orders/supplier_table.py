"""The words, columns and filters of suppliers."""

from __future__ import annotations

from typing import Final

from app.models.values import BlockScope, SupplierState, Verdict
from app.services.purchase_orders.suppliers.bank.dto import STATES as BANK_STATES
from app.services.purchase_orders.suppliers.bank.dto import BankRow
from app.services.purchase_orders.suppliers.contracts_dto import ContractRow
from app.services.purchase_orders.suppliers.dto import (
    CIS,
    SCOPES,
    STATES,
    VIEWS,
    BlockRow,
    SupplierFilter,
    SupplierRow,
    SupplierSort,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec

VERDICTS: Final = {Verdict.VALID: "passes", Verdict.INVALID: "fails", Verdict.UNCHECKED: "isn't checked for this bank"}


def standing_words(row: SupplierRow) -> str:
    """What stands in the way of using it."""
    if row.state is SupplierState.CLOSED:
        return "Closed"
    return f"Blocked: {', '.join(SCOPES[each].lower() for each in row.blocked)}" if row.blocked else ""


def standing_tone(row: SupplierRow) -> str:
    """Blocked is bad, closed is over."""
    return "muted" if row.state is SupplierState.CLOSED else "bad"


def bank_words(row: SupplierRow) -> str:
    """Where it is paid."""
    if row.bank_waits:
        return f"{row.bank} (others wait)" if row.bank else "waits"
    return row.bank or "none"


def bank_tone(row: SupplierRow) -> str:
    """What is missing or waits is to be seen to."""
    return "warning" if row.bank_waits else "" if row.bank else "muted"


def block_words(row: BlockRow) -> str:
    """How a hold stands."""
    if row.released_at is not None:
        return f"Released by {row.released_by}"
    if row.ahead:
        return f"From {formats.day(row.from_on)}"
    if row.release_on is not None:
        return f"Until {formats.day(row.release_on)}" if row.stands else f"Ended {formats.day(row.release_on)}"
    return "Until it is released"


def _called(row: BankRow) -> str:
    on = f", {formats.day(row.called_on)}" if row.called_on else ""
    return f"{row.called_whom} on {row.called_number}{on}, by {row.called_by}"


_FACETS: Final = (
    Facet("view", "View", tuple(Choice(view, words, quick=True) for view, words in VIEWS.items()), plain=True),
    Facet("states", "State", tuple(Choice(each, words) for each, words in STATES.items()), many=True),
    Facet("categories", "Category", many=True),
    Facet("blocked", "Blocked for", tuple(Choice(each, words) for each, words in SCOPES.items()), many=True),
    Facet("cis", "CIS", tuple(Choice(each, words) for each, words in CIS.items()), many=True),
)
_COLUMNS: tuple[Column[SupplierRow], ...] = (
    Column(SupplierSort.NUMBER, "Number", lambda row: row.number, 76, sorts=True, firm=True),
    Column(SupplierSort.NAME, "Supplier", lambda row: row.name, 220, sorts=True, floor=150),
    Column(SupplierSort.CATEGORY, "Category", lambda row: row.category, 150, sorts=True, floor=110, least=2),
    Column("standing", "Standing", standing_words, 150, tone=standing_tone, floor=132),
    Column("bank", "Bank account", bank_words, 136, tone=bank_tone, floor=124, least=1),
    Column(
        SupplierSort.ENDS,
        "Contract ends",
        lambda row: row.contract_ends,
        108,
        sorts=True,
        holds=Holds.DATE,
        tone=lambda row: "warning" if row.ends_soon else "",
        least=3,
    ),
    Column(SupplierSort.REFERENCE, "Finance", lambda row: row.finance_reference, 100, sorts=True, least=4),
    Column("trading_as", "Trading as", lambda row: row.trading_as, 150, spare=True),
    Column("vat", "VAT number", lambda row: row.vat_number, 110, spare=True),
    Column("postcode", "Postcode", lambda row: row.postcode, 90, spare=True),
    Column("cis", "CIS", lambda row: CIS[row.cis], 120, spare=True),
)
SPEC: TableSpec[SupplierRow] = TableSpec(
    key="purchase_orders.suppliers",
    name="Suppliers",
    noun=("supplier", "suppliers"),
    columns=_COLUMNS,
    everything=SupplierFilter(),
    facets=_FACETS,
    find="Number, name, finance number, VAT number or postcode",
    sort=(SupplierSort.NAME, False),
    stretch=SupplierSort.NAME,
    nothing="No supplier is like that. Take a filter away, or try fewer words.",
    none="There are no suppliers yet. The first is kept with Ctrl+Enter.",
    money=False,
)


def _approved(row: ContractRow) -> str:
    """Whether its days and its value are approved."""
    if not row.stands:
        return "Waits" if row.waits else "Refused"
    return "Changes" if row.waits else "In force"


CONTRACTS: tuple[Column[ContractRow], ...] = (
    Column("number", "Contract", lambda row: row.number, 90, firm=True),
    Column("title", "For", lambda row: row.title, 150, floor=100),
    Column(
        "ends_on",
        "Ends",
        lambda row: row.ends_on,
        92,
        holds=Holds.DATE,
        tone=lambda row: "warning" if row.ends_soon else "muted" if row.days < 0 else "",
    ),
    money_column("value", "Worth", lambda row: row.value, 92, total=True),
    money_column("ordered", "Ordered", lambda row: row.ordered, 92, total=True),
    Column(
        "left",
        "Left",
        lambda row: row.left,
        92,
        right=True,
        holds=Holds.POUNDS,
        shown=lambda row: row.left.plain() if row.left.pence >= 0 else f"{(-row.left).plain()} over",
        signed=True,
        tone=lambda row: "bad" if row.left.pence < 0 else "",
        least=1,
    ),
    Column(
        "state",
        "State",
        _approved,
        88,
        floor=76,
        tone=lambda row: "warning" if row.waits else "bad" if not row.stands else "",
    ),
    Column("holder", "Holder", lambda row: row.holder, 120, least=2),
)
BANKS: tuple[Column[BankRow], ...] = (
    Column("account", "Account", lambda row: row.masked.account_number, 96, firm=True),
    Column(
        "state",
        "State",
        lambda row: BANK_STATES[row.state],
        170,
        tone=lambda row: {"proposed": "warning", "in_force": "good"}.get(row.state.value, "muted"),
        floor=90,
    ),
    Column("holder", "Name on it", lambda row: row.holder, 150, floor=90, least=1),
    Column("from_on", "From", lambda row: row.from_on, 92, holds=Holds.DATE),
    Column("to_on", "To", lambda row: row.to_on, 92, holds=Holds.DATE, least=2),
    Column("called", "Called back", _called, 220, floor=120, least=3),
    Column("by", "Kept by", lambda row: row.made_by, 120, least=5),
    Column("approved", "Approved by", lambda row: row.approved_by, 120, least=4),
    Column("reason", "Why it ended", lambda row: row.reason, 160, spare=True),
)
BLOCKS: tuple[Column[BlockRow], ...] = (
    Column("scope", "Blocked for", lambda row: SCOPES[row.scope], 92, firm=True),
    Column("state", "State", block_words, 150, tone=lambda row: "bad" if row.stands else "muted"),
    Column("from_on", "From", lambda row: row.from_on, 92, holds=Holds.DATE),
    Column("reason", "Why", lambda row: row.reason, 200, floor=120),
    Column("by", "By", lambda row: row.made_by, 120, least=1),
)


def scope_names() -> tuple[str, ...]:
    """What a supplier may be blocked for, as it is ticked."""
    return tuple(SCOPES.values())


def scopes_of(names: tuple[str, ...]) -> frozenset[BlockScope]:
    """What was ticked."""
    return frozenset(scope for scope, words in SCOPES.items() if words in names)
