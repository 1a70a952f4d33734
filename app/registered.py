"""What the service areas plug into each other, named once: the window and the command line both begin with it.

A module named here has a function `register()` that plugs its kinds of approval, finder sources, home cards or jobs
into the service below it that runs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.services.core import plugs

MODULES: Mapping[str, tuple[str, ...]] = {
    "kinds": (
        "app.services.admin.periods.requests",
        "app.services.adjustments.requests",
        "app.services.adjustments.catalogue.requests",
        "app.services.adjustments.refunds.requests",
        "app.services.adjustments.write_offs.requests",
        "app.services.adjustments.write_offs.catalogue.requests",
        "app.services.direct_debits.runs.requests",
        "app.services.purchase_orders.payments.requests",
        "app.services.purchase_orders.orders.requests",
        "app.services.purchase_orders.invoices.requests",
        "app.services.purchase_orders.coding.requests",
        "app.services.recharges.requests",
        "app.services.letters.approving",
        "app.services.tenancies.debit_control.requests",
        "app.services.charges.elements.requests",
        "app.services.charges.bulk.requests",
        "app.services.admin.policy.requests",
        "app.services.admin.officers_kinds",
        "app.services.admin.roles",
        "app.services.admin.limits",
        "app.services.admin.office_keys",
        "app.services.post_log.retention.requests",
        "app.services.purchase_orders.budgets.requests",
        "app.services.purchase_orders.registers.requests",
        "app.services.purchase_orders.suppliers.bank.requests",
        "app.services.reception_payments.bank.requests",
        "app.services.reception_payments.cards.refunds.requests",
        "app.services.reception_payments.receipts.requests",
        "app.services.purchase_orders.suppliers.contract_requests",
        "app.services.reception_payments.suspense.requests",
        "app.services.jobs.requests",
        "app.services.exit_export.requests",
    ),
    "sources": (
        "app.services.adjustments.sources",
        "app.services.diary.sources",
        "app.services.direct_debits.mandates.sources",
        "app.services.documents.sources",
        "app.services.holds.cases.sources",
        "app.services.post_log.sources",
        "app.services.purchase_orders.invoices.sources",
        "app.services.purchase_orders.orders.sources",
        "app.services.purchase_orders.payments.sources",
        "app.services.purchase_orders.suppliers.sources",
        "app.services.reception_payments.cards.sources",
        "app.services.reception_payments.pay_cards.sources",
        "app.services.reception_payments.receipts.sources",
        "app.services.reception_payments.suspense.sources",
        "app.services.reception_payments.tills.sources",
        "app.services.rent.sources",
        "app.services.reception_payments.files.sources",
    ),
    "checks": (
        "app.services.direct_debits.cases.reconciling",
        "app.services.direct_debits.returns.reconciling",
        "app.services.direct_debits.runs.reconciling",
        "app.services.purchase_orders.budgets.reconciling",
        "app.services.purchase_orders.payments.reconciling",
        "app.services.reception_payments.files.reconciling",
        "app.services.reception_payments.bank.reconciling",
        "app.services.reception_payments.suspense.reconciling",
        "app.services.reception_payments.receipts.reconciling",
        "app.services.reception_payments.cards.reconciling",
    ),
    "closing": ("app.services.statements.closing",),
    "day": ("app.services.home.day", "app.services.jobs.card"),
    "marks": (
        "app.services.adjustments.write_offs.marks",
        "app.services.arrangements.marks",
        "app.services.benefits.marks",
        "app.services.tenancies.life_events.marks",
    ),
    "daily": (
        "app.services.arrangements.daily",
        "app.services.direct_debits.mandates.daily",
        "app.services.direct_debits.runs.daily",
        "app.services.direct_debits.schedules.daily",
        "app.services.post_log.standards.daily",
        "app.services.purchase_orders.payments.daily",
        "app.services.purchase_orders.invoices.daily",
        "app.services.purchase_orders.orders.daily",
        "app.services.purchase_orders.suppliers.daily",
        "app.services.reception_payments.pay_cards.daily",
        "app.services.reception_payments.tills.daily",
        "app.services.reception_payments.suspense.looking_after",
        "app.services.signing.daily",
        "app.services.reception_payments.cards.days.daily",
    ),
    "hanging": (
        "app.services.direct_debits.mandates.life",
        "app.services.purchase_orders.works.life",
        "app.services.tenancies.life_events.sources",
    ),
    "first_statement": ("app.services.statements.first",),
    "money_in": ("app.services.adjustments.write_offs.writing_back",),
    "reversals": (
        "app.services.adjustments.fixing",
        "app.services.direct_debits.cases.posting",
        "app.services.direct_debits.returns.posting",
        "app.services.direct_debits.runs.posting",
        "app.services.reception_payments.receipts.undoing",
        "app.services.reception_payments.cards.refunds.keeping",
        "app.services.reception_payments.files.taking_back",
        "app.services.reception_payments.bank.matching",
        "app.services.reception_payments.suspense.clearing",
        "app.services.reception_payments.tills.posting",
    ),
    "receipt_taken": ("app.services.reception_payments.tills.sessions",),
    "debts": ("app.services.adjustments.write_offs.rehousing",),
    "mandate_ended": ("app.services.direct_debits.schedules.keeping",),
    "merged": ("app.services.tenancies.garages",),
    "works_done": ("app.services.purchase_orders.receipts.completing",),
    "tenancy_ended": ("app.services.direct_debits.mandates.endings",),
    "put_right": ("app.services.tenancies.endings.carrying",),
    "claims": ("app.services.direct_debits.cases.keeping",),
    "open_claims": ("app.services.direct_debits.cases.stopping",),
    "called_off": (
        "app.services.direct_debits.mandates.fields",
        "app.services.direct_debits.notices.calling_off",
        "app.services.post_log.sending.calling_off",
    ),
    "put_back": ("app.services.letters.put_back",),
    "went": ("app.services.purchase_orders.invoices.disputes.following",),
    "fields": (
        "app.services.adjustments.credits.fields",
        "app.services.charges.notices.fields",
        "app.services.direct_debits.cases.fields",
        "app.services.direct_debits.mandates.fields",
        "app.services.direct_debits.notices.fields",
        "app.services.direct_debits.returns.fields",
        "app.services.post_log.answering.fields",
        "app.services.purchase_orders.orders.fields",
        "app.services.purchase_orders.invoices.disputes.fields",
        "app.services.purchase_orders.payments.fields",
        "app.services.reception_payments.pay_cards.fields",
        "app.services.reception_payments.receipts.telling",
        "app.services.reception_payments.visits.telling",
        "app.services.recharges.fields",
    ),
}
"""Dotted names of modules with a `register` function, by the slot that they fill."""


@cache
def announce() -> None:
    """Say what fills each slot; it is read when the slot is first looked into, so that the window starts without it."""
    for slot, modules in MODULES.items():
        plugs.wait(slot, modules)


def register() -> None:
    """Plug everything in now, once."""
    announce()
    for slot in MODULES:
        plugs.fill(slot)
