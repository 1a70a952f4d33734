"""`rentbook invoices cis`: the tax month of a day, by subcontractor."""

from datetime import date

from app.models.values import CisStatus, InvoiceState
from tests.factories import purchasing


def test_a_tax_month_is_told_by_subcontractor(office, desk):
    """£200.00, of which £100.00 is labour, paid on 5 December: the last day of the month that begins on 6 November."""

    def make(ctx):
        made_at = ctx.clock.now().replace(month=4)
        cis = {"cis": CisStatus.REGISTERED, "cis_reference": "V1000000001", "made_at": made_at}
        supplier = purchasing.supplier(ctx, "Sample Roofing", **cis)
        paid = {"state": InvoiceState.PAID, "paid_on": date(2026, 12, 5)}
        purchasing.invoice(ctx, supplier_id=supplier.id, net_pence=200_00, labour_pence=100_00, cis_pence=20_00, **paid)

    desk.do(make)
    done = office("invoices", "cis", "--on", "2026-11-21", "--json")
    assert (done.code, done.data["from"], done.data["to"]) == (0, "2026-11-06", "2026-12-05")
    assert done.data["lines"] == [
        {
            "supplier": "Sample Roofing",
            "reference": "V1000000001",
            "status": "Registered",
            "invoices": 1,
            "gross_pence": 200_00,
            "materials_pence": 100_00,
            "deducted_pence": 20_00,
        }
    ]
    assert office("invoices", "cis", "--on", "2026-12-06").out == "06 Dec 2026 to 05 Jan 2027: 0 subcontractors.\n"
