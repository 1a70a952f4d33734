"""An office of many desks: an officer, a home and a till for each, and what they will all reach for at once."""

from dataclasses import dataclass
from datetime import date

from app.models.limits import OfficerLimit
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.tills import Till
from app.models.values import LimitKind, Money
from app.services.adjustments import commands as adjustments
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.core.clock import FixedClock
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from tests.factories import lettings, purchasing
from tests.services.reception_payments.files.made import HEAD, kept

CLOCK = FixedClock(date(2026, 11, 21))
ON = date(2026, 11, 16)
ROLES = frozenset(
    {Role.RENTS_OFFICER, Role.SENIOR_OFFICER, Role.TEAM_LEADER, Role.RECEPTION, Role.FINANCE},
)
RENT, PUT_TO_ANOTHER, IN_THE_FILE = 100_00, 500_00, 10_00
PROFILE = "Bank file"


@dataclass(frozen=True, slots=True)
class Office:
    """Ids of what the desks work on.

    Attributes:
        homes: a rent account for each desk.
        tills: a till for each desk, at the counter.
        requests: adjustments that wait for a second officer, one for each two desks.
        file: the text of a file of receipts: a payment for each home.
    """

    usernames: tuple[str, ...]
    homes: tuple[int, ...]
    counter: int
    tills: tuple[int, ...]
    requests: tuple[int, ...]
    budget: int
    supplier: int
    category: int
    file: str


def make(desk: Desk, desks: int) -> Office:
    """Add the office to a fresh database whose only officer is `desk`'s."""
    usernames = tuple(f"officer{number:02}" for number in range(desks))
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    ids = [desk.do(add, NewOfficer(each, f"Officer {each[-2:]}", ROLES)).id for each in usernames]
    kept(desk, name=PROFILE)

    def build(ctx):
        for officer_id in ids:
            for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT, LimitKind.ORDER):
                limits = {"line_pence": 5_000_00, "batch_pence": 20_000_00}
                ctx.session.add(OfficerLimit(officer_id=officer_id, kind=kind, **limits))
        counter = PaymentDesk(name="Campus West", prefix="WGC", takes_cash=True, address="The Campus")
        ctx.session.add(counter)
        ctx.session.flush()
        tills = [Till(desk_id=counter.id, name=f"Till {at}", float_pence=50_00) for at in range(desks)]
        ctx.session.add_all(tills)
        homes = [lettings.letting(ctx, reference=f"70 {at:04}").account for at in range(desks)]
        ctx.session.flush()
        return {
            "homes": tuple(each.id for each in homes),
            "counter": counter.id,
            "tills": tuple(each.id for each in tills),
            "budget": purchasing.budget(ctx, pence=1_000_000_00),
            "supplier": purchasing.supplier(ctx).id,
            "category": purchasing.category(ctx),
            "file": HEAD + "".join(f"70{at:04},10.00,16/11/2026,A Payer,{at}\n" for at in range(desks)),
        }

    made = desk.do(build)
    asked = [_ask(desk, at, made["homes"][2 * at]) for at in range(desks // 2)]
    return Office(usernames=usernames, requests=tuple(asked), **made)


def _ask(desk, number, home):
    """An adjustment above the limit of whoever enters it, who has none; the request about it."""
    line = NewLine(home, "debit", Money(PUT_TO_ANOTHER), effective_on=ON, reason="other", narrative="New door")
    request_id = desk.do(adjustments.enter, NewAdjustment(f"asked:{number}", "New door", (line,))).request_id
    assert request_id is not None
    return request_id
