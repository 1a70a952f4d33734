"""An invoice or credit note on its way: kept, then raised at once or put to a second officer. Asks for no permission."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.adjustments import AdjustmentKind
from app.models.officers import Officer
from app.models.recharges import Recharge
from app.models.values import Money, RechargeKind, RechargeState, Subject
from app.services.arrangements import policies as arrangement_policies
from app.services.arrangements import rules as arrangement_rules
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.limits import limit_of
from app.services.core.records import record
from app.services.documents.dto import NewFile
from app.services.documents.evidence import keep_files, show
from app.services.recharges import accounts, amounts, prices, requests, rules
from app.services.recharges.dto import Amounts, NewCosts, NewCredit, NewRecharge, Raised, Terms
from app.services.recharges.posting import number_of, raise_now, raised


def find(session: Session, entry_key: str) -> Recharge | None:
    """What this key made already."""
    return session.scalar(select(Recharge).where(Recharge.entry_key == entry_key))


def found(ctx: Context, recharge_id: int) -> Recharge:
    """An invoice or credit note by its id, if the officer may work on its account.

    Raises:
        UserError: there is none, or its account is one that they may not work on.
    """
    row = record(ctx, Recharge, recharge_id, "invoice")
    access.touch(ctx, {row.for_account_id} | ({row.account_id} if row.account_id is not None else set()))
    return row


def again(row: Recharge) -> Raised:
    """What is told where the same key was used before."""
    return raised(row, f"{number_of(row)} was entered already.")


def keep_invoice(ctx: Context, new: NewRecharge | NewCosts) -> Recharge:
    """Keep an invoice with its evidence; nothing is posted yet.

    Raises:
        UserErrors: it has faults, each with its field.
        UserError: the account may not be worked on, evidence is lacking, the officer who is to be told has left, the
            instalments never clear it, or a text holds a card number.
    """
    main = accounts.main_account(ctx, new.account_id)
    access.touch(ctx, {new.account_id, main.id})
    come_to = amounts.asked(ctx, new)
    kind = RechargeKind.REPAIR if isinstance(new, NewRecharge) else RechargeKind.COURT_COSTS
    allowed = kind_of(ctx, kind)
    if allowed.needs_evidence and not (new.evidence or new.files):
        raise UserError(f"{allowed.title} needs evidence.", "Attach the job or the order that shows it.", "evidence")
    _refuse_officer(ctx, new.notify_id)
    if new.terms is not None:
        refuse_terms(ctx, new.terms, come_to.gross)
    row = _row(ctx, new.entry_key, kind, main.id, come_to)
    if isinstance(new, NewRecharge):
        item = prices.row(ctx, new.item, new.done_on)
        row.item, row.job, row.happened_on = item.key, new.job.strip(), new.done_on
        row.description = new.description.strip() or item.title
    else:
        row.job, row.happened_on = new.claim.strip(), new.order_on
        row.description = f"Court costs, claim {row.job}"[:200]
    row.reason, row.send_by, row.notify_id = new.note.strip(), new.send_by, new.notify_id
    if new.terms is not None:
        row.terms_pence, row.terms_every = new.terms.amount.pence, new.terms.every
        row.terms_from_on = new.terms.starts_on
    return _kept(ctx, row, new.evidence, new.files)


def keep_credit(ctx: Context, new: NewCredit) -> Recharge:
    """Keep a credit note; nothing is posted yet.

    Raises:
        UserError: it isn't an invoice, less is left of it, no reason is given, or its account may not be worked on.
    """
    invoice = amounts.refuse_no_invoice(found(ctx, new.recharge_id))
    come_to = rules.credit(amounts.of(invoice), amounts.credited(ctx, invoice.id), new.net)
    reason = new.reason.strip()
    if not reason:
        raise UserError("Say why it is taken back.", "The tenant and whoever approves it read it.", "reason")
    if len(reason) > 400:
        raise UserError(f"The reason has {len(reason):,} characters; 400 is the most.", field="reason")
    row = _row(ctx, new.entry_key, RechargeKind.CREDIT_NOTE, invoice.for_account_id, come_to)
    row.credits_id, row.account_id = invoice.id, invoice.account_id
    row.description = f"{number_of(invoice)}: {invoice.description}"[:200]
    row.job, row.happened_on = invoice.job, ctx.clock.today()
    row.reason, row.send_by, row.notify_id = reason, new.send_by, invoice.notify_id
    return _kept(ctx, row, new.evidence, new.files)


def submit(ctx: Context, row: Recharge) -> Raised:
    """Raise it at once if the officer may do it alone; otherwise ask a second officer.

    Raises:
        UserError: it needs a second officer and the office has one, or as `posting.raise_now`.
    """
    why = needs_second(ctx, row)
    if not why:
        return raise_now(ctx, row)
    row.request_id = requests.ask(ctx, row, why)
    ctx.session.flush()
    return raised(row, f"{rules.TITLES[row.kind]} waits for approval. {why}")


def needs_second(ctx: Context, row: Recharge) -> str:
    """Why a second officer has to approve it, as a sentence; empty where the officer who acts raises it alone."""
    sheet = requests.sheet_of(ctx, row)
    return second_needed(ctx, row.kind, sheet.value, Money(row.net_pence + row.vat_pence))


def second_needed(ctx: Context, kind: RechargeKind, key: str, gross: Money) -> str:
    """The same of what isn't kept yet; `key` is that of the kind of adjustment whose rules count."""
    allowed = ctx.session.get_one(AdjustmentKind, key)
    limit = limit_of(ctx.session, ctx.officer.id, rules.limit_of(kind))
    threshold = ctx.policy.money("adjustments.second_from", ctx.clock.today(), f"adjustment_kind:{key}")
    return rules.second_needed(
        rules.TITLES[kind],
        gross,
        threshold,
        limit.line,
        limit.batch,
        always=allowed.always_approved,
        credit_note=kind is RechargeKind.CREDIT_NOTE,
    )


def kind_of(ctx: Context, kind: RechargeKind) -> AdjustmentKind:
    """The kind of adjustment that says whether it needs evidence and who approves it.

    Raises:
        UserError: the office doesn't use it.
    """
    allowed = ctx.session.get(AdjustmentKind, rules.SHEETS[kind].value)
    if allowed is None or not allowed.active:
        raise UserError(f"{rules.TITLES[kind]} isn't in use.", "An approver can put it in use: Adjustments, Kinds.")
    return allowed


def refuse_terms(ctx: Context, terms: Terms, debt: Money) -> None:
    """Refuse instalments that begin before today, or that never clear what is invoiced.

    Raises:
        UserError: they do.
    """
    today = ctx.clock.today()
    agreed = arrangement_policies.terms(ctx, today)
    if not today <= terms.starts_on <= today + timedelta(days=agreed.ahead_days):
        raise UserError(
            f"The first instalment falls due from today on, within {agreed.ahead_days} days.",
            "Give another day.",
            "terms_from_on",
        )
    try:
        arrangement_rules.plan(debt, terms.amount, terms.every, terms.starts_on, None, agreed.longest_years)
    except UserError as error:
        raise UserError(error.message, error.hint, "terms") from error


def _refuse_officer(ctx: Context, officer_id: int | None) -> None:
    if officer_id is None:
        return
    officer = ctx.session.get(Officer, officer_id)
    if officer is None or not officer.active:
        raise UserError("The officer who is to be told has left.", "Choose another.", "notify_id")


def _row(ctx: Context, entry_key: str, kind: RechargeKind, for_account_id: int, come_to: Amounts) -> Recharge:
    return Recharge(
        entry_key=entry_key,
        kind=kind,
        state=RechargeState.WAITING,
        for_account_id=for_account_id,
        net_pence=come_to.net.pence,
        vat_pence=come_to.vat.pence,
        working="\n".join(come_to.working),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )


def _kept(ctx: Context, row: Recharge, evidence: Sequence[int], files: Sequence[NewFile]) -> Recharge:
    for name, text in (("description", row.description), ("job", row.job), ("note", row.reason)):
        refuse_card_number(ctx, text, name, name)
    ctx.session.add(row)
    ctx.session.flush()
    show(ctx, Subject.RECHARGE, row.id, evidence)
    keep_files(ctx, Subject.RECHARGE, row.id, files)
    return row
