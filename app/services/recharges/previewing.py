"""What an invoice or credit note would do, told before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.recharges import Recharge
from app.models.values import AccountKind, InvoiceBy, Money, RechargeKind, Stop
from app.services.arrangements import policies as arrangement_policies
from app.services.arrangements import rules as arrangement_rules
from app.services.arrangements.queries import standing
from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.officers import people_count
from app.services.diary.keeping import written
from app.services.holds.queries import stopped
from app.services.ledger import periods
from app.services.recharges import accounts, amounts, invoices, keeping, policies, requests, rules
from app.services.recharges.dto import Amounts, NewCosts, NewCredit, NewRecharge, Terms
from app.services.rent.header import account_header
from app.services.rent.rules import KIND_WORDS

_ALONE: Final = "This takes two officers, and this Rentbook has one: add a second officer first (Admin, Officers)."


def preview_invoice(ctx: Context, new: NewRecharge | NewCosts) -> tuple[Effect, ...]:
    """What an invoice does: its working, the sub-account before and after, who approves, what goes out with it.

    Raises:
        UserErrors: it has faults, each with its field.
        UserError: the account is none that is recharged, or restricted and not the officer's to open.
    """
    access.open_account(ctx, new.account_id)
    main = accounts.main_account(ctx, new.account_id)
    come_to = amounts.asked(ctx, new)
    kind = RechargeKind.REPAIR if isinstance(new, NewRecharge) else RechargeKind.COURT_COSTS
    sub = accounts.standing_sub(ctx, main, kind)
    before = Money(sub.balance_pence) if sub is not None else Money(0)
    name = f"Sub-account {sub.payment_reference}" if sub is not None else "A new sub-account is opened"
    return (
        *(Effect("Working", step) for step in come_to.working),
        Effect("Accounts", name, before.dr_cr(), (before + come_to.gross).dr_cr()),
        *_linked(ctx, main, sub),
        *_alike(ctx, main.id, kind, new, come_to),
        *_to_look_at(ctx, main, sub, kind, new),
        *_goes_out(ctx, main, new),
        *_terms(ctx, new.terms, come_to, sub),
        _approval(ctx, kind, rules.SHEETS[kind].value, come_to.gross),
    )


def preview_credit(ctx: Context, new: NewCredit) -> tuple[Effect, ...]:
    """What a credit note does.

    Raises:
        UserError: it isn't an invoice, or less is left of it.
    """
    invoice = amounts.refuse_no_invoice(ctx.session.get(Recharge, new.recharge_id))
    access.open_account(ctx, invoice.for_account_id)
    come_to = rules.credit(amounts.of(invoice), amounts.credited(ctx, invoice.id), new.net)
    assert invoice.account_id is not None
    sub = ctx.session.get_one(Account, invoice.account_id)
    before, after = Money(sub.balance_pence), Money(sub.balance_pence) - come_to.gross
    said = [
        *(Effect("Working", step) for step in come_to.working),
        Effect("Accounts", f"Sub-account {sub.payment_reference}", before.dr_cr(), after.dr_cr()),
    ]
    if after.pence < 0:
        words = "It was paid, so the account comes into credit: refund it, or transfer it to another debt"
        said.append(Effect("To look at", words, warns=True))
    by = invoices.why_not(ctx, invoice.for_account_id, new.send_by)
    said.append(_letter(new.send_by, by))
    if invoice.notify_id is not None:
        said.append(_told(ctx, invoice.notify_id))
    sheet = requests.sheet_of(ctx, invoice)
    said.append(_approval(ctx, RechargeKind.CREDIT_NOTE, sheet.value, come_to.gross))
    return tuple(said)


def _linked(ctx: Context, main: Account, sub: Account | None) -> Iterator[Effect]:
    """The accounts of the same tenancy and people, which stay as they are."""
    yield Effect("Accounts", f"Account {main.payment_reference} stays at {Money(main.balance_pence).dr_cr()}")
    for each in account_header(ctx, main.id).linked:
        if sub is None or each.account_id != sub.id:
            yield Effect("Accounts", f"{KIND_WORDS[each.kind]} {each.reference} stays at {each.balance.dr_cr()}")


def _alike(
    ctx: Context, main_id: int, kind: RechargeKind, new: NewRecharge | NewCosts, come_to: Amounts
) -> Iterator[Effect]:
    """Earlier invoices over the same amount within some days, or of the same job or claim."""
    since = ctx.clock.today() - timedelta(days=policies.alike_days(ctx, ctx.clock.today()))
    job = (new.job if isinstance(new, NewRecharge) else new.claim).strip()
    rows = ctx.session.scalars(
        select(Recharge)
        .where(Recharge.for_account_id == main_id, Recharge.kind == kind, Recharge.state.in_(amounts.COUNTED))
        .order_by(Recharge.id.desc())
    )
    for row in rows:
        same_job = bool(job) and row.job.casefold() == job.casefold()
        recent = (row.raised_on or ctx.clock.today()) >= since
        if same_job or (recent and row.net_pence == come_to.net.pence):
            number = f"Invoice {row.invoice_number}" if row.invoice_number else "One that waits for approval"
            why = f"for {row.job}" if same_job else "for the same amount"
            yield Effect(
                "Entered before?", f"{number} {why}: {row.description}", str(amounts.of(row).gross), warns=True
            )


def _to_look_at(
    ctx: Context, main: Account, sub: Account | None, kind: RechargeKind, new: NewRecharge | NewCosts
) -> Iterator[Effect]:
    today = ctx.clock.today()
    posts_on = periods.first_open_day(ctx.session, today)
    if isinstance(new, NewCosts) and periods.closed_among(ctx.session, [new.order_on]):
        name = periods.name_of(ctx.session, posts_on)
        yield Effect("To look at", f"The period of the order is closed: it is reported in {name}", warns=True)
    if posts_on != today:
        yield Effect("To look at", f"Today's period is closed: it is reported on {written(posts_on)}", warns=True)
    if main.kind is AccountKind.FORMER_TENANT or main.closed_on is not None:
        yield Effect("To look at", "The tenancy has ended: a former tenant is invoiced", warns=True)
    held = stopped(ctx, main.id, Stop.RECOVERY) or (stopped(ctx, sub.id, Stop.RECOVERY) if sub else None)
    if held is not None:
        until = f", until {written(held.until)}" if held.until else ""
        words = f"Recovery is on hold{until}: {held.reason or held.kind.value.replace('_', ' ')}"
        if kind is RechargeKind.COURT_COSTS:
            words += ". Costs of enforcement are not added to a debt in breathing space"
        yield Effect("To look at", words, warns=True)


def _goes_out(ctx: Context, main: Account, new: NewRecharge | NewCosts) -> Iterator[Effect]:
    due = ctx.clock.today() + timedelta(days=policies.due_days(ctx, ctx.clock.today()))
    yield Effect("Invoice", f"Its number is taken and the PDF filed when it is raised; to be paid by {written(due)}")
    yield _letter(new.send_by, invoices.why_not(ctx, main.id, new.send_by))
    if new.notify_id is not None:
        yield _told(ctx, new.notify_id)


def _letter(by: InvoiceBy, why_not: str) -> Effect:
    if by is InvoiceBy.NOTHING:
        return Effect("Invoice", "Nothing is sent to the tenant")
    if why_not:
        return Effect("Invoice", f"It can't be sent: {why_not}", warns=True)
    return Effect("Invoice", "It goes to the tenant by letter" if by is InvoiceBy.LETTER else "By e-mail to the tenant")


def _told(ctx: Context, officer_id: int) -> Effect:
    officer = ctx.session.get_one(Officer, officer_id)
    by_email = bool(officer.email) and policies.tells_by_email(ctx, ctx.clock.today())
    return Effect("Told", f"{officer.name} gets a task" + (" and an e-mail" if by_email else ""))


def _terms(ctx: Context, terms: Terms | None, come_to: Amounts, sub: Account | None) -> Iterator[Effect]:
    if terms is None:
        return
    debt = come_to.gross + (Money(sub.balance_pence) if sub is not None else Money(0))
    keeping.refuse_terms(ctx, terms, debt)
    longest = arrangement_policies.terms(ctx, ctx.clock.today()).longest_years
    plan = arrangement_rules.plan(debt, terms.amount, terms.every, terms.starts_on, None, longest)
    yield Effect("Instalments", "An arrangement over the sub-account", after=arrangement_rules.words_of(plan))
    before = standing(ctx, [sub.id]).get(sub.id) if sub is not None else None
    if before is not None and sub is not None and before.account_id == sub.id:
        yield Effect("Instalments", "The arrangement in force on it is cancelled", warns=True)


def _approval(ctx: Context, kind: RechargeKind, key: str, gross: Money) -> Effect:
    why = keeping.second_needed(ctx, kind, key, gross)
    if not why:
        return Effect("Approval", "It is raised at once, by you.")
    return Effect("Approval", f"{why} {_ALONE}" if people_count(ctx.session) < 2 else why, warns=True)
