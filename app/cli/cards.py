"""`rentbook cards`: ask the card provider about what is open, and hold a day against it; both for a scheduler."""

from __future__ import annotations

from datetime import date, timedelta

import click

from app.cli.frame import DATE, REFUSED, Group, answer, long_work, open_desk, spell, table
from app.services.jobs.by_hand import holding
from app.services.reception_payments.cards import jobs
from app.services.reception_payments.cards.days import jobs as days


@click.group(cls=Group)
def cards() -> None:
    """Ask the card provider what became of payments and refunds, and hold each day against it."""


@cards.command()
@click.option("--all", "everything", is_flag=True, help="Also those whose turn hasn't come.")
def poll(everything: bool) -> int:
    """Ask about every card payment that is open and every refund on its way, and send refunds that were approved.

    What went through is posted, once. Exit code 1 if the provider couldn't be asked about all.
    """
    with (
        open_desk() as desk,
        long_work("Card payments") as (progress, cancel),
        holding(desk, ["cards"], cancel) as token,
    ):
        found = jobs.poll(desk, progress, token, everything=everything)
    answer(
        {
            "asked": found.looked,
            "paid": found.paid,
            "ended": found.ended,
            "open": found.left,
            "refunds_sent": found.sent,
            "refunds_done": found.back,
            "refunds_failed": found.failed,
            "stopped": found.stopped,
        },
        [
            f"{found.looked:,} asked about: {found.paid:,} paid, {found.ended:,} came to nothing, {found.left:,} open.",
            f"Refunds: {found.sent:,} sent, {found.back:,} given back, {found.failed:,} failed.",
            *([found.stopped] if found.stopped else []),
        ],
    )
    return REFUSED if found.stopped else 0


@cards.command()
@click.argument("day", type=DATE, required=False)
def reconcile(day: date | None) -> int:
    """Hold the provider's payments and refunds of DAY (else yesterday) against ours. Exit code 1 if anything is unexplained."""
    with open_desk() as desk, long_work("Card payments") as (progress, cancel):
        wanted = day or desk.clock.today() - timedelta(days=1)
        found = days.reconcile(desk, wanted, progress, cancel)
    row = found.row
    answer(
        {
            "day": row.day,
            "agrees": row.agrees,
            "theirs": {"count": row.their_count, "pence": row.theirs, "fees_pence": row.fees},
            "ours": {"count": row.our_count, "pence": row.ours},
            "their_refunds": {"count": row.their_refund_count, "pence": row.their_refunds},
            "our_refunds": {"count": row.our_refund_count, "pence": row.our_refunds},
            "differences": [
                {
                    "kind": each.gap,
                    "refund": each.refund,
                    "reference": each.reference,
                    "provider_id": each.provider_id,
                    "ours_pence": each.ours,
                    "theirs_pence": each.theirs,
                    "words": each.words,
                    "explained": each.explained,
                }
                for each in found.differences
            ],
        },
        [
            f"{spell(row.day)}: {row.our_count:,} payments, {row.ours}, here; {row.their_count:,}, {row.theirs}, at the provider.",
            *table(
                ("Reference", "What", "Explained"),
                ((each.reference or each.provider_id, each.words, each.explained) for each in found.differences),
            ),
            found.told,
        ],
    )
    return 0 if row.agrees else REFUSED
