"""A till from its float to its cash-up: each step by whoever holds it, and signed by a second officer."""

from __future__ import annotations

from sqlalchemy import select

from app.models.officers import Officer
from app.models.reception_payments.tills import Till, TillCount, TillSession
from app.models.values import Money, Subject, TillCountKind, TillState
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import holders
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.diary import keeping as diary
from app.services.ledger import numbering
from app.services.reception_payments.tills import counting, daily, posting, sessions
from app.services.reception_payments.tills.dto import AREAS, CashUp, Count, Counted, Explain

SESSIONS = "till_session"


@requires(Permission.TAKE_PAYMENTS)
def open_till(ctx: Context, till_id: int, count: Count) -> Counted:
    """Open a till with its float, counted; the officer holds it from now.

    A float that isn't the usual one is over or under from the beginning: it is explained, shows at the cash-up, and is posted
    once that is signed.

    Raises:
        UserError: it is open already, it isn't used any more, the officer holds another one, or the float isn't the usual and
            nothing says why.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: a till is opened once.
    till = record(ctx, Till, till_id, "till")
    if not till.active:
        raise UserError(f"{till.name} isn't used any more.", "Choose another till.", "till_id")
    open_ = select(TillSession).where(TillSession.state == TillState.OPEN)
    for each in ctx.session.scalars(open_).all():
        if each.till_id == till.id:
            holder = ctx.session.get_one(Officer, each.holder_id).name
            raise UserError(f"{till.name} is open already: {holder} holds it.", "Take it over from them.", "till_id")
        if each.holder_id == ctx.officer.id:
            raise UserError("You hold another till already.", "Cash that one up, or hand it over, first.", "till_id")
    pence = counting.checked(ctx, count)
    if pence != till.float_pence and not count.why.strip():
        usual = Money(till.float_pence)
        raise UserError(f"The float is {Money(pence)}; it is usually {usual}.", "Count again, or say why.", "why")
    session = TillSession(
        number=numbering.take(ctx, SESSIONS),
        till_id=till.id,
        state=TillState.OPEN,
        business_on=ctx.clock.today(),
        opened_by=ctx.officer.id,
        opened_at=ctx.clock.now(),
        holder_id=ctx.officer.id,
        float_pence=till.float_pence,
    )
    ctx.session.add(session)
    ctx.session.flush()
    return counting.keep(ctx, session, TillCountKind.FLOAT, count, till.float_pence)


@requires(Permission.SIGN_BANKING)
def spot_check(ctx: Context, session_id: int, count: Count) -> Counted:
    """Count a till that somebody else holds, without notice.

    Raises:
        UserError: the officer holds it, or it isn't open.
    """
    session = _open(ctx, session_id)
    if session.holder_id == ctx.officer.id:
        raise UserError("You hold this till.", "A spot check is somebody else's.")
    return counting.keep(ctx, session, TillCountKind.SPOT, count, sessions.expected(ctx, session))


@requires(Permission.TAKE_PAYMENTS)
def hand_over(ctx: Context, session_id: int, to_officer_id: int, count: Count) -> Counted:
    """Count a till for somebody who takes it over; they hold it once they agree to the count (`take_over`).

    Whoever counts holds it until then, so that they are told whether the count is right, and not what should be there.

    Raises:
        UserError: the officer doesn't hold it, it isn't open, or the other takes no payments.
    """
    session = _held(ctx, session_id)
    to = record(ctx, Officer, to_officer_id, "officer")
    if to.id == ctx.officer.id or to.id not in {each.id for each in holders(ctx.session, Permission.TAKE_PAYMENTS)}:
        raise UserError("Choose the colleague who takes it over.", "They take payments too.", "to_officer_id")
    return counting.keep(ctx, session, TillCountKind.HANDOVER, count, sessions.expected(ctx, session), to)


@requires(Permission.TAKE_PAYMENTS)
def take_over(ctx: Context, session_id: int) -> Changes:
    """Agree to the count with which a till is handed over; the officer holds it from now.

    Raises:
        UserError: it wasn't counted for this officer, something was taken since, nothing explains its difference, or they
            hold another till.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: nothing is taken meanwhile.
    session = _open(ctx, session_id)
    counts = select(TillCount).where(TillCount.session_id == session.id).order_by(TillCount.id.desc())
    last = ctx.session.scalars(counts).first()
    if last is None or last.kind is not TillCountKind.HANDOVER or last.to_officer_id != ctx.officer.id:
        raise UserError("This till wasn't counted for you.", "Whoever holds it counts it and hands it over to you.")
    if last.expected_pence != sessions.expected(ctx, session):
        raise UserError("Cash was taken since it was counted.", "It is counted again, and handed over then.")
    if last.pence != last.expected_pence and not last.why:
        raise UserError(
            "The count isn't what it should be, and nothing says why.", "Whoever counted says it, or counts again."
        )
    mine = select(TillSession.id).where(TillSession.state == TillState.OPEN, TillSession.holder_id == ctx.officer.id)
    if ctx.session.scalars(mine).first() is not None:
        raise UserError("You hold another till already.", "Cash that one up, or hand it over, first.")
    last.accepted_at = ctx.clock.now()
    session.holder_id = ctx.officer.id
    ctx.session.flush()
    return Changes(AREAS)


@requires(Permission.TAKE_PAYMENTS)
def cash_up(ctx: Context, new: CashUp) -> Counted:
    """Count a till at the end of its session, without knowing what should be in it; it takes no more payments.

    It may be counted again until it is signed; each count is kept. Who may sign cash-ups may count a till whose holder
    has gone.

    Raises:
        UserError: somebody else holds it, it was signed, or the count can't be right.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: nothing is taken meanwhile.
    session = record(ctx, TillSession, new.session_id, "session")
    if session.state is TillState.CLOSED:
        raise UserError(f"Session {session.number} is closed.")
    if session.holder_id != ctx.officer.id and Permission.SIGN_BANKING not in ctx.officer.permissions:
        raise _not_held(ctx, session)
    if new.cheque_count < 0 or new.cheque_pence < 0 or (new.cheque_count == 0) != (new.cheque_pence == 0):
        raise UserError(
            "The cheques can't be right.", "Give how many there are, and what they come to.", "cheque_pence"
        )
    expected = sessions.expected(ctx, session)
    counted = counting.keep(ctx, session, TillCountKind.CASH_UP, new.count, expected)
    session.state = TillState.COUNTED
    session.holder_id = ctx.officer.id
    session.counted_pence, session.expected_pence = counted.counted.pence, expected
    session.cheque_count, session.cheque_pence = new.cheque_count, new.cheque_pence
    session.why = new.count.why.strip()
    diary.finish_for(ctx, Subject.TILL_SESSION, session.id, daily.TASK, "The till was cashed up")
    ctx.session.flush()
    return counted


@requires(Permission.TAKE_PAYMENTS)
def explain(ctx: Context, new: Explain) -> Changes:
    """Say how the difference of one's own cash-up or change of hands came about; it is asked once the count is kept.

    Raises:
        UserError: nothing is said, the count is somebody else's, or the till was counted again or signed since.
    """
    return counting.explain(ctx, new, frozenset({TillCountKind.CASH_UP, TillCountKind.HANDOVER}))


@requires(Permission.SIGN_BANKING)
def explain_check(ctx: Context, new: Explain) -> Changes:
    """Say how the difference of one's own spot check came about.

    Raises:
        UserError: nothing is said, the count is somebody else's, or the till was counted again or signed since.
    """
    return counting.explain(ctx, new, frozenset({TillCountKind.SPOT}))


@requires(Permission.SIGN_BANKING)
def sign(ctx: Context, session_id: int, why: str = "") -> Changes:
    """Sign a cash-up as the second officer; what was over or under is posted by itself, never set off against another day.

    Raises:
        UserError: the officer held or counted it, it wasn't counted, cheques are missing, or nothing explains the difference.
    """
    session = record(ctx, TillSession, session_id, "session")
    if session.state is not TillState.COUNTED:
        raise UserError(f"Session {session.number} isn't cashed up, or is signed already.", "Look at it again.")
    if sessions.held_among(ctx, [session.id]):
        raise UserError("You held or counted this till.", "Somebody who didn't hold it in this session signs it.")
    _refuse_missing_cheques(ctx, session)
    words = " ".join(each for each in (session.why, why.strip()) if each)
    if session.counted_pence != session.expected_pence and not words:
        raise UserError("Say how the difference came about.", "If nobody knows, say so.", "why")
    counting.checked(ctx, Count({}, words))
    session.why = words
    session.journal = posting.over_or_under(ctx, session)
    session.state = TillState.CLOSED
    session.signed_by, session.signed_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return Changes(AREAS | {"ledger"})


def _refuse_missing_cheques(ctx: Context, session: TillSession) -> None:
    pence, count = sessions.taken_in(ctx, session.id, sessions.PAPER)
    if (session.cheque_pence, session.cheque_count) == (pence, count):
        return
    raise UserError(
        f"{session.cheque_count} cheques and postal orders of {Money(session.cheque_pence or 0)} are in hand, and {count} of "
        f"{Money(pence)} were taken.",
        "Find the missing one, or the one that was keyed wrongly, and cash the till up again.",
        "cheque_pence",
    )


def _open(ctx: Context, session_id: int) -> TillSession:
    session = record(ctx, TillSession, session_id, "session")
    if session.state is not TillState.OPEN:
        raise UserError(f"Session {session.number} isn't open any more.", "Look at it again.")
    return session


def _held(ctx: Context, session_id: int) -> TillSession:
    session = _open(ctx, session_id)
    if session.holder_id != ctx.officer.id:
        raise _not_held(ctx, session)
    return session


def _not_held(ctx: Context, session: TillSession) -> UserError:
    holder = ctx.session.get_one(Officer, session.holder_id).name
    return UserError(f"You don't hold this till: {holder} does.", "They count it, or hand it over to you.")
