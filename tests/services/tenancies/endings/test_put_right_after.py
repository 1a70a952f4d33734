"""What is put right of a tenancy that has ended follows its balance to the former tenant's account."""

from datetime import date

from sqlalchemy import select

from app.models.accounts import Account
from app.models.limits import OfficerLimit
from app.models.values import EndReason, LimitKind, Money
from app.services.charges.elements.commands import set_charge
from app.services.charges.elements.dto import SetCharge
from app.services.charges.elements.queries import preview
from app.services.ledger import checks
from app.services.tenancies.changes import commands as changes
from app.services.tenancies.changes.dto import CorrectEnd
from app.services.tenancies.endings import commands
from app.services.tenancies.endings.dto import Finish, NoteEnding, TakeBack
from tests.services.tenancies.changes.test_holders import scalars, version
from tests.services.tenancies.endings.conftest import balance

ENDED = date(2026, 11, 8)  # a Sunday


def ended(desk, home):
    """The home and its garage ended on 8 November; the numbers of the former tenants' accounts."""

    def limit(ctx):
        ctx.session.add(
            OfficerLimit(
                officer_id=ctx.officer.id, kind=LimitKind.ADJUSTMENT_CREDIT, line_pence=50_00, batch_pence=100_00
            )
        )

    desk.do(limit)
    finish = Finish(statement=False)
    wanted = NoteEnding(
        home[0].tenancy.id,
        EndReason.OTHER,
        agreed_on=ENDED,
        excused="Agreed",
        garages=(home[1].tenancy.id,),
        finish=finish,
    )
    return desk.do(commands.save, wanted)


def former(desk, made):
    kinds = select(Account).where(Account.tenancy_id == made.tenancy.id, Account.kind == "former_tenant")
    return scalars(desk, kinds)[0]


def test_a_charge_that_is_changed_in_the_past_is_carried_over(desk, home):
    made, _ = home
    done = ended(desk, home)
    account = former(desk, made)
    # two weeks of 104.50 less four of 60.00 of Housing Benefit
    assert balance(desk, account.id) == Money(2 * 104_50 - 4 * 60_00)
    change = SetCharge(made.account.id, "DSC", Money(2_50), date(2026, 10, 26), reason="Cleaning stopped", notify=False)
    words = f"The tenancy has ended: it goes to the former tenant's account {account.payment_reference}"
    assert words in [each.text for each in desk.ask(preview, change)]
    desk.do(set_charge, change)
    # 2.00 less in each of two weeks
    assert (balance(desk, made.account.id), balance(desk, account.id)) == (Money(0), Money(2 * 102_50 - 4 * 60_00))
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "They stay"))
    assert balance(desk, made.account.id) == Money(4 * 102_50 - 4 * 60_00)
    assert desk.ask(checks.check) == ()


def test_the_vat_of_an_ended_garage_is_carried_over_too(desk, home):
    made, garage = home
    ended(desk, home)
    account = former(desk, garage)
    assert balance(desk, account.id) == Money(2 * 17_80)
    # The home had ended two weeks before: 2.97 of each week of the garage is VAT, and nothing more is owed for it.
    desk.do(changes.save, CorrectEnd(made.tenancy.id, version(desk, made), date(2026, 10, 25)))
    assert (balance(desk, garage.account.id), balance(desk, account.id)) == (Money(0), Money(2 * 17_80))
    assert (balance(desk, made.account.id), balance(desk, former(desk, made).id)) == (Money(0), Money(-4 * 60_00))
    assert desk.ask(checks.check) == ()
