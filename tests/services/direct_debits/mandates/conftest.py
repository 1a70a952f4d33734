"""A home whose tenant gives a mandate by telephone, on an account number that the shipped weight table knows nothing of."""

from datetime import date

from sqlalchemy import select

from app.models.direct_debits.mandates import Instruction, Mandate, MandateStep
from app.models.values import InstructionState, MandateWay
from app.services.direct_debits.mandates import commands, keeping
from app.services.direct_debits.mandates.dto import NewMandate
from tests.factories import approving, lettings
from tests.prepared import prepared

OLD = ("089999", "66374958")
NEW = ("107999", "88837491")
THIRD = ("202959", "63748472")
"""Accounts of the published cases of the modulus check, all of which pass."""
SCRIPT = {"holder_confirmed": True, "sole_authority": True, "identity_checked": True, "guarantee_read": True}


@prepared
def home(desk):
    """A home, and its tenant."""
    return desk.do(lettings.letting, reference="70 0001")


def new(account, bank=OLD, key="one", **rest):
    """A mandate given by the tenant on the telephone."""
    values = {"way": MandateWay.TELEPHONE, "person_id": 1, "given_on": date(2026, 11, 20), "confirm": False} | SCRIPT
    return NewMandate(
        key,
        account.id,
        payer_name="Mx Alex Sample",
        sort_code=bank[0],
        account_number=bank[1],
        **values | rest,
    )


@prepared
def mandate_id(desk, home):
    """A mandate that waits to be lodged."""
    return desk.do(commands.set_up, new(home.account)).mandate_id


def row(desk, mandate_id):
    return desk.ask(lambda ctx: ctx.session.get_one(Mandate, mandate_id))


def state(desk, mandate_id):
    return row(desk, mandate_id).state.value


def sent(desk, mandate_id, *states):
    """What is told to the bank, as `0N waiting`, in order; only those in some states, where they are named."""

    def look(ctx):
        rows = select(Instruction).where(Instruction.mandate_id == mandate_id).order_by(Instruction.id)
        return [
            f"{each.code.value} {each.state.value}"
            for each in ctx.session.scalars(rows)
            if not states or each.state in states
        ]

    return desk.ask(look)


def waiting(desk, mandate_id):
    return [each.split()[0] for each in sent(desk, mandate_id, InstructionState.WAITING)]


def history(desk, mandate_id):
    rows = select(MandateStep).where(MandateStep.mandate_id == mandate_id).order_by(MandateStep.id)
    return desk.ask(lambda ctx: [each.event.value for each in ctx.session.scalars(rows)])


def take(ctx, run_id=None):
    """A lodgement run takes what waits."""
    from app.models.direct_debits.runs import DebitRun
    from app.models.values import DebitRunKind, DebitRunState

    run = DebitRun(
        number=len(str(run_id)) if isinstance(run_id, str) else run_id or 99,
        entry_key=f"run {run_id}",
        kind=DebitRunKind.LODGEMENT,
        state=DebitRunState.WAITING,
        processing_on=date(2026, 11, 24),
        entry_on=date(2026, 11, 25),
        last_entry_on=date(2026, 11, 25),
        count=1,
        pence=0,
        left_out=0,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(run)
    ctx.session.flush()
    approving.counts(ctx, "direct_debit_run", run, DebitRunState.MADE)
    for each in ctx.session.scalars(select(Instruction).where(Instruction.state == InstructionState.WAITING)):
        each.state, each.run_id = InstructionState.IN_RUN, run.id
    ctx.session.flush()
    return run.id


def lodge(desk, number=1, on=date(2026, 11, 24)):
    """Everything that waits is sent by a lodgement run processed on a day."""
    run_id = desk.do(take, number)
    desk.do(keeping.lodged, run_id, on)
    return run_id
