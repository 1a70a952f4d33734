"""Cases opened, challenged, noted, written about and closed; what the bank took posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.schedules import Collection
from app.models.letters import Outgoing
from app.models.values import (
    CollectionState,
    DebitCaseKind,
    DebitCaseState,
    Money,
    Subject,
)
from app.services.core import access, versions
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.diary import keeping as diary
from app.services.direct_debits.cases import evidence, fields, keeping, posting, rules, second
from app.services.direct_debits.cases.dto import (
    AREAS,
    CaseSaved,
    ChallengeCase,
    ClaimsPosted,
    CloseCase,
    LeftClaim,
    NewCase,
    PostedClaim,
    WriteToBank,
)
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.returns.claiming import NewClaim
from app.services.ledger import numbering
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import make
from app.services.letters.rules import tidy_address

_LONGEST: Final = 400
_REFERENCE: Final = 40
_TEMPLATE: Final = "direct_debit_bank_query"


@requires(Permission.KEEP_DIRECT_DEBITS)
def open_case(ctx: Context, new: NewCase) -> CaseSaved:
    """Open a case of a mandate: a claim that came by letter or telephone, a query of a bank, or a mistake of ours.

    The same key gives the case that it opened before.

    Raises:
        UserError: nothing is said of it, nothing is in dispute, a collection isn't one of the mandate's that were posted,
            the day is to come, or the mandate isn't the officer's to work on.
    """
    mandate = mandates.found(ctx, new.mandate_id)
    words = _words(ctx, new.words, "words")
    reference = _text(ctx, new.bank_reference, "bank_reference", _REFERENCE)
    if new.told_on > ctx.clock.today():
        raise UserError("That day is still to come.", "Give the day on which we were told.", "told_on")
    of = _collections(ctx, new)
    pence = new.amount.pence if new.amount is not None else sum(each.pence for each in of)
    _refuse_amount(new, pence, of)
    case_id = keeping.begin(
        ctx,
        new.kind,
        NewClaim(
            entry_key=new.entry_key,
            mandate_id=mandate.id,
            collections=_parts(of, pence),
            told_on=new.told_on,
            debit_on=None,
            reason_code="",
            words=words,
            pence=pence,
            bank_reference=reference,
        ),
    )
    case = ctx.session.get_one(DebitCase, case_id)
    if new.note.strip():
        diary.add_note(ctx, Subject.DIRECT_DEBIT_CASE, case.id, new.note)
    return _saved(case, f"Case {case.number} is open.")


@requires(Permission.KEEP_DIRECT_DEBITS)
def challenge(ctx: Context, new: ChallengeCase) -> CaseSaved:
    """A claim is challenged with the bank, within the days that the scheme gives.

    Raises:
        UserError: it isn't said what the bank was told, the days are over, it was challenged or closed before, or somebody
            changed the case meanwhile.
    """
    case = _found(ctx, new.case_id, new.version)
    words = _words(ctx, new.words, "words")
    today = ctx.clock.today()
    if case.kind is not DebitCaseKind.INDEMNITY or case.state is not DebitCaseState.OPEN:
        raise UserError("Only an open claim is challenged, and once.", "Look at the case again.")
    if case.challenge_by is None or today > case.challenge_by:
        raise UserError(
            "The days to challenge this claim are over.",
            "Close the case; what the payer owes is asked of the payer.",
            "words",
        )
    case.state, case.challenged_on, case.challenge_words = DebitCaseState.CHALLENGED, today, words
    diary.finish_for(ctx, Subject.MANDATE, case.mandate_id, keeping.TASK, "The claim is challenged")
    ctx.session.flush()
    return _saved(case, f"Case {case.number}: the claim is challenged.")


@requires(Permission.KEEP_DIRECT_DEBITS)
def close(ctx: Context, new: CloseCase) -> CaseSaved:
    """Close a case; a claim that the bank took back is put back on the accounts, if it had been taken off.

    To say so of a claim that is on the accounts, or that a bank's report tells of, takes the permission to apply what banks
    report, and somebody else than whoever opened its case.

    Raises:
        UserError: it isn't said how, a case of its kind doesn't end so, it is closed, somebody changed it meanwhile, what
            was taken can't be put back, or not by this officer.
    """
    numbering.move(ctx, "journal", 0)
    case = _found(ctx, new.case_id, new.version)
    words = _words(ctx, new.words, "words")
    if case.state is DebitCaseState.CLOSED:
        raise UserError(f"Case {case.number} is closed already.", "Look at it again.")
    if new.outcome not in rules.ENDS[case.kind]:
        raise UserError("A case of this kind doesn't end so.", "Choose another end.", "outcome")
    posts = posting.puts_back(case, new.outcome)
    second.refuse_alone(ctx, case, new.outcome)
    told = keeping.end(ctx, case, new.outcome, words)
    return _saved(case, told, keeping.accounts_of(ctx, case) if posts else frozenset())


@requires(Permission.APPLY_BANK_REPORTS)
def post_claims(ctx: Context, on: date) -> ClaimsPosted:
    """Take off the accounts what the bank has taken by a day for claims; each once. What can't be is left, with the reason.

    Raises:
        UserError: the day is to come.
    """
    if on > ctx.clock.today():
        raise UserError("The bank hasn't taken anything for days to come.", "Post them on their day.", "on")
    numbering.move(ctx, "journal", 0)
    posted: list[PostedClaim] = []
    left: list[LeftClaim] = []
    touched: set[int] = set()
    for case in posting.due(ctx, on):
        number, pence = case.number, case.pence
        try:
            with ctx.session.begin_nested():
                posted.append(PostedClaim(number, posting.take(ctx, case), pence))
        except UserError as error:
            left.append(LeftClaim(number, error.message))
        else:
            touched |= keeping.accounts_of(ctx, case)
    told = _told_posted(posted, left)
    return ClaimsPosted(tuple(posted), tuple(left), told, Changes(AREAS | {"rent", "ledger"}, frozenset(touched)))


@requires(Permission.KEEP_DIRECT_DEBITS)
def note(ctx: Context, case_id: int, text: str) -> CaseSaved:
    """Note something of a case, such as a call with the bank.

    Raises:
        UserError: nothing is written, or it holds a card number.
    """
    case = _found(ctx, case_id)
    diary.add_note(ctx, Subject.DIRECT_DEBIT_CASE, case.id, text)
    return _saved(case, "The note is kept.")


@requires(Permission.SEND_LETTERS)
def write_to_bank(ctx: Context, new: WriteToBank) -> CaseSaved:
    """Write to the payer's bank or building society about a case.

    Raises:
        UserError: the bank, its address or what is asked is missing, or the letter can't be made.
    """
    case = _found(ctx, new.case_id)
    text = _words(ctx, new.text, "text", 2_000)
    bank = _text(ctx, new.bank, "bank", 100)
    address = tidy_address(new.address.splitlines())
    if not bank or len(address) < 2:
        raise UserError("The bank and its address are missing.", "Write them as they go on the envelope.", "address")
    mandate = mandates.found(ctx, case.mandate_id)
    about = Outgoing.subject == Subject.DIRECT_DEBIT_CASE.value
    before = ctx.session.scalar(select(func.count()).where(about, Outgoing.subject_id == case.id)) or 0
    letter = NewLetter(
        _TEMPLATE,
        mandate.account_id,
        answers={"question_for_the_bank": text},
        idempotency_key=f"debit-case:{case.id}:bank:{before + 1}",
        subject=Subject.DIRECT_DEBIT_CASE,
        subject_id=case.id,
        fields=fields.of_case(ctx, case, mandate),
        addressee=bank,
        address=address,
    )
    made = make(ctx, letter)
    return _saved(case, f"The letter to {made.addressee} is in the queue.")


@requires(Permission.KEEP_DIRECT_DEBITS)
def keep_evidence(ctx: Context, case_id: int) -> CaseSaved:
    """Make the evidence of a case as a PDF, signed where the office signs, and keep it with the case.

    Raises:
        UserError: there is no such case, or it isn't the officer's to work on.
    """
    case = _found(ctx, case_id)
    warning = evidence.keep(ctx, case)
    return _saved(case, f"The evidence is kept with case {case.number}. {warning}".strip())


def _told_posted(posted: Sequence[PostedClaim], left: Sequence[LeftClaim]) -> str:
    noun = "claim" if len(posted) == 1 else "claims"
    total = Money(sum(each.pence for each in posted))
    told = f"{len(posted):,} {noun} of {total} posted." if posted else "No claim is posted."
    return " ".join((told, *(f"Case {each.number} is left: {each.why}" for each in left)))


def _collections(ctx: Context, new: NewCase) -> list[Collection]:
    wanted = sorted(set(new.collections))
    rows = select(Collection).where(
        Collection.id.in_(wanted),
        Collection.mandate_id == new.mandate_id,
        Collection.state == CollectionState.POSTED,
    )
    found = list(ctx.session.scalars(rows.order_by(Collection.due_on, Collection.id))) if wanted else []
    if len(found) != len(wanted):
        raise UserError("A chosen collection isn't on the accounts, or came back.", "Choose again.", "collections")
    return found


def _refuse_amount(new: NewCase, pence: int, of: list[Collection]) -> None:
    if new.kind is DebitCaseKind.INDEMNITY and pence <= 0:
        raise UserError("What is claimed is missing.", "Choose the collections, or write the amount.", "amount")
    if pence < 0 or (of and pence > sum(each.pence for each in of)):
        raise UserError("That is more than the chosen collections come to.", "Lower the amount.", "amount")


def _parts(of: list[Collection], pence: int) -> tuple[tuple[int, int], ...]:
    if not of:
        return ()
    parts = Money(pence).split([each.pence for each in of])
    return tuple((each.id, part.pence) for each, part in zip(of, parts, strict=True))


def _found(ctx: Context, case_id: int, version: int | None = None) -> DebitCase:
    case = record(ctx, DebitCase, case_id, "case")
    if version is not None:
        versions.refuse_old(case.version, version)
    access.touch_subject(ctx, Subject.DIRECT_DEBIT_CASE, case.id)
    return case


def _words(ctx: Context, typed: str, field: str, longest: int = _LONGEST) -> str:
    text = _text(ctx, typed, field, longest)
    if not text:
        raise UserError("Nothing is said yet.", "Write it in a sentence: it stays with the case.", field)
    return text


def _text(ctx: Context, typed: str, field: str, longest: int) -> str:
    text = " ".join(typed.split()) if longest <= _LONGEST else typed.strip()
    if len(text) > longest:
        raise UserError(f"That has over {longest:,} characters.", "Shorten it.", field)
    refuse_card_number(ctx, text, "text", field)
    return text


def _saved(case: DebitCase, told: str, touched: frozenset[int] = frozenset()) -> CaseSaved:
    areas = AREAS | ({"rent", "ledger"} if touched else set())
    return CaseSaved(case.id, told, Changes(areas, touched))
