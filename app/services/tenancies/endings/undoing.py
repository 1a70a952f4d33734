"""Taking an ending back wholly: accounts, charges, the former tenant's account, the void, tasks, letters, arrangements."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.endings import Ending
from app.models.letters import Outgoing
from app.models.people import Person, PersonAddress
from app.models.values import ArrangementState, EndingState, TenancyChange
from app.services.core import access
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.ledger.dto import Posted
from app.services.ledger.queries import ledger_pages
from app.services.letters.dto import OutgoingState
from app.services.rent.search import refresh_search
from app.services.tenancies import keeping
from app.services.tenancies.endings import finishing, noting, reading, settling, tasks
from app.services.tenancies.endings.finishing import Dealt
from app.services.tenancies.endings.reading import Case
from app.services.tenancies.voids import keeping as voids

_DAY: Final = timedelta(days=1)
_UNSENT: Final = frozenset({OutgoingState.WAITING, OutgoingState.QUEUED, OutgoingState.FAILED})


def reverse(ctx: Context, ending: Ending, reason: str) -> Posted | None:
    """Reverse a finished ending: the tenancy goes on as if it had never ended.

    What has come onto the former tenant's account since goes to the rent account with the balance, and the weeks since are
    charged. Garages that ended with the home go on too. What the tenant told (their new address, their next of kin) stays
    known. Returns the charges that were put right.

    Raises:
        UserError: the property is let to somebody else by now, or the officer may not work on an account.
    """
    found = reading.case(ctx, ending.tenancy_id)
    access.touch(ctx, found.account_ids)
    reading.refuse_let(ctx, found, ending)
    for garage in reading.with_it(ctx, ending.id):
        reverse(ctx, garage, reason)
    dealt = Dealt.read(ending.dealt)
    before = found.tenancy.end_on
    found.tenancy.end_on = None
    ending.state = EndingState.REVERSED
    ending.undone_at, ending.undone_by, ending.undone_reason = ctx.clock.now(), ctx.officer.id, reason
    ctx.session.flush()
    _give_back(ctx, found, ending, dealt)
    if dealt.void and before is not None:
        voids.let_again(ctx, found.place.id, before + _DAY)
    posted = noting.put_right(ctx, found, ending, before, f"Ending of tenancy {found.tenancy.ref} reversed")
    tasks.ask_again(ctx, found, ending.ended_at or ending.noted_at)
    tasks.end_all(ctx, found.account.id, "The ending was reversed")
    tasks.tell_again(ctx, found)
    _unsay(ctx, dealt)
    words = f"The ending on {written(ending.ends_on)} was reversed: the tenancy goes on."
    journal = posted.journal if posted else None
    keeping.record(ctx, ending.tenancy_id, TenancyChange.ENDING_REVERSED, ctx.clock.today(), words, journal=journal)
    refresh_search(ctx, {*found.account_ids, *([ending.former_account_id] if ending.former_account_id else [])})
    return posted


def _give_back(ctx: Context, found: Case, ending: Ending, dealt: Dealt) -> None:
    """The whole balance of the former tenant's account goes back, whatever came onto it since; then it is closed."""
    if ending.former_account_id is None:
        return
    former = ctx.session.get_one(Account, ending.former_account_id)
    access.touch(ctx, (former.id,))
    lines = ledger_pages(ctx, [former.id])[former.id].lines
    on = max([ctx.clock.today(), *(line.effective_on for line in lines)])
    why = f"Ending of tenancy {found.tenancy.ref} reversed"
    settling.carry(ctx, former, found.account, on, why, f"given back:{ending.id}:{ending.version}")
    for arrangement_id in dealt.moved:
        finishing.move_back(ctx, arrangement_id, former.id, found.account.id)
    for arrangement_id in dealt.arrangements:
        stopped = ctx.session.get(Arrangement, arrangement_id)
        if stopped is not None and stopped.state is ArrangementState.CANCELLED:
            stopped.state, stopped.state_on, stopped.state_reason = ArrangementState.LIVE, None, ""
    settling.close(ctx, former, found.account)


def _unsay(ctx: Context, dealt: Dealt) -> None:
    """Letters that haven't gone are cancelled; letters go to the home again."""
    for letter_id in dealt.letters:
        letter = ctx.session.get(Outgoing, letter_id)
        if letter is not None and OutgoingState(letter.state) in _UNSENT:
            letter.state, letter.error = OutgoingState.CANCELLED.value, "The ending was reversed"
            letter.ended_by = ctx.officer.id
    for number, elsewhere in dealt.elsewhere.items():
        person = ctx.session.get(Person, int(number))
        if person is not None:
            person.correspondence_address = elsewhere
    for address_id in dealt.addresses:
        address = ctx.session.get(PersonAddress, address_id)
        if address is not None:
            ctx.session.delete(address)
    ctx.session.flush()
