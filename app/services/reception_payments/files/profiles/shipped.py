"""Examples of profiles. They are made up: providers don't publish the layouts of their files; copy one and set it right."""

from __future__ import annotations

from typing import Final

from app.models.values import ReceiptChannel
from app.services.reception_payments.files.layouts import (
    AmountForm,
    CleanUp,
    ColumnAt,
    Field,
    Form,
    Keep,
    Layout,
    Negatives,
    Profile,
    SignForm,
    Trailer,
)


def _headed(*columns: tuple[Field, str]) -> tuple[ColumnAt, ...]:
    return tuple(ColumnAt(field, heading=heading) for field, heading in columns)


SHIPPED: Final[tuple[Profile, ...]] = (
    Profile(
        "example_cash_columns",
        "Example: cash file with six columns",
        0,
        Layout(
            channel=ReceiptChannel.CASH_OFFICE,
            headings=True,
            columns=_headed(
                (Field.REFERENCE, "RentAccount"),
                (Field.NARRATIVE, "PaymentSource"),
                (Field.TYPE, "MethodOfPayment"),
                (Field.AMOUNT, "AmountPaid"),
                (Field.DATE, "DatePaid"),
                (Field.MARKER, "CivicaCode"),
            ),
            negatives=Negatives.REAL,
            codes=(
                ("Cash", "RCO"),
                ("Cheque", "RQP"),
                ("Postal order", "RPO"),
                ("Card", "RCP"),
                ("Bank", "RBP"),
                ("Standing order", "RSO"),
            ),
        ),
    ),
    Profile(
        "example_agent_fixed",
        "Example: payment cards at shops, fixed width",
        0,
        Layout(
            channel=ReceiptChannel.AGENT,
            form=Form.FIXED,
            header_mark="H",
            trailer=Trailer("T", 2, 6, 8, 11),
            columns=(
                ColumnAt(Field.REFERENCE, 2, 19),
                ColumnAt(Field.DATE, 21, 8),
                ColumnAt(Field.AMOUNT, 29, 9),
                ColumnAt(Field.MARKER, 38, 12, not_card=True),
            ),
            date_format="%d%m%Y",
            amount=AmountForm.IMPLIED,
            code="RBR",
        ),
    ),
    Profile(
        "example_post_office",
        "Example: Post Office, commas with a trailer",
        0,
        Layout(
            channel=ReceiptChannel.POST_OFFICE,
            separator=",",
            header_mark="HDR",
            trailer=Trailer("TRL", 2, 0, 3),
            columns=(
                ColumnAt(Field.TYPE, 1),
                ColumnAt(Field.REFERENCE, 2),
                ColumnAt(Field.DATE, 3),
                ColumnAt(Field.AMOUNT, 4),
                ColumnAt(Field.MARKER, 5),
            ),
            date_format="%Y%m%d",
            codes=(("PAY", "RPY"), ("REV", "RPY")),
            sign=SignForm.TRAILING,
            negatives=Negatives.REAL,
        ),
    ),
    Profile(
        "example_standing_orders",
        "Example: standing orders",
        0,
        Layout(
            channel=ReceiptChannel.STANDING_ORDER,
            headings=True,
            columns=_headed(
                (Field.DATE, "Date"),
                (Field.REFERENCE, "Reference"),
                (Field.PAYER, "Payer"),
                (Field.AMOUNT, "Amount"),
            ),
            code="RSO",
            clean_up=CleanUp(Keep.ALPHANUMERIC, "RENT"),
        ),
    ),
    Profile(
        "example_universal_credit",
        "Example: Universal Credit, managed payments",
        0,
        Layout(
            channel=ReceiptChannel.UNIVERSAL_CREDIT,
            headings=True,
            columns=_headed(
                (Field.REFERENCE, "Tenant reference"),
                (Field.SECOND, "Creditor reference"),
                (Field.PAYER, "Name"),
                (Field.AMOUNT, "Amount"),
                (Field.DATE, "Payment date"),
            ),
            negatives=Negatives.REAL,
            code="RUC",
        ),
    ),
    Profile(
        "example_third_party",
        "Example: DWP deductions",
        0,
        Layout(
            channel=ReceiptChannel.THIRD_PARTY,
            headings=True,
            columns=_headed(
                (Field.REFERENCE, "Tenant reference"),
                (Field.PAYER, "Name"),
                (Field.AMOUNT, "Amount"),
                (Field.DATE, "Payment date"),
            ),
            code="RDP",
        ),
    ),
    Profile(
        "example_housing_benefit",
        "Example: Housing Benefit run",
        0,
        Layout(
            channel=ReceiptChannel.HOUSING_BENEFIT,
            headings=True,
            columns=_headed(
                (Field.MARKER, "Claim"),
                (Field.REFERENCE, "Rent account"),
                (Field.TYPE, "Kind"),
                (Field.AMOUNT, "Amount"),
            ),
            date_format="",
            negatives=Negatives.REAL,
            code="RHB",
            codes=(("Adjustment", "RHA"),),
        ),
    ),
    Profile(
        "example_returned_cheques",
        "Example: cheques that came back",
        0,
        Layout(
            channel=ReceiptChannel.CHEQUES,
            headings=True,
            columns=_headed(
                (Field.DATE, "Date"),
                (Field.MARKER, "Cheque"),
                (Field.REFERENCE, "Reference"),
                (Field.AMOUNT, "Amount"),
            ),
            turned=True,
            negatives=Negatives.RETURNED,
            code="RQP",
        ),
    ),
)
