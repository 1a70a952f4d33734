"""What changes of rents and tenancies, and refunds, mean to benefits: the benefit office or DWP is told. Asks for no permission."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.benefits import BenefitClaim
from app.models.diary import Task
from app.models.tenancies import Tenancy
from app.models.values import BenefitKind, Subject
from app.services.benefits import policies, rules
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, TaskState
from app.services.rent.rules import main_kind_order

RENT_TASK: Final = "benefit_rent_change"
TENANCY_TASK: Final = "benefit_tenancy_change"
REFUND_TASK: Final = "benefit_refund"
PORTAL_TASK: Final = "benefit_portal"
_ONE_BY_ONE: Final = 20
"""As many accounts have a task each; more are told in one list, which one task asks for."""
_TOLD: Final = {
    BenefitKind.HOUSING_BENEFIT: "the benefit office",
    BenefitKind.UNIVERSAL_CREDIT: "DWP",
    BenefitKind.DISCRETIONARY: "the team that pays discretionary payments",
}
_STEP: Final = {
    BenefitKind.HOUSING_BENEFIT: "Send the notice of the change with the new rent and eligible charges.",
    BenefitKind.UNIVERSAL_CREDIT: (
        "Confirm the new rent on the landlord portal, and remind the tenant to report it in their journal."
    ),
    BenefitKind.DISCRETIONARY: "Ask whether the payment goes on.",
}
_STEP_OF_REFUND: Final = {
    BenefitKind.HOUSING_BENEFIT: "Say what was paid and when: if benefit made the credit, it may have to come back.",
    BenefitKind.UNIVERSAL_CREDIT: "Say what was paid and when, if managed payments made the credit.",
    BenefitKind.DISCRETIONARY: "Ask whether their payment made the credit.",
}


@dataclass(frozen=True, slots=True)
class _Claimed:
    """An account whose tenancy has live claims to these benefits."""

    account_id: int
    reference: str
    kinds: tuple[BenefitKind, ...]


def rent_changed(ctx: Context, account_ids: Collection[int], effective_on: date) -> int:
    """The charges of accounts change from a day on: whoever pays benefit for them is told; returns how many tasks that makes.

    A few accounts have a task each, one for every benefit; many, as at a rent increase, one for all of a benefit.
    """
    words = f"The rent changes on {diary.written(effective_on)}"
    return _tell(ctx, _tenancies(ctx, account_ids), RENT_TASK, words, "the new rent")


def tenancy_changed(ctx: Context, tenancy_id: int, words: str, effective_on: date) -> int:
    """A tenancy changed on a day, as `words` say: whoever pays benefit for it is told; returns how many tasks that makes."""
    said = f"{words.rstrip('.')}, from {diary.written(effective_on)}"
    return _tell(ctx, {tenancy_id}, TENANCY_TASK, said, "the change of tenancy")


def refunded(ctx: Context, account_id: int, words: str) -> int:
    """A credit was paid back, or that came back, as `words` say: whoever pays benefit for it is told; returns how many tasks."""
    return _tell(ctx, _tenancies(ctx, [account_id]), REFUND_TASK, words.rstrip("."), "the refund", _STEP_OF_REFUND)


def wants_confirming(claim: BenefitClaim) -> bool:
    """Whether somebody has to confirm the rent of a claim on the landlord portal."""
    return claim.kind is BenefitKind.UNIVERSAL_CREDIT and claim.state in rules.LIVE and claim.portal_on is None


def ask_to_confirm(ctx: Context, account_id: int, claim: BenefitClaim) -> None:
    """A task to confirm the rent of a claim to Universal Credit on the landlord portal, once."""
    title = "Confirm the rent on the landlord portal"
    if (account_id, title) in _open_tasks(ctx, [account_id], PORTAL_TASK):
        return
    due = diary.due_in(ctx, policies.notify_days(ctx, ctx.clock.today()))
    details = f"Universal Credit was claimed on {diary.written(claim.claimed_on)}."
    diary.add_task(ctx, NewTask(title, due, details, Subject.ACCOUNT, account_id, PORTAL_TASK))


def live_kinds(ctx: Context, tenancy_ids: Collection[int]) -> dict[int, tuple[BenefitKind, ...]]:
    """The benefits that are claimed for tenancies now, each once."""
    found: defaultdict[int, dict[BenefitKind, None]] = defaultdict(dict)
    for chunk in in_chunks(sorted(tenancy_ids)):
        statement = (
            select(BenefitClaim.tenancy_id, BenefitClaim.kind)
            .where(BenefitClaim.tenancy_id.in_(chunk), BenefitClaim.state.in_(sorted(rules.LIVE)))
            .order_by(BenefitClaim.id)
        )
        for tenancy_id, kind in ctx.session.execute(statement):
            found[tenancy_id][kind] = None
    return {tenancy_id: tuple(kinds) for tenancy_id, kinds in found.items()}


def _tenancies(ctx: Context, account_ids: Collection[int]) -> set[int]:
    tenancies: set[int] = set()
    for chunk in in_chunks(sorted(account_ids)):
        statement = select(Account.tenancy_id).where(Account.id.in_(chunk), Account.tenancy_id.is_not(None))
        tenancies.update(each for each in ctx.session.scalars(statement) if each is not None)
    return tenancies


def _tell(
    ctx: Context,
    tenancy_ids: Collection[int],
    task: str,
    words: str,
    what: str,
    steps: Mapping[BenefitKind, str] = _STEP,
) -> int:
    claimed = _claimed(ctx, tenancy_ids)
    due = diary.due_in(ctx, policies.notify_days(ctx, ctx.clock.today()))
    if len(claimed) > _ONE_BY_ONE:
        return _tell_in_lists(ctx, claimed, task, words, due)
    open_tasks = _open_tasks(ctx, [each.account_id for each in claimed], task)
    made = 0
    for each in claimed:
        for kind in each.kinds:
            title = f"Tell {_TOLD[kind]} of {what} of {each.reference}"
            if any(said.startswith(words) for said in open_tasks.get((each.account_id, title), ())):
                continue
            details = f"{words}. {steps[kind]}"
            diary.add_task(ctx, NewTask(title, due, details, Subject.ACCOUNT, each.account_id, task), words)
            made += 1
    return made


def _tell_in_lists(ctx: Context, claimed: Sequence[_Claimed], task: str, words: str, due: date) -> int:
    counts: defaultdict[BenefitKind, int] = defaultdict(int)
    for each in claimed:
        for kind in each.kinds:
            counts[kind] += 1
    for kind, count in counts.items():
        title = f"Tell {_TOLD[kind]} of changes for {count:,} accounts"
        diary.add_task(ctx, NewTask(title, due, f"{words}. {_STEP[kind]}", kind=task), words)
    return len(counts)


def _claimed(ctx: Context, tenancy_ids: Collection[int]) -> list[_Claimed]:
    """The main accounts of those tenancies for which benefit is claimed."""
    kinds = live_kinds(ctx, tenancy_ids)
    accounts: defaultdict[int, list[Account]] = defaultdict(list)
    for chunk in in_chunks(sorted(kinds)):
        for account in ctx.session.scalars(select(Account).where(Account.tenancy_id.in_(chunk))):
            assert account.tenancy_id is not None
            accounts[account.tenancy_id].append(account)
    names = _references(ctx, sorted(kinds))
    main = {
        tenancy_id: min(each, key=lambda account: (main_kind_order(account.kind), account.id))
        for tenancy_id, each in accounts.items()
    }
    return [
        _Claimed(account.id, account.payment_reference or names[tenancy_id], kinds[tenancy_id])
        for tenancy_id, account in sorted(main.items())
    ]


def _references(ctx: Context, tenancy_ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in in_chunks(tenancy_ids):
        statement = select(Tenancy.id, Tenancy.ref).where(Tenancy.id.in_(chunk))
        found.update((row.id, row.ref) for row in ctx.session.execute(statement))
    return found


def _open_tasks(ctx: Context, account_ids: Sequence[int], kind: str) -> dict[tuple[int, str], list[str]]:
    """What the open tasks of a kind say, by account and title: nobody is told the same twice."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for chunk in in_chunks(account_ids):
        statement = select(Task.subject_id, Task.title, Task.details).where(
            Task.subject == Subject.ACCOUNT,
            Task.subject_id.in_(chunk),
            Task.kind == kind,
            Task.state == TaskState.OPEN.value,
        )
        for account_id, title, details in ctx.session.execute(statement):
            found[account_id or 0, title].append(details)
    return found
