"""The transaction codes and control accounts that every landlord starts with."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ACCOUNT = sa.Table(
    "account",
    sa.MetaData(),
    sa.Column("id", ID, primary_key=True),
    *(sa.Column(name, sa.Unicode) for name in ("kind", "fund", "name", "control_key", "ledger_code")),
    sa.Column("opened_on", sa.Date),
    sa.Column("balance_pence", sa.BigInteger),
    sa.Column("version", sa.Integer),
)
"""A table, not its columns alone: a server must be told that a number is given where it would give one itself."""
RULE = sa.table(
    "posting_rule", sa.column("control", sa.Unicode), sa.column("fund", sa.Unicode), sa.column("account_id", ID)
)
CODE = sa.table(
    "transaction_code",
    *(sa.column(name, sa.Unicode) for name in ("code", "name", "kind", "explain_group", "control")),
    *(
        sa.column(name, sa.Boolean)
        for name in ("apportion", "free_week", "vat", "charged_in_void", "hb_eligible", "allows_negative", "active")
    ),
)
COUNTER = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.BigInteger))

# key, what the account holds
CONTROLS = [
    ("income:rent", "Income, rent"),
    ("income:service", "Income, service charges"),
    ("income:heating", "Income, heating and hot water"),
    ("income:garage", "Income, garages and parking"),
    ("income:insurance", "Contents insurance payable"),
    ("income:leasehold", "Income, leasehold"),
    ("income:recharge", "Income, rechargeable repairs"),
    ("income:court_costs", "Income, court costs"),
    ("income:other", "Income, other charges"),
    ("output_vat", "Output VAT"),
    ("water_payable", "Water charges payable to the water company"),
    ("void_loss", "Void loss"),
    ("cash:counter", "Cash office"),
    ("cash:bank", "Bank payments"),
    ("cash:card", "Card payments"),
    ("cash:payment_card", "Payment cards at shops and post offices"),
    ("cash:standing_order", "Standing orders"),
    ("cash:cheque", "Cheques and postal orders"),
    ("cash:salary", "Deductions from salary"),
    ("card_in_transit", "Card payments in transit"),
    ("direct_debit", "Direct Debit"),
    ("housing_benefit", "Housing Benefit"),
    ("universal_credit", "Universal Credit and DWP deductions"),
    ("adjustments", "Adjustments"),
    ("write_off_provision", "Write-off provision"),
    ("refunds", "Refunds"),
    ("transfers", "Transfers between accounts"),
    ("opening", "Opening balances"),
    ("suspense", "Suspense"),
]

# code, name, kind, part of an explanation, control, flags: a apportioned, f free week, v VAT, o charged in void,
# h HB eligible, n either sign
CODES = [
    ("DBR", "Rent", "charge", "charges", "income:rent", "afoh"),
    ("DSC", "Service charge", "charge", "charges", "income:service", "afoh"),
    ("DCB", "Block cleaning", "charge", "charges", "income:service", "afoh"),
    ("DCE", "Estate cleaning", "charge", "charges", "income:service", "afoh"),
    ("DGM", "Grounds maintenance", "charge", "charges", "income:service", "afoh"),
    ("DLL", "Landlord lighting", "charge", "charges", "income:service", "afoh"),
    ("DHE", "Heating", "charge", "charges", "income:heating", "af"),
    ("DHW", "Hot water", "charge", "charges", "income:heating", "af"),
    ("DWR", "Water rates", "charge", "charges", "water_payable", "af"),
    ("DWS", "Water standing charge", "charge", "charges", "water_payable", "af"),
    ("DWW", "WaterSure reduction", "charge", "charges", "water_payable", "afn"),
    ("DCC", "Court costs", "charge", "charges", "income:court_costs", ""),
    ("DRR", "Rechargeable repair", "charge", "charges", "income:recharge", ""),
    ("DRP", "Rechargeable repair, no VAT", "charge", "charges", "income:recharge", ""),
    ("DGA", "Garage", "charge", "charges", "income:garage", "afvo"),
    ("DCP", "Car port", "charge", "charges", "income:garage", "afvo"),
    ("DPP", "Parking space", "charge", "charges", "income:garage", "afvo"),
    ("DGR", "Ground rent", "charge", "charges", "income:leasehold", ""),
    ("DSA", "Service charge adjustment", "charge", "charges", "income:service", "n"),
    ("DSB", "Service charge balancing", "charge", "charges", "income:leasehold", "n"),
    ("DMC", "Major works, capital", "charge", "charges", "income:leasehold", ""),
    ("DMR", "Major works, revenue", "charge", "charges", "income:leasehold", ""),
    ("DML", "Major works loan", "charge", "charges", "income:leasehold", ""),
    ("DCI", "Contents insurance", "charge", "charges", "income:insurance", ""),
    ("DIN", "Interest", "charge", "charges", "income:other", ""),
    ("DLP", "Late payment charge", "charge", "charges", "income:other", ""),
    ("DKF", "Lost fobs and keys", "charge", "charges", "income:recharge", ""),
    ("DVA", "VAT", "charge", "charges", "output_vat", "a"),
    ("DTA", "Temporary accommodation", "charge", "charges", "income:rent", "ah"),
    ("DTL", "Tenants' levy", "charge", "charges", "income:other", "af"),
    ("DOT", "Other charge", "charge", "charges", "income:other", "af"),
    ("RHB", "Housing Benefit", "receipt", "housing_benefit", "housing_benefit", "n"),
    ("RHA", "Housing Benefit adjustment", "receipt", "housing_benefit", "housing_benefit", "n"),
    ("RUC", "Universal Credit", "receipt", "universal_credit", "universal_credit", "n"),
    ("RDT", "DWP transfer", "receipt", "universal_credit", "universal_credit", "n"),
    ("RDP", "DWP deduction", "receipt", "universal_credit", "universal_credit", "n"),
    ("RDD", "Direct Debit", "receipt", "direct_debit", "direct_debit", ""),
    ("RDN", "Direct Debit unpaid", "receipt", "direct_debit", "direct_debit", "n"),
    ("RDS", "Salary deduction", "receipt", "cash", "cash:salary", "n"),
    ("RSO", "Standing order", "receipt", "cash", "cash:standing_order", "n"),
    ("RCP", "Card payment", "receipt", "cash", "cash:card", "n"),
    ("RBP", "Bank payment", "receipt", "cash", "cash:bank", "n"),
    ("RBR", "Payment card", "receipt", "cash", "cash:payment_card", "n"),
    ("RPY", "Post Office payment", "receipt", "cash", "cash:payment_card", "n"),
    ("RCO", "Cash office", "receipt", "cash", "cash:counter", "n"),
    ("RQP", "Cheque", "receipt", "cash", "cash:cheque", ""),
    ("RRC", "Returned cheque", "receipt", "cash", "cash:cheque", "n"),
    ("RPO", "Postal order", "receipt", "cash", "cash:cheque", ""),
    ("RBA", "Enforcement agent payment", "receipt", "cash", "cash:bank", ""),
    ("REF", "Refund to tenant", "adjustment", "adjustments", "refunds", "n"),
    ("RDR", "Refund by Bacs", "adjustment", "adjustments", "refunds", "n"),
    ("RIT", "Internal transfer", "transfer", "adjustments", "transfers", "n"),
    ("RRP", "Recharge credit", "adjustment", "adjustments", "income:recharge", "n"),
    ("RPD", "Prompt payment discount", "adjustment", "adjustments", "adjustments", "n"),
    ("RWA", "Rent waiver", "adjustment", "adjustments", "adjustments", "n"),
    ("ADJ", "Adjustment", "adjustment", "adjustments", "adjustments", "n"),
    ("ROB", "Opening balance", "opening", "opening", "opening", "n"),
    ("WOF", "Write-off", "write_off", "adjustments", "write_off_provision", "n"),
    ("WON", "Write-on", "write_off", "adjustments", "write_off_provision", "n"),
    ("CTL", "Control total", "control", "adjustments", "suspense", "n"),
]

FUNDS = {"hra": "Housing Revenue Account", "general": "General Fund"}
IN_USE_FROM = date(2000, 1, 1)


def upgrade() -> None:
    """Ledger codes start as plain keys (fund and control key); the council gives its own."""
    connection = op.get_bind()
    accounts, rules = _accounts()
    connection.execute(ACCOUNT.insert(), accounts)
    connection.execute(RULE.insert(), rules)
    connection.execute(CODE.insert(), [_code(*row) for row in CODES])
    connection.execute(COUNTER.insert(), [{"name": "journal", "value": 0}])


def _accounts() -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    accounts: list[dict[str, object]] = []
    rules: list[dict[str, object]] = []
    for fund, fund_name in FUNDS.items():
        for key, name in CONTROLS:
            number = len(accounts) + 1
            accounts.append(
                {
                    "id": number,
                    "kind": "control",
                    "fund": fund,
                    "name": f"{name}, {fund_name}",
                    "control_key": key,
                    "ledger_code": f"{fund}:{key}".upper(),
                    "opened_on": IN_USE_FROM,
                    "balance_pence": 0,
                    "version": 1,
                }
            )
            rules.append({"control": key, "fund": fund, "account_id": number})
    return accounts, rules


def _code(code: str, name: str, kind: str, group: str, control: str, flags: str) -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "explain_group": group,
        "control": control,
        "apportion": "a" in flags,
        "free_week": "f" in flags,
        "vat": "v" in flags,
        "charged_in_void": "o" in flags,
        "hb_eligible": "h" in flags,
        "allows_negative": "n" in flags,
        "active": True,
    }
