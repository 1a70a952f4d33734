"""The kinds of adjustment and their reasons as shipped, and the codes that they need besides (rules.md 2.1)."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NEW_CODES = (
    ("RAL", "Allowance", "adjustment", "adjustments"),
    ("RCR", "Court costs credited", "adjustment", "income:court_costs"),
    ("RVA", "VAT credited", "adjustment", "output_vat"),
    ("WBK", "Written-off debt put back", "write_off", "write_off_provision"),
)
"""Code, name, kind and control account; each on either side."""

TENANTS = "rent garage former_tenant leasehold sundry"
EVERY = "rent garage recharge court_costs hb_overpayment former_tenant leasehold sundry"
KINDS = (
    (
        "debit",
        "Debit correction",
        "adjustment",
        "ADJ",
        "debit",
        EVERY,
        "",
        "Something was charged too low, or credited too much.",
    ),
    (
        "credit",
        "Credit correction",
        "adjustment",
        "ADJ",
        "credit",
        EVERY,
        "",
        "Something was charged too high, or debited wrongly.",
    ),
    (
        "rent_change",
        "Backdated rent change",
        "recalculation",
        "DBR",
        "either",
        "rent garage former_tenant",
        "pb",
        "A charge was wrong from one day to another; every week is worked out anew.",
    ),
    (
        "allowance",
        "Allowance",
        "adjustment",
        "RAL",
        "credit",
        TENANTS,
        "ep",
        "Given under a policy, such as for a decant or disturbance.",
    ),
    (
        "waiver",
        "Waiver",
        "adjustment",
        "RWA",
        "credit",
        TENANTS,
        "epa",
        "Rent that is not asked for, by somebody's decision.",
    ),
    (
        "transfer",
        "Transfer between accounts",
        "transfer",
        "RIT",
        "transfer",
        EVERY,
        "",
        "Money stands on the wrong account, or a credit pays another debt.",
    ),
    (
        "recharge",
        "Rechargeable repair",
        "recharge",
        "DRR",
        "debit",
        "rent garage former_tenant leasehold",
        "e",
        "Invoiced on a sub-account by the price list.",
    ),
    (
        "court_costs",
        "Court costs",
        "court_costs",
        "DCC",
        "debit",
        "rent garage former_tenant leasehold",
        "e",
        "What an order awards, on the day of the order; a fee that was only paid is not a debt.",
    ),
    (
        "service_charge",
        "Service charge adjustment",
        "adjustment",
        "DSA",
        "either",
        "rent former_tenant leasehold",
        "p",
        "A service charge put right, or a year's charge balanced.",
    ),
    (
        "former_tenant",
        "Former tenant adjustment",
        "adjustment",
        "ADJ",
        "either",
        "former_tenant",
        "",
        "Put right after the tenancy has ended.",
    ),
    (
        "housing_benefit",
        "Housing Benefit correction",
        "adjustment",
        "RHA",
        "either",
        "rent former_tenant",
        "ep",
        "A credit or clawback of Housing Benefit that was posted wrongly or not at all.",
    ),
    (
        "universal_credit",
        "Universal Credit correction",
        "adjustment",
        "RUC",
        "either",
        "rent former_tenant",
        "ep",
        "A managed payment that was posted wrongly or not at all.",
    ),
    (
        "returned_cheque",
        "Returned cheque",
        "adjustment",
        "RRC",
        "debit",
        EVERY,
        "e",
        "The bank sent a cheque back unpaid.",
    ),
    (
        "returned_debit",
        "Returned Direct Debit",
        "adjustment",
        "RDN",
        "debit",
        EVERY,
        "e",
        "A collection came back unpaid and is not in a returns file.",
    ),
    (
        "refund",
        "Refund",
        "refund",
        "RDR",
        "debit",
        EVERY,
        "ea",
        "A credit is paid back, once every check of the refund gate is clear.",
    ),
    (
        "write_off",
        "Write-off",
        "write_off",
        "WOF",
        "credit",
        EVERY,
        "ea",
        "A debt that is not pursued; it is never forgiven unless the law ends it.",
    ),
    (
        "write_on",
        "Write-on of an unclaimed credit",
        "adjustment",
        "WON",
        "debit",
        EVERY,
        "ea",
        "A credit that nobody claimed for six years goes to the budget; it is paid if it is claimed later.",
    ),
    (
        "write_back",
        "Write-back of a written-off debt",
        "write_off",
        "WBK",
        "debit",
        EVERY,
        "e",
        "Money came in, or the debtor was found again.",
    ),
)
"""Key, title, sheet, code, side, kinds of account, flags (e evidence, p period, a always approved, b tells benefits), and when."""

REASONS = (
    ("wrong_charge", "Charged wrongly", "debit credit rent_change service_charge former_tenant"),
    ("wrong_rate", "Wrong rent or rate", "rent_change service_charge"),
    ("date_corrected", "A date was corrected", "debit credit rent_change former_tenant"),
    ("wrong_account", "Posted to the wrong account", "transfer debit credit"),
    ("wrong_amount", "Posted for the wrong amount", "debit credit former_tenant"),
    ("posted_twice", "Posted twice", "debit credit former_tenant"),
    ("offset", "A credit pays another debt", "transfer"),
    ("moved_home", "The tenant moved", "transfer"),
    ("decant", "Decant or disturbance", "allowance waiver"),
    ("disrepair", "Disrepair or loss of a service", "allowance waiver credit"),
    ("goodwill", "Put right after a complaint", "allowance waiver credit"),
    ("benefit_decision", "Decision of the benefit office", "housing_benefit universal_credit"),
    ("benefit_error", "Benefit posted wrongly", "housing_benefit universal_credit"),
    ("unpaid", "Returned unpaid by the bank", "returned_cheque returned_debit"),
    ("unclaimed", "Nobody claimed it in six years", "write_on"),
    ("claimed", "A written-on credit is claimed", "credit"),
    ("year_end", "Year's charge balanced", "service_charge"),
    ("other", "Something else, said in the note", ""),
)


def upgrade() -> None:
    _codes()
    _kinds()
    _reasons()
    _count()


def _codes() -> None:
    flags = ("apportion", "free_week", "vat", "charged_in_void", "hb_eligible", "allows_negative", "active")
    codes = sa.table(
        "transaction_code",
        *(sa.column(each, sa.Unicode) for each in ("code", "name", "kind", "explain_group", "control")),
        *(sa.column(each, sa.Boolean) for each in flags),
    )
    fixed = dict.fromkeys(flags, False) | {"allows_negative": True, "active": True}
    op.bulk_insert(
        codes,
        [
            {"code": code, "name": name, "kind": kind, "explain_group": "adjustments", "control": control, **fixed}
            for code, name, kind, control in NEW_CODES
        ],
    )


def _kinds() -> None:
    words = ("key", "title", "sheet", "code", "side", "account_kinds", "explained")
    needs = {"needs_evidence": "e", "needs_period": "p", "always_approved": "a", "tells_benefit": "b"}
    op.bulk_insert(
        sa.table(
            "adjustment_kind",
            *(sa.column(each, sa.Unicode) for each in words),
            *(sa.column(each, sa.Boolean) for each in (*needs, "active")),
            sa.column("place", sa.Integer),
        ),
        [
            dict(zip(words, (*each, explained), strict=True))
            | {name: flag in flags for name, flag in needs.items()}
            | {"active": True, "place": place}
            for place, (*each, flags, explained) in enumerate(KINDS, 1)
        ],
    )


def _reasons() -> None:
    op.bulk_insert(
        sa.table(
            "adjustment_reason",
            *(sa.column(each, sa.Unicode) for each in ("key", "title", "kinds")),
            sa.column("active", sa.Boolean),
            sa.column("place", sa.Integer),
        ),
        [
            {"key": key, "title": title, "kinds": kinds, "active": True, "place": place}
            for place, (key, title, kinds) in enumerate(REASONS, 1)
        ],
    )


def _count() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": "adjustment", "value": 0}])
