"""Homes with live mandates and collections that are due on Wednesday 25 November 2026, the payers told of them in time."""

from datetime import date

from sqlalchemy import select

from app.models.direct_debits.runs import DebitRun
from app.models.direct_debits.schedules import Collection, DebitNotice
from app.models.values import CollectionState, DebitRunKind, Money, NoticeKind
from app.services.approvals import commands as approvals
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.direct_debits.runs import commands, keeping, queries
from app.services.direct_debits.runs.dto import AskRun, RunQuestion
from tests.factories import debits, lettings
from tests.prepared import prepared
from tests.services.bacs.conftest import council

PROCESSING = date(2026, 11, 24)
"""A Tuesday: the first processing day of a file that is sent on Monday the 23rd."""
ENTRY = date(2026, 11, 25)
TOLD = date(2026, 11, 2)
COLLECT, LODGE = DebitRunKind.COLLECTION, DebitRunKind.LODGEMENT


def home(ctx, number=1, **columns):
    """A letting and its live mandate."""
    let = lettings.letting(ctx, reference=f"70{number:06}")
    columns = {"reference": f"RENT {number:08}", "collect_from": date(2026, 9, 15)} | columns
    return let, debits.mandate(ctx, let, **columns)


def due(ctx, mandate, pence=50_00, due_on=ENTRY, **columns):
    """A planned collection that the payer was told of."""
    notice = DebitNotice(
        mandate_id=mandate.id,
        kind=NoticeKind.FIRST,
        given_on=TOLD,
        first_due_on=due_on,
        days=10,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(notice)
    ctx.session.flush()
    told = {"noticed_on": TOLD, "noticed_due_on": due_on, "noticed_pence": pence, "notice_id": notice.id}
    return debits.collected(ctx, mandate, pence, due_on, state=CollectionState.PLANNED, **told | columns)


@prepared
def three(desk, council):
    """Collections of £50.00, £60.00 and £70.00; their ids. The second mandate was never collected before."""

    def make(ctx):
        found = []
        for number in (1, 2, 3):
            first = {"first_collected_on": None} if number == 2 else {}
            _let, mandate = home(ctx, number, **first)
            found.append(due(ctx, mandate, 4_000 + 1_000 * number).id)
        return found

    return desk.do(make)


def preview(desk, kind=COLLECT, processing_on=PROCESSING, days=1):
    return desk.ask(queries.preview, RunQuestion(kind, processing_on, days))


def ask(desk, kind=COLLECT, processing_on=PROCESSING, days=1, key="run", declared=None):
    """A run of all that can go is asked for, or of what is declared."""
    count, total = declared or _found(preview(desk, kind, processing_on, days))
    return desk.do(commands.ask, AskRun(kind, processing_on, count, total, key, days=days))


def _found(shown):
    return shown.count, shown.total


def approve(colleague, asked):
    return colleague.do(approvals.approve, [asked.request_id])


def made(desk, colleague, **asked):
    """A run whose file is made; its id."""
    found = ask(desk, **asked)
    approve(colleague, found)
    return found.run_id


def matched(desk, colleague, **asked):
    """A run that Bacs has taken; its id."""
    run_id = made(desk, colleague, **asked)
    desk.do(commands.mark_sent, run_id, "S0001")
    desk.do(keeping.matched, run_id, "Input report")
    return run_id


def run(desk, run_id):
    return desk.ask(lambda ctx: ctx.session.get_one(DebitRun, run_id))


def states(desk, ids):
    """The states of collections, in the order of their ids."""
    rows = select(Collection.state).where(Collection.id.in_(ids)).order_by(Collection.id)
    return [each.value for each in desk.ask(lambda ctx: ctx.session.scalars(rows).all())]


def on(desk, day):
    """The same desk on another day."""
    return Desk(desk.database, desk.officer, FixedClock(day))


def text(desk, run_id, tmp_path):
    """The file as it leaves, and where it is."""
    saved = desk.do(commands.save_file, run_id, str(tmp_path / "out"))
    return saved.path.read_bytes(), saved.path


def money(pounds):
    return Money.parse(pounds)


__all__ = ["council"]
