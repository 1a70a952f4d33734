"""Rows about Direct Debit runs: 30,000 collections selected, checked, written and recorded, then posted."""

from __future__ import annotations

import statistics
from contextlib import closing
from datetime import date
from pathlib import Path

import dataset
from measuring import ROUNDS, Figure, Row, say, seconds
from sqlalchemy import insert, select

from app import registered
from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount, MandateBank
from app.models.direct_debits.schedules import Collection, CollectionShare, DebitNotice
from app.models.policy import PolicyValue
from app.models.values import (
    CollectionKind,
    CollectionState,
    DebitRunKind,
    MandateState,
    MandateWay,
    NoticeKind,
    ToldBy,
    Verdict,
)
from app.services.approvals import commands as approvals
from app.services.bacs import keeping as bacs
from app.services.bacs.dto import Destination
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.context import Context
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from app.services.direct_debits.runs import commands, files, keeping, queries
from app.services.direct_debits.runs.dto import AskRun, RunQuestion

_MANY = 30_000
_PROCESSING, _ENTRY, _TOLD = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 2)
_COUNCIL = {
    "own_sort_code": "404040",
    "own_account_number": "70872490",
    "own_account_name": "ANYTOWN COUNCIL RENT",
    "sun": "123456",
    "user_name": "ANYTOWN COUNCIL",
}


def runs(folder: Path) -> Figure:
    """Each round asks for a run of 30,000 collections, approves it into its file, and cancels it; the last is posted.

    The reference is a bare write of the same bytes.
    """
    registered.register()
    path = dataset.copy_of(dataset.landlord(), folder / "runs.db")
    with dataset.desk_at(path) as desk:
        desk.do(_officers)
    with closing(Database(databases.database_url(path))) as database:
        desk, second = (Desk.sit_down(database, who, dataset.CLOCK) for who in (dataset.OFFICER, "second"))
        desk.do(_prepare)
        ours: list[float] = []
        bare: list[float] = []
        for number in range(1, ROUNDS + 1):
            made = _round(desk, second, number)
            ours.append(sum(made.values()))
            content = desk.ask(lambda ctx, number=number: files.content(ctx, keeping.found(ctx, number))[0])
            bare.append(seconds(lambda content=content: (folder / "bare.txt").write_bytes(content)))
            parts = ", ".join(f"{part} {taken:.2f} s" for part, taken in made.items())
            say(f"    round {number}: {parts}, beside {bare[-1]:.4f}")
            if number < ROUNDS:
                second.do(commands.cancel, number, "Another round")
        desk.do(commands.mark_sent, ROUNDS, "BENCH")
        desk.do(keeping.matched, ROUNDS, "Input report")
        later = Desk(database, desk.officer, FixedClock(_ENTRY))
        say(f"    posted in {seconds(lambda: later.do(commands.post, _ENTRY)):.2f} s")
    return Figure(statistics.median(ours), statistics.median(bare))


def _round(desk: Desk, second: Desk, number: int) -> dict[str, float]:
    """The seconds of the preview (selecting and checking), of asking (the same, recorded), and of the file."""
    shown: list[int] = []
    asked: list[int] = []

    def look() -> None:
        found = desk.ask(queries.preview, RunQuestion(DebitRunKind.COLLECTION, _PROCESSING))
        shown.extend((found.count, found.total.pence))

    def ask() -> None:
        found = desk.ask(queries.preview, RunQuestion(DebitRunKind.COLLECTION, _PROCESSING))
        new = AskRun(DebitRunKind.COLLECTION, _PROCESSING, found.count, found.total, f"round {number}")
        asked.append(desk.do(commands.ask, new).request_id)

    previewed = seconds(look)
    if shown[0] != _MANY:
        raise AssertionError(f"{shown[0]} go, not {_MANY}")
    taken = seconds(ask) - previewed
    return {"selected": previewed, "asked": taken, "approved": seconds(lambda: second.do(approvals.approve, asked))}


def _officers(ctx: Context) -> None:
    """A second officer, who approves, and an administrator, who isn't the first any more."""
    add(ctx, NewOfficer("manager", "Manager", frozenset({Role.ADMINISTRATOR})))
    add(ctx, NewOfficer("second", "Second", frozenset({Role.TEAM_LEADER})))
    for key, value in _COUNCIL.items():
        ctx.session.add(PolicyValue(key=f"bacs.{key}", effective_from=date(2026, 1, 1), value=value))


def _prepare(ctx: Context) -> None:
    """A live mandate of each of the first 30,000 accounts, and a collection of it that its payer was told of."""
    accounts = ctx.session.scalars(
        select(Account.id).where(Account.tenancy_id.is_not(None)).order_by(Account.id).limit(_MANY)
    ).all()
    by = {"made_by": ctx.officer.id, "made_at": ctx.clock.now()}
    every = list(enumerate(accounts, start=1))
    ctx.session.execute(insert(Mandate), [_mandate(number, account) | by for number, account in every])
    ctx.session.execute(insert(MandateAccount), [{"mandate_id": n, "account_id": each} for n, each in every])
    ctx.session.execute(insert(MandateBank), [_bank(ctx, number) | by for number, _account in every])
    told = {"kind": NoticeKind.FIRST, "given_on": _TOLD, "first_due_on": _ENTRY, "days": 10}
    ctx.session.execute(insert(DebitNotice), [{"id": n, "mandate_id": n} | told | by for n, _account in every])
    ctx.session.execute(insert(Collection), [_collection(number) for number, _account in every])
    shares = [{"collection_id": n, "account_id": each, "pence": 9_000 + n} for n, each in every]
    ctx.session.execute(insert(CollectionShare), shares)


def _mandate(number: int, account_id: int) -> dict[str, object]:
    return {
        "id": number,
        "entry_key": f"bench:{number}",
        "account_id": account_id,
        "payer_name": "A TENANT",
        "reference": f"BENCH{number:08}",
        "way": MandateWay.LOADED,
        "state": MandateState.LIVE,
        "state_on": _TOLD,
        "given_on": _TOLD,
        "received_on": _TOLD,
        "first_collected_on": _TOLD,
    }


def _bank(ctx: Context, number: int) -> dict[str, object]:
    account = Destination("089999", f"{number:08}")
    return {
        "id": number,
        "mandate_id": number,
        "sealed": bacs.seal_account(ctx, f"mandate_bank:{number}", account),
        "fingerprint": f"{number}",
        "sort_hash": "",
        "last_two": f"{number % 100:02}",
        "holder": "A Tenant",
        "verdict": Verdict.UNCHECKED,
        "told_by": ToldBy.SYSTEM,
        "from_on": _TOLD,
    }


def _collection(number: int) -> dict[str, object]:
    return {
        "id": number,
        "mandate_id": number,
        "kind": CollectionKind.SCHEDULED,
        "state": CollectionState.PLANNED,
        "planned_on": _ENTRY,
        "due_on": _ENTRY,
        "pence": 9_000 + number,
        "noticed_on": _TOLD,
        "noticed_due_on": _ENTRY,
        "noticed_pence": 9_000 + number,
        "notice_id": number,
    }


ROWS = (Row("runs", "30,000 collections selected, checked, written and recorded", "s", None, runs),)
