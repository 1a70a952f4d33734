"""A profile of the office by which files of the tests are read."""

from types import SimpleNamespace

from app.models.values import AccountKind
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.reception_payments.files.made import REAL, kept


@prepared
def bank_file(desk):
    """The profile 'Bank file'; negative lines are real."""
    return kept(desk, REAL)


@prepared
def ended(desk):
    """A tenancy that has ended: its closed account, its number, and the account of what is still owed."""

    def make(ctx):
        home = lettings.letting(ctx, reference="70 0009")
        former = lettings.account(ctx, home.tenancy, AccountKind.FORMER_TENANT, payment_reference="80 0009")
        former.reference_key = "800009"
        home.account.closed_on = lettings.FROM.replace(year=2026)
        ctx.session.flush()
        return {"rent": home.account.id, "former": former.id, "tenancy": home.tenancy.ref}

    return SimpleNamespace(**desk.do(make))
