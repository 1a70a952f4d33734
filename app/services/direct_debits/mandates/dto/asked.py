"""What officers ask of mandates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import MandateState, MandateWay, ToldBy
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True, repr=False)
class NewMandate:
    """A mandate as it is set up. It has no readable form: it holds bank details.

    Attributes:
        entry_key: of the form; sent twice, it makes one mandate.
        account_id: the account that it is on.
        payer_name: as the bank has it.
        sort_code, account_number: as typed.
        given_on: the day that it was signed or given; `received_on` when it came, None means today.
        person_id: the payer, if one of our people; else `payer_address` says where letters go, a line each.
        beside: other accounts that it pays.
        reference: the core reference; empty makes one of the account's payment reference.
        form_number: of a signed form, where it is filed.
        evidence: links of documents, such as the scanned form.
        converts: the bank has the instruction on paper already: it is converted (0S), not new.
        holder_confirmed, sole_authority, identity_checked, guarantee_read: the script of a call, or what the form online
            had ticked.
        confirm: the confirmation is written at once.
        despite: the officer has read the warnings, and keeps it all the same.
    """

    entry_key: str
    account_id: int
    way: MandateWay
    payer_name: str
    sort_code: str
    account_number: str
    given_on: date
    received_on: date | None = None
    person_id: int | None = None
    payer_address: str = ""
    beside: tuple[int, ...] = ()
    reference: str = ""
    bank_name: str = ""
    branch: str = ""
    form_number: str = ""
    evidence: tuple[int, ...] = ()
    converts: bool = False
    holder_confirmed: bool = False
    sole_authority: bool = False
    identity_checked: bool = False
    guarantee_read: bool = False
    note: str = ""
    confirm: bool = True
    despite: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class AmendMandate:
    """Other bank details of a mandate, told by the payer. It has no readable form.

    Attributes:
        reason: how the payer told us.
        confirm: the confirmation is written again.
    """

    mandate_id: int
    version: int
    holder: str
    sort_code: str
    account_number: str
    reason: str
    bank_name: str = ""
    branch: str = ""
    confirm: bool = True


@dataclass(frozen=True, slots=True)
class ChangeMandate:
    """What the bank isn't told of: the payer, where their letters go, the accounts paid, the note.

    Attributes:
        despite: the officer knows of the other mandates that pay one of the accounts: all of them collect.
    """

    mandate_id: int
    version: int
    payer_name: str
    person_id: int | None = None
    payer_address: str = ""
    beside: tuple[int, ...] = ()
    note: str = ""
    despite: bool = False


@dataclass(frozen=True, slots=True)
class SuspendMandate:
    """Nothing is collected until somebody looks, by `look_on`; None means as policy says."""

    mandate_id: int
    version: int
    reason: str
    look_on: date | None = None


@dataclass(frozen=True, slots=True)
class ResumeMandate:
    """A suspended mandate goes on."""

    mandate_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class CancelMandate:
    """The end of a mandate; `told_by` is the payer, the bank or an officer of ours.

    Attributes:
        tell: the payer is written to.
    """

    mandate_id: int
    version: int
    reason: str
    told_by: ToldBy = ToldBy.PAYER
    tell: bool = True


@dataclass(frozen=True, slots=True)
class Saved:
    """What a command did with a mandate.

    Attributes:
        told: it as a sentence.
        outgoing_id: the letter that was written, if one was.
    """

    mandate_id: int
    reference: str
    state: MandateState
    told: str
    changes: Changes
    outgoing_id: int | None = None
