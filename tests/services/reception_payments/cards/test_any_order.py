"""Whatever happens in whatever order, what the provider took is posted once, and nothing else is."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.models.reception_payments.cards import CardPayment
from app.models.reception_payments.receipts import Receipt
from app.services.ledger import checks
from app.services.reception_payments.cards import jobs
from app.services.reception_payments.cards.days import jobs as days
from tests.services.reception_payments.cards.conftest import begun
from tests.services.reception_payments.cards.pay_standin import OPEN
from tests.services.reception_payments.conftest import TODAY

BAD = st.sampled_from(["", "", "taken, no answer", "taken, fault", "no answer", "down", "nonsense", "rate"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["start", "look", "leave", "poll"]), BAD, BAD),
        st.tuples(st.sampled_from(["success", "failed", "submitted"]), st.just(""), st.just("")),
    ),
    min_size=2,
    max_size=8,
)


def posted(desk, payment_id):
    of_it = select(func.count()).select_from(Receipt).join(CardPayment, CardPayment.receipt_id == Receipt.id)
    by_key = (
        select(func.count())
        .select_from(Receipt)
        .join(CardPayment, Receipt.entry_key == "card:" + CardPayment.reference)
    )
    wanted = CardPayment.id == payment_id
    return desk.ask(lambda ctx: (ctx.session.scalar(of_it.where(wanted)), ctx.session.scalar(by_key.where(wanted))))


def do(desk, pay, payment_id, step):
    act, sending, asking = step
    ours = desk.ask(lambda ctx: ctx.session.get_one(CardPayment, payment_id).reference)
    there = [each for each, row in pay.payments.items() if row["reference"] == ours]
    pay.plan.extend([sending] if sending else [])
    pay.looking.extend([asking] if asking else [])
    if act == "start":
        jobs.start(desk, payment_id, sleep=lambda _: None)
    elif act in {"look", "leave"}:
        getattr(jobs, act)(desk, payment_id)
    elif act == "poll":
        jobs.poll(desk, everything=True, sleep=lambda _: None)
    elif there and pay.payments[there[0]]["status"] in OPEN:
        pay.become(act, "P0010" if act == "failed" else None, there[0])
    pay.plan.clear()
    pay.looking.clear()
    return there


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_the_provider_took_is_posted_once(desk, reach, pay, steps):
    made = desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(CardPayment)))
    payment_id = begun(desk, reach, key=f"drawn {made}")
    for step in steps:
        do(desk, pay, payment_id, step)
    there = do(desk, pay, payment_id, ("poll", "", ""))
    assert len(there) <= 1
    took = bool(there) and pay.payments[there[0]]["status"] == "success"
    assert posted(desk, payment_id) == (took, took)
    assert days.reconcile(desk, TODAY).row.agrees
    assert desk.ask(checks.check) == ()
