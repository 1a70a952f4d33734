"""Addresses that post reaches, whom a letter greets, and what speaks against writing to an account."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.models.values import AccountKind, FormatNeed, HoldKind
from app.services.letters.dto import Channel, Variant, Wording

LEAST_LINES: Final = 3
MOST_LINES: Final = 7
"""Lines of an address with the addressee, as GOV.UK Notify and its printers take them."""
LONGEST_TEXT: Final = 918
"""Characters of the longest text message that GOV.UK Notify sends (six parts)."""

_POSTCODE: Final = re.compile(r"(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_BAD_START: Final = frozenset('/()@<>",=~[]\\')
_NO_ADDRESS: Final = re.compile(r"\b(nfa|no fixed (abode|address))\b", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^\s@,;<>()\"]+@([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_BY_HAND: Final = {FormatNeed.BRAILLE: "braille", FormatNeed.AUDIO: "audio", FormatNeed.EASY_READ: "easy read"}
_ENGLISH: Final = frozenset({"", "en", "eng", "en-gb", "english"})


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account that is written to, with all that decides whether and how.

    Attributes:
        address: where post goes, the postcode last; empty if nobody knows.
        elsewhere: the address is one that the tenant gave for letters, not the home.
        needs: the format needs of everybody in the tenancy, where not standard.
        languages: the languages that they need, where not English.
        hold: why letters are stopped, and until when; `hold_kind` is the kind of that hold.
        suspect: why the address is doubted: post came back.
        closed: a restricted record that the officer may not open.
        printable: the font has every letter of the name and the address.
    """

    account_id: int
    reference: str
    kind: AccountKind
    name: str
    greeting: str
    address: tuple[str, ...]
    about: str
    person_id: int | None = None
    email: str = ""
    mobile: str = ""
    elsewhere: bool = False
    needs: frozenset[FormatNeed] = frozenset()
    languages: frozenset[str] = frozenset()
    do_not_contact: bool = False
    hold: str = ""
    hold_kind: HoldKind | None = None
    suspect: str = ""
    closed: bool = False
    printable: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks against writing (`stops`), and what to look at."""

    stops: tuple[str, ...] = ()
    look: tuple[str, ...] = field(default=())


def judge(to: Recipient, channel: Channel, variant: Variant | None = None) -> Verdict:
    """What stands in the way of writing to an account, worst first; `variant`: a form that the officer chose on purpose."""
    stops: list[str] = []
    look: list[str] = []
    if to.closed:
        return Verdict(("A restricted record, which you may not open.",))
    if to.hold:
        stops.append(f"Letters are stopped: {to.hold}")
    if to.do_not_contact:
        stops.append("Do not contact.")
    if channel is Channel.LETTER:
        wrong = address_fault(to.name, to.address)
        if wrong:
            stops.append(wrong)
        if to.suspect:
            stops.append(to.suspect)
        by_hand = sorted(_BY_HAND[need] for need in to.needs if need in _BY_HAND)
        if by_hand and variant is None:
            stops.append(f"Needs {' and '.join(by_hand)}: make it by hand.")
        look += _printed_remarks(to)
    elif channel is Channel.EMAIL:
        stops += [] if is_email(to.email) else [_no_way("e-mail address", to.email)]
    else:
        stops += [] if mobile_number(to.mobile) else [_no_way("mobile number", to.mobile)]
    if to.languages:
        look.append(f"Needs {' and '.join(sorted(to.languages))}: send a translation too.")
    return Verdict(tuple(stops), tuple(look))


def address_fault(addressee: str, address: Sequence[str]) -> str:
    """Why post can't go there, as a sentence; empty if it can (the rules of GOV.UK Notify for letters)."""
    lines = [line for line in (addressee, *address) if line.strip()]
    if not address:
        return "No address to post to."
    if any(_NO_ADDRESS.search(line) for line in lines):
        return "The address says that there is none (no fixed abode)."
    if len(lines) < LEAST_LINES:
        return f"The address is too short: it needs {LEAST_LINES} lines with the name."
    if len(lines) > MOST_LINES:
        return f"The address has {len(lines)} lines; with the name it may have {MOST_LINES}."
    bad = next((line for line in lines if line.lstrip()[0] in _BAD_START), "")
    if bad:
        return f"A line of the address begins with a sign that post machines don't read: {bad}"
    if not postcode(lines[-1]):
        return f"The last line of the address is not a postcode: {lines[-1]}"
    return ""


def postcode(text: str) -> str:
    """A United Kingdom postcode as it is printed, `AL10 0AA`; empty if the text isn't one."""
    match = _POSTCODE.fullmatch("".join(text.split()).upper().replace(".", ""))
    return f"{match[1]} {match[2]}" if match else ""


def tidy_address(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines without empty ones, stray commas and doubled spaces, the postcode as it is printed."""
    tidied = [" ".join(line.split()).strip(" ,") for line in lines]
    kept = [line for line in tidied if line]
    if kept and postcode(kept[-1]):
        kept[-1] = postcode(kept[-1])
    return tuple(kept)


def address_key(address: Sequence[str]) -> str:
    """What puts letters in the order of the round: postcode, then street, then number counted as a number."""
    if not address:
        return ""
    first = address[0].casefold()
    number = re.match(r"\D*(\d+)", first)
    street = re.sub(r"[\d\W_]+", " ", first).strip()
    return f"{address[-1].casefold():<9}{street[:80]:<80}{int(number[1][:9]) if number else 0:09}{first}"[:200]


def greeting(people: Sequence[tuple[str, str, str]], name: str) -> str:
    """`Dear Ms One and Mr Two`, from (title, first name, last name) of each; from the account's name where they have none."""
    named = [_called(*person) for person in people if person[2].strip()]
    if not named:
        return f"Dear {name}" if name.strip() else "Dear tenant"
    together = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"Dear {together}"


def form_needed(needs: Iterable[FormatNeed]) -> Variant:
    """The form that suits everybody in a tenancy: large print before plain text before the standard one."""
    wanted = set(needs)
    if FormatNeed.LARGE_PRINT in wanted:
        return Variant.LARGE_PRINT
    return Variant.TEXT if FormatNeed.TEXT_ONLY in wanted else Variant.STANDARD


def foreign(language: str) -> bool:
    """Whether a language to write in is another than English."""
    return language.strip().casefold() not in _ENGLISH


def is_email(text: str) -> bool:
    """Whether the text can be an e-mail address."""
    return len(text) <= 254 and _EMAIL.fullmatch(text.strip()) is not None


def mobile_number(text: str) -> str:
    """A mobile number as it is given to the provider, `+447700900123`; empty if the text isn't one.

    A number of the United Kingdom begins 07; one with another country's code is taken as it is.
    """
    digits = re.sub(r"[\s().\-\N{NON-BREAKING HYPHEN}]", "", text)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if re.fullmatch(r"07\d{9}", digits):
        return f"+44{digits[1:]}"
    if re.fullmatch(r"(\+44|44)0?7\d{9}", digits):
        return f"+44{digits[-10:]}"
    return digits if re.fullmatch(r"\+(?!44)[1-9]\d{7,14}", digits) else ""


def may_undo(printed_on: date | None, today: date) -> bool:
    """Whether a mark as printed may be taken back: on the same day, before the post has gone."""
    return printed_on is not None and printed_on == today


def _printed_remarks(to: Recipient) -> list[str]:
    remarks = []
    if {FormatNeed.LARGE_PRINT, FormatNeed.TEXT_ONLY} <= to.needs:
        remarks.append("One tenant needs large print, another plain text: send the plain text too.")
    if not to.printable:
        remarks.append("The name or address has letters that the printed font lacks.")
    if to.elsewhere:
        remarks.append("Goes to the address for letters, not to the home.")
    return remarks


def _called(title: str, first: str, last: str) -> str:
    return " ".join(part for part in ((title or first).strip(), last.strip()) if part)


def _no_way(what: str, text: str) -> str:
    return f"'{text}' is no {what}." if text.strip() else f"No {what}."


def stands_alone(wording: Wording, key: str) -> bool:
    """Whether a blank is a paragraph of its own, so that it is typed in an area and not on a line."""
    return re.search(rf"^\s*\{{\{{\s*ask\.{re.escape(key)}\s*\}}\}}\s*$", wording.body, re.MULTILINE) is not None


def differences(before: Wording, after: Wording) -> tuple[tuple[str, str], ...]:
    """What a wording changes, line by line: (` ` as it was, `+` new or `-` gone, the line)."""
    old = [before.subject_line, "", *before.body.splitlines()]
    new = [after.subject_line, "", *after.body.splitlines()]
    return tuple((line[0], line[2:]) for line in difflib.ndiff(old, new) if line[0] in " +-")
