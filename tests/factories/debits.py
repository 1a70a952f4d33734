"""Mandates on real, sealed accounts of the published cases, and collections of them that are on the accounts, as plain rows."""

from datetime import date

from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.landlord import Landlord
from app.models.values import (
    BacsCode,
    CollectionKind,
    CollectionState,
    InstructionState,
    JournalKind,
    MandateEvent,
    MandateState,
    MandateWay,
)
from app.services.bacs.rules import destination
from app.services.direct_debits.mandates import keeping
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append
from tests.factories import lettings

OLD = ("089999", "66374958")
NEW = ("107999", "88837491")
DUE = date(2026, 11, 18)
"""The entry day of what has the processing day 17 November 2026, a Tuesday."""


def landlord(ctx):
    """Whose letters go out."""
    if ctx.session.query(Landlord).first() is None:
        ctx.session.add(Landlord(id=1, name="Anytown Borough Council", phone="01632 960001"))
        ctx.session.flush()


def bare(ctx, *account_ids, **columns):
    """A live mandate that pays some accounts, the first its own, without a bank account or a history."""
    number = ctx.session.query(Mandate).count() + 1
    values = {
        "entry_key": f"mandate:{number}",
        "account_id": account_ids[0],
        "payer_name": "Alex Sample",
        "reference": f"SAMPLE{number:04}",
        "way": MandateWay.PAPER,
        "state": MandateState.LIVE,
        "state_on": date(2026, 11, 2),
        "given_on": date(2026, 11, 2),
        "received_on": date(2026, 11, 2),
        "made_by": ctx.officer.id,
        "made_at": ctx.clock.now(),
    }
    made = Mandate(**values | columns)
    ctx.session.add(made)
    ctx.session.flush()
    ctx.session.add_all([MandateAccount(mandate_id=made.id, account_id=each) for each in account_ids])
    ctx.session.flush()
    return made


def mandate(ctx, letting, reference="RENT 00124471", bank=OLD, state=MandateState.LIVE, beside=(), **columns):
    """A mandate of a letting, which the bank has; `beside`: other accounts that it pays."""
    values = {
        "entry_key": f"mandate:{reference}",
        "person_id": letting.person.id,
        "reference": reference,
        "state": state,
        "state_on": date(2026, 10, 1),
        "given_on": date(2026, 9, 1),
        "received_on": date(2026, 9, 1),
        "lodged_on": date(2026, 9, 8),
        "first_collected_on": date(2026, 10, 19),
    }
    made = bare(ctx, letting.account.id, *(each.id for each in beside), **values | columns)
    keeping.new_bank(ctx, made, destination(*bank), "A TENANT", on=date(2026, 9, 1), held=True)
    keeping.move(ctx, made, state, MandateEvent.SET_UP, on=date(2026, 9, 1))
    return made


def sent(ctx, of, code=BacsCode.NEW, run_id=None):
    """An instruction that was sent, and that the bank may still return."""
    row = keeping.instruct(ctx, of, code, keeping.bank_of(ctx, of.id), "")
    row.state, row.processing_on, row.run_id = InstructionState.SENT, date(2026, 11, 18), run_id
    ctx.session.flush()
    return row


def planned(ctx, mandate_id, due_on, pence, **columns):
    """A collection that is planned for a day."""
    values = {"kind": CollectionKind.SCHEDULED, "state": CollectionState.PLANNED, "planned_on": due_on}
    made = Collection(mandate_id=mandate_id, due_on=due_on, pence=pence, **values | columns)
    ctx.session.add(made)
    ctx.session.flush()
    return made


def collected(ctx, of, pence=65_00, due_on=DUE, shares=None, state=CollectionState.POSTED, **columns):
    """A collection; where it is posted, its credits are on the accounts. `shares`: pence by account, else all on its own."""
    made = planned(ctx, of.id, due_on, pence, state=state, code=BacsCode.REGULAR, **columns)
    parts = shares or {of.account_id: pence}
    for account_id, part in parts.items():
        ctx.session.add(CollectionShare(collection_id=made.id, account_id=account_id, pence=part))
    ctx.session.flush()
    if state is CollectionState.POSTED:
        header = JournalHeader(JournalKind.RECEIPTS, ctx.clock.today(), "test", f"collected:{made.id}")
        lines = [Line(account_id, "RDD", -part, due_on) for account_id, part in parts.items()]
        made.journal = append(ctx, header, lines).journal
    return made


def home(ctx, reference="RENT 00124471", bank=OLD, pence=65_00, payment_reference="70000141", **columns):
    """A letting with a live mandate and one collection that is on its account; the id of each."""
    landlord(ctx)
    let = lettings.letting(ctx, reference=payment_reference)
    of = mandate(ctx, let, reference, bank, **columns)
    return let.account.id, of.id, collected(ctx, of, pence).id
