"""The fixed words of a landlord's file, with what else people write for them. Every key is folded: small letters only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from app.models.values import AccountKind, FormatNeed, PaymentMethod, PropertyType, Tenure
from app.services.imports.values import fold


def _words(meanings: Mapping[str, str]) -> dict[str, str]:
    """From `{meaning: "one, other"}` to `{one: meaning, other: meaning}`, each meaning standing for itself first."""
    words = {fold(meaning): meaning for meaning in meanings}
    for meaning, others in meanings.items():
        words |= {fold(other): meaning for other in others.split(",") if other}
    return words


TYPES: Final = _words(
    {
        PropertyType.DWELLING: "house,flat,maisonette,bungalow,bedsit,studio,home,property,domestic,apartment,residential,"
        "sheltered flat,room",
        PropertyType.GARAGE: "lock up,garages,lockup garage,gar",
        PropertyType.OTHER: "shop,land,parking,parking space,car port,store,shed,plot,misc",
    }
)
TENURES: Final = _words(
    {
        Tenure.SECURE: "secure tenancy,sec,secure tenant,secure lifetime,lifetime",
        Tenure.INTRODUCTORY: "intro,introductory tenancy,int,starter",
        Tenure.FLEXIBLE: "flexible tenancy,fixed term,flexible fixed term,flex",
        Tenure.AFFORDABLE: "affordable rent,affordable tenancy,aff",
        Tenure.NON_SECURE: "nonsecure tenancy,temporary,temporary accommodation,homeless,ta",
        Tenure.LICENCE: "license,licensee,licence agreement",
        Tenure.USE_AND_OCCUPATION: "use & occupation,uando,mesne profits,u o,use occupation",
        Tenure.LEASEHOLD: "lease,leaseholder,long lease,lessee,shared ownership",
        Tenure.FREEHOLD: "freeholder",
        Tenure.GARAGE: "garage tenancy,garage licence,garage let",
        Tenure.OTHER: "commercial,misc",
    }
)
PAYMENT_METHODS: Final = _words(
    {
        PaymentMethod.DIRECT_DEBIT: "dd,ddebit,direct debit monthly,direct debit weekly",
        PaymentMethod.STANDING_ORDER: "so,s order",
        PaymentMethod.PAYMENT_CARD: "swipe card,rent card,paypoint,post office,allpay,payment card paypoint",
        PaymentMethod.BANK_TRANSFER: "bacs,bank,online,online banking,faster payment,bank payment,internet",
        PaymentMethod.CARD: "debit card,credit card,phone,telephone,web,website",
        PaymentMethod.CHEQUE: "chq,check",
        PaymentMethod.CASH: "cash office,counter",
        PaymentMethod.HOUSING_BENEFIT: "hb,full hb,rebate,benefit",
        PaymentMethod.UNIVERSAL_CREDIT: "uc,apa,managed payment,dwp,uc managed payment",
        PaymentMethod.SALARY: "wages,payroll,salary deduction",
        PaymentMethod.OTHER: "none,unknown,various,n a",
    }
)
ACCOUNTS: Final = _words(
    {
        AccountKind.RENT: "main,dwelling,rent account,main rent,current,current tenant,house",
        AccountKind.GARAGE: "garages,garage account",
        AccountKind.RECHARGE: "recharges,rechargeable,rechargeable repair,rechargeable repairs,repairs",
        AccountKind.COURT_COSTS: "court,costs,court cost,legal costs",
        AccountKind.HB_OVERPAYMENT: "hbop,overpayment,hb overpayments,housing benefit overpayment,benefit overpayment",
        AccountKind.FORMER_TENANT: "former,fta,former tenancy,former tenant arrears,former arrears",
        AccountKind.LEASEHOLD: "lease,leasehold service charge,major works",
        AccountKind.SUNDRY: "sundries,other,misc,sundry debt",
    }
)
FREQUENCIES: Final = _words(
    {
        "weekly": "week,each week,w,every week",
        "fortnightly": "2 weekly,two weekly,every two weeks,f",
        "four_weekly": "4 weekly,every four weeks",
        "monthly": "month,calendar monthly,each month,m,every month,pcm",
    }
)
FORMATS: Final = _words(
    {
        FormatNeed.STANDARD: "none,normal,print",
        FormatNeed.LARGE_PRINT: "large,largeprint,big print",
        FormatNeed.TEXT_ONLY: "plain text,text,email text",
        FormatNeed.BRAILLE: "",
        FormatNeed.AUDIO: "tape,cd,spoken",
        FormatNeed.EASY_READ: "easyread,simple",
    }
)
CHARGES: Final[Mapping[str, str]] = {
    "DBR": "rent,basic rent,net rent,dwelling rent,weekly rent,core rent",
    "DSC": "service,services,service charge,service charges,sc,communal",
    "DCB": "block cleaning,cleaning,communal cleaning",
    "DCE": "estate cleaning,estate,caretaking,caretaker",
    "DGM": "grounds,grounds maintenance,gardening,garden",
    "DLL": "lighting,landlord lighting,communal lighting",
    "DHE": "heating,communal heating,district heating,heat",
    "DHW": "hot water",
    "DWR": "water,water rates,water charge,water and sewerage",
    "DWS": "water standing charge,water standing",
    "DWW": "watersure,water reduction",
    "DGA": "garage,garage rent",
    "DCP": "car port,carport",
    "DPP": "parking,parking space,car parking,parking permit",
    "DGR": "ground rent",
    "DCI": "insurance,contents insurance,home contents,home insurance",
    "DTA": "temporary accommodation,temp accommodation",
    "DSU": "support,support charge,housing support,care and support,supporting people",
    "DTL": "tenants levy,levy",
    "DIN": "interest",
    "DLP": "late payment,late payment charge",
    "DKF": "fobs,keys,lost keys,lost fob",
    "DRR": "recharge,rechargeable repair,rechargeable repairs",
    "DCC": "court costs,costs,court",
    "DMC": "major works",
    "DOT": "other,other charge,misc,sundry",
}
RECEIPTS: Final[Mapping[str, str]] = {
    "RHB": "hb,housing benefit,rent rebate,rebate",
    "RUC": "uc,universal credit,managed payment,uc managed payment",
    "RDP": "dwp deduction,dwp direct,direct deduction",
    "RDD": "dd,direct debit",
    "RDN": "unpaid direct debit,returned direct debit,dd unpaid,returned dd,unpaid dd",
    "RSO": "so,standing order",
    "RCP": "card,card payment,debit card,credit card,telephone payment",
    "RBP": "bank,bank payment,bank transfer,bacs,faster payment",
    "RBR": "payment card,paypoint,allpay,swipe card",
    "RPY": "post office",
    "RCO": "cash,cash office,counter",
    "RQP": "cheque,chq",
    "RRC": "returned cheque,bounced cheque",
    "RPO": "postal order",
    "RDS": "salary,salary deduction,wages,payroll",
    "REF": "refund,tenant refund",
    "RIT": "transfer,internal transfer",
    "RWA": "waiver,rent waiver",
    "ADJ": "adjustment,adj,correction",
    "ROB": "opening balance,opening,brought forward,b f,balance brought forward",
    "WOF": "write off,written off",
    "WON": "write on,write back,written back",
}


def code_words(names: Mapping[str, str], others: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The words for transaction codes: each code, its name, and the plain words for it.

    Args:
        names: code -> name, of the codes that may be used.
        others: code -> plain words parted by commas; codes that may not be used are left out.
    """
    words = {fold(code): code for code in names}
    for table in others:
        for code, plain in table.items():
            if code in names:
                words |= {fold(word): code for word in plain.split(",") if fold(word) not in words}
    for code, name in names.items():
        words.setdefault(fold(name), code)
    return words
