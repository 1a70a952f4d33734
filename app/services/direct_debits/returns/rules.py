"""What each reason of each report does here, and when something is presented again. Pure functions.

Sources: bacs.md 2.2 (reason codes and the actions that the scheme asks for) and 4 (re-presentation), rules.md 2.12 (effects).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.models.values import ReportKind, ReturnEffect
from app.services.core.calendars import WorkingDays
from app.services.direct_debits.returns.naming import EFFECTS
from app.services.direct_debits.schedules.days import last_again

RETURNED: Final = "direct_debit_returned"
CANCELLED: Final = "direct_debit_cancelled_by_bank"
NEW_MANDATE: Final = "direct_debit_new_mandate"
"""The templates of the letters that follow."""
OF_FILES: Final = frozenset(
    {ReportKind.INPUT, ReportKind.WITHDRAWAL, ReportKind.AUDDIS_ACCEPTED, ReportKind.AUDDIS_REJECTED}
)
"""Reports of whole files that we sent, not of single mandates."""
NO_INSTRUCTION: Final = "6"
"""Of AUDDIS: the bank held nothing to cancel."""
WITHDRAWN_CLAIM: Final = "cancelled"
"""The type of a record of DDICA that takes a claim back."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What an item of a report does.

    Attributes:
        effect: what is done with what the item is of.
        mandate: what is done to the mandate besides; of most reports the effect itself.
        again: the collection is presented again, if the month and the times allow it.
        letter: the key of the template that tells the payer; empty where nobody is written to.
        task: what an officer is asked to do, as the title of a task; empty where nothing is left to do.
        words: what is done, in a sentence.
        source: the rule behind it.
    """

    effect: ReturnEffect
    words: str
    source: str
    mandate: ReturnEffect = ReturnEffect.NONE
    again: bool = False
    letter: str = ""
    task: str = ""

    @property
    def step(self) -> ReturnEffect:
        """What is done to the mandate."""
        return self.mandate if self.effect is ReturnEffect.REVERSE else self.effect


_E: Final = ReturnEffect
_CODES: Final = "the scheme's reason codes"
_ARUDD_NEW: Final = Rule(
    _E.REVERSE,
    "The payment is taken off the accounts again, the mandate is suspended, and the payer is asked for a new one.",
    f"{_CODES}: suspend, notify, reverse",
    _E.SUSPEND,
    letter=NEW_MANDATE,
)
_ARUDD_OURS: Final = Rule(
    _E.REVERSE,
    "The payment is taken off the accounts again. The bank says the mistake is ours: somebody looks before more is collected.",
    "the scheme: reasons 7, 8, 9 and A are the service user's",
    task="Direct Debit returned through a mistake of ours",
)
_ARUDD_UNKNOWN: Final = Rule(
    _E.REVERSE,
    "The payment is taken off the accounts again. The reason isn't known here: somebody looks before more is collected.",
    "every item of an ARUDD is a payment that the bank took back",
    task="A Direct Debit came back for a reason that isn't known: look at it",
)
_ARUDD: Final[Mapping[str, Rule]] = {
    "0": Rule(
        _E.REVERSE,
        "The payment is taken off the accounts again; the same amount is presented again with code 18 within a month.",
        "the scheme: the same amount, within a month of the original processing day; the payer is told before",
        again=True,
        letter=RETURNED,
    ),
    "1": Rule(
        _E.REVERSE,
        "The payment is taken off the accounts again and the mandate is cancelled; nothing is sent to the bank.",
        f"{_CODES}: the payer cancelled at their bank",
        _E.CANCEL,
        letter=CANCELLED,
    ),
    "2": Rule(
        _E.REVERSE,
        "The payment is taken off the accounts again and everything stops. No letter goes to the payer.",
        "office rule: at a death everything stops, and the tenancy is checked",
        _E.DEATH,
        task="The bank says a payer has died: check the tenancy",
    ),
    "3": Rule(
        _E.REVERSE,
        "The payment is taken off the accounts again; the mandate is suspended until the new details are here.",
        "the scheme: nothing is collected until new details are in place",
        _E.SUSPEND,
        letter=NEW_MANDATE,
    ),
    "4": Rule(
        _E.REVERSE,
        "The payment is taken off the accounts again and the mandate is suspended: the payer disputes the advance notice.",
        _CODES,
        _E.SUSPEND,
        task="Advance notice of a Direct Debit disputed: look at the notice",
    ),
    **dict.fromkeys("56B", _ARUDD_NEW),
    **dict.fromkeys("789A", _ARUDD_OURS),
}
_CANCELLED_AT_BANK: Final = Rule(
    _E.CANCEL,
    "The mandate is cancelled; the bank knows, so nothing is sent.",
    f"{_CODES}: cancelled at the payer's bank",
    letter=CANCELLED,
)
_DEATH: Final = Rule(
    _E.DEATH,
    "Everything stops. No letter goes to the payer.",
    "office rule: at a death everything stops, and the tenancy is checked",
    task="The bank says a payer has died: check the tenancy",
)
_AMEND: Final = Rule(
    _E.AMEND,
    "The new details are kept; the bank holds them already, so nothing is sent.",
    "the scheme: the instruction was amended at the bank",
)
_ADDACS: Final[Mapping[str, Rule]] = {
    "0": _CANCELLED_AT_BANK,
    "1": _CANCELLED_AT_BANK,
    "2": _DEATH,
    "3": Rule(
        _E.TRANSFER,
        "The new details are kept and a new instruction (0N) goes to the new bank; never a 0C to the old one.",
        "the scheme: a 0C must not be sent to the old bank",
    ),
    "B": replace(_CANCELLED_AT_BANK, source=f"{_CODES}: the account is closed", letter=NEW_MANDATE),
    "C": _AMEND,
    "D": Rule(
        _E.SUSPEND,
        "The mandate is suspended: the payer disputes the advance notice.",
        _CODES,
        task="Advance notice of a Direct Debit disputed: look at the notice",
    ),
    "E": _AMEND,
    "R": Rule(
        _E.REINSTATE,
        "The mandate stands again; neither a 0C nor a 0N is sent.",
        "the scheme: a pair of 0C and 0N must not be sent on a reinstatement",
    ),
}
_REJECT_PAYER: Final = Rule(
    _E.REJECT,
    "The bank returned the instruction: the mandate is suspended and the payer is asked for a new one.",
    _CODES,
    letter=NEW_MANDATE,
    task="A Direct Debit Instruction was returned: a new one is needed",
)
_REJECT_OURS: Final = Rule(
    _E.REJECT,
    "The bank returned the instruction for something that we sent: the mandate is suspended until it is put right.",
    "the scheme: what was sent was wrong",
    task="A Direct Debit Instruction was returned: put right what was sent, and lodge it again",
)
_EXPIRED: Final = Rule(
    _E.EXPIRE,
    "The bank had let the instruction lapse: the mandate has expired and the payer is asked for a new one. Nothing is sent.",
    f"{_CODES}: a conversion (0S) of an instruction that has expired",
    letter=NEW_MANDATE,
    task="A Direct Debit Instruction has expired: a new one is needed",
)
_AUDDIS: Final[Mapping[str, Rule]] = {
    **dict.fromkeys("135BCFGKLN", _REJECT_PAYER),
    **dict.fromkeys("7IMOPQ", _REJECT_OURS),
    "2": _DEATH,
    "H": _EXPIRED,
    "6": Rule(
        _E.NONE,
        "The bank held no instruction to cancel: nothing is done.",
        "the scheme: this reason is given of a 0C only",
    ),
}
_CORRECT: Final = Rule(
    _E.CORRECT,
    "The bank put wrong details right: they are kept, and nothing is sent.",
    "the scheme: AWACS corrects what was sent",
)
_CLAIM: Final = Rule(
    _E.CLAIM,
    "A case is opened with the last day to challenge; the bank takes the money on its day.",
    "the Guarantee: debited 14 working days after the advice, challenged within 9; nothing is paid to the payer meanwhile",
)
CLAIM_BACK: Final = Rule(
    _E.NONE,
    "The bank takes its claim back: the case is closed as won, and what was taken off the accounts is put back.",
    "the Guarantee: the bank cancelled its advice",
    task="The bank took an indemnity claim back: close the case",
)
"""The task is given where no case is found."""
_OF_FILE: Final[Mapping[ReportKind, Rule]] = {
    ReportKind.INPUT: Rule(
        _E.MATCH,
        "The run's totals are compared with what Bacs took.",
        "posted only once Bacs says that it took the file",
    ),
    ReportKind.WITHDRAWAL: Rule(
        _E.REJECT,
        "The submission was withdrawn: nothing of the run is posted, and what it sent waits again.",
        "posted only once Bacs says that it took the file",
    ),
    ReportKind.AUDDIS_ACCEPTED: Rule(
        _E.ACCEPT, "The instructions of the run are accepted: the mandates are live.", "the scheme: AUDDIS"
    ),
    ReportKind.AUDDIS_REJECTED: Rule(
        _E.REJECT,
        "Bacs refused the whole file: the run is refused, and what it sent waits again.",
        "the scheme: AUDDIS",
    ),
}
_UNKNOWN: Final = Rule(
    _E.NONE,
    "This reason isn't known here: nothing is done but a task.",
    "no rule",
    task="A bank report gives a reason that isn't known: look at it",
)


def rule_for(kind: ReportKind, reason: str, record_type: str = "") -> Rule:
    """What an item of a report with a reason code does; a task and nothing else where the code isn't known."""
    if kind in _OF_FILE:
        return _OF_FILE[kind]
    if kind is ReportKind.AWACS:
        return _CORRECT
    if kind is ReportKind.DDICA:
        return CLAIM_BACK if record_type == WITHDRAWN_CLAIM else _CLAIM
    if kind is ReportKind.ARUDD:
        return _ARUDD.get(reason, _ARUDD_UNKNOWN)
    known = {ReportKind.ADDACS: _ADDACS, ReportKind.AUDDIS_RETURNED: _AUDDIS}
    return known.get(kind, {}).get(reason, _UNKNOWN)


def does(rule: Rule) -> str:
    """What a rule does, in a few words for a list."""
    if rule is CLAIM_BACK:
        return "Close its case"
    parts = [EFFECTS[rule.effect].partition(" the payment")[0]]
    if rule.effect is _E.REVERSE and rule.mandate is not _E.NONE:
        parts.append(EFFECTS[rule.mandate].lower())
    if rule.again:
        parts.append("present again")
    return ", ".join(parts)


def without_details(rule: Rule) -> Rule:
    """What is done instead where new details should be in an item and aren't: nothing is collected until they are here."""
    if rule.effect not in {_E.TRANSFER, _E.AMEND, _E.CORRECT}:
        return rule
    return Rule(
        _E.SUSPEND,
        "The bank gives no new details: the mandate is suspended until they are here.",
        "the scheme: nothing is collected until new details are in place",
        letter=NEW_MANDATE,
        task="The bank changed a Direct Debit without telling the new details: ask for them",
    )


def kept(kind: ReportKind, reason: str, effect: ReturnEffect) -> Rule:
    """The rule that was proposed when an item was read, by the effect that was kept of it."""
    rule = rule_for(kind, reason)
    if kind is ReportKind.DDICA and effect is _E.NONE:
        return CLAIM_BACK
    return rule if rule.effect is effect else without_details(rule)


def again_on(
    bacs: WorkingDays, original_on: date, returned_on: date, today: date, wait: int, notice: int
) -> date | None:
    """The entry day on which a returned collection is presented again; None where the month is over before it could be.

    The working day `wait` after the return, when funds are likely; later where the payer couldn't be told `notice` working
    days before; and never with a processing day more than a month after the original one (bacs.md 4, reason 9).
    """
    last = last_again(original_on, bacs)
    soonest = bacs.add(today, max(notice, 2))
    wanted = max(bacs.add(returned_on, wait), soonest)
    if wanted <= last:
        return wanted
    return last if soonest <= last else None
