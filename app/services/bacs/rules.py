"""The form of sort codes, account numbers, names and references; no database."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from app.models.values import NameCheck
from app.services.bacs.dto import Credit, Destination
from app.services.core.errors import UserError

NAME_LENGTH: Final = 18
"""What a record of a Bacs file carries of a name (positions 47 to 64 and 83 to 100)."""
REFERENCE_LENGTH: Final = 18
MOST_PENCE: Final = 99_999_999_999
"""The most that one record carries (positions 36 to 46)."""
_LONGEST_NAME: Final = 70
_LONGEST_ROLL: Final = 18
_LONGEST_NOTE: Final = 200
CHARACTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .&/-")
"""The characters of Bacs (bacs.md 1.7)."""
_WRITTEN: Final = re.compile(r"[A-Z0-9.&/-]+(?: [A-Z0-9.&/-]+)*")
"""Text that is written so already."""
_SPELT: Final = str.maketrans(
    {
        "Æ": "AE",
        "Œ": "OE",
        "Ø": "O",
        "Đ": "D",
        "Ð": "D",
        "Þ": "TH",
        "Ł": "L",
        "\N{LATIN CAPITAL LETTER SHARP S}": "SS",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
    }
)


def bacs_text(text: str) -> str:
    """Text in the characters of Bacs: upper case, accents taken off, all else a space; not yet cut to its field (bacs.md 1.7).

    `O'Brien-Müller` is `O BRIEN-MULLER`; what is only in another script is empty.
    """
    upper = text.upper()
    if _WRITTEN.fullmatch(upper):
        return upper
    spelt = upper.translate(_SPELT)
    plain = "".join(each for each in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(each))
    kept = "".join(each if each in CHARACTERS else " " for each in plain.upper())
    return " ".join(kept.split())


def destination(sort_code: str, account_number: str, roll_number: str = "") -> Destination:
    """An account at a bank from what was typed: spaces and hyphens are left out, six or seven digits get zeros before them.

    Raises:
        UserError: it isn't six and eight digits, or the roll number can't be carried; `field` says which.
    """
    return Destination(sort_code_of(sort_code), account_number_of(account_number), _roll_number(roll_number))


def sort_code_of(typed: str) -> str:
    """Six digits of what was typed; spaces and hyphens are left out.

    Raises:
        UserError: it isn't a sort code.
    """
    digits = _bare(typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        raise UserError("A sort code is six digits, such as 20-00-00.", field="sort_code")
    if not int(digits):
        raise UserError("There is no sort code 00-00-00.", "Take it from a bank statement.", "sort_code")
    return digits


def account_number_of(typed: str) -> str:
    """Eight digits of what was typed; six or seven get zeros before them.

    Raises:
        UserError: it isn't an account number that Bacs carries.
    """
    digits = _bare(typed)
    if not digits or not (digits.isascii() and digits.isdigit()):
        raise UserError("An account number is eight digits.", field="account_number")
    if len(digits) in {9, 10}:
        raise UserError(
            f"This account number has {len(digits)} digits; Bacs carries eight.",
            "Of ten, NatWest goes by the last eight and the Co-operative Bank by the first eight. Of nine, Santander puts "
            "the first in place of the last of the sort code. Ask the bank, and type it so."
            if len(digits) == 10
            else "Santander puts the first of nine in place of the last digit of the sort code. Ask the bank, and type it so.",
            "account_number",
        )
    if not 6 <= len(digits) <= 8:
        raise UserError(f"An account number is eight digits; this has {len(digits)}.", field="account_number")
    if not int(digits):
        raise UserError("An account number isn't all zeros.", field="account_number")
    return digits.zfill(8)


def spelled_sort_code(sort_code: str) -> str:
    """Six digits as a cheque book has them: `20-00-00`."""
    return f"{sort_code[:2]}-{sort_code[2:4]}-{sort_code[4:]}"


def payee_name(typed: str) -> str:
    """The name on a bank account, as it is kept.

    Raises:
        UserError: it is missing or long, or nothing of it can be written in a Bacs file.
    """
    name = " ".join(typed.split())
    if not name:
        raise UserError("The name on the bank account is missing.", "Write it as the bank has it.", "payee_name")
    if len(name) > _LONGEST_NAME:
        raise UserError(f"The name has over {_LONGEST_NAME} characters.", "Shorten it.", "payee_name")
    if not any(each.isalnum() for each in bacs_text(name)):
        raise UserError(
            "Nothing of this name can be written in a Bacs file, which knows A to Z, digits and . & / - only.",
            "Write it in Latin letters, as the bank has it.",
            "payee_name",
        )
    return name


def check_name_check(check: NameCheck, checked_on: date | None, note: str, today: date) -> str:
    """How a name was proved, in order: the note as it is kept.

    Raises:
        UserError: the day is missing or to come, or a close match doesn't say the name that the bank gave.
    """
    kept = " ".join(note.split())
    if len(kept) > _LONGEST_NOTE:
        raise UserError(f"The note has over {_LONGEST_NOTE} characters.", "Shorten it.", "check_note")
    if check is NameCheck.NONE:
        return kept
    if checked_on is None:
        raise UserError("The day on which the name was checked is missing.", field="checked_on")
    if checked_on > today:
        raise UserError("The name can't have been checked on a day that is still to come.", field="checked_on")
    if check is NameCheck.CLOSE_MATCH and not kept:
        raise UserError("Write the name that the bank gave instead.", "It stays with the details.", "check_note")
    return kept


def credit(to: Destination, pence: int, reference: str, name: str) -> Credit:
    """A payment as a Bacs file carries it; where there is a roll number, it is the reference (by general knowledge).

    Raises:
        UserError: nothing or too much is paid, or the reference or name can't be carried.
    """
    if not 0 < pence <= MOST_PENCE:
        raise UserError("A Bacs credit is between £0.01 and £999,999,999.99.", field="amount")
    written = bacs_text(to.roll_number or reference)
    if not written:
        raise UserError(
            "The reference of the payment is missing.", "Write what the payee's statement says.", "reference"
        )
    if len(written) > REFERENCE_LENGTH:
        raise UserError(
            f"The reference '{written}' has {len(written)} characters; a Bacs file carries {REFERENCE_LENGTH}.",
            "Shorten it.",
            "reference",
        )
    if written.replace(" ", "").startswith("CONTRA"):
        raise UserError("A reference may not begin with CONTRA: the total of the file does.", field="reference")
    return Credit(to, pence, written, bacs_text(payee_name(name))[:NAME_LENGTH].rstrip())


def core_reference(typed: str) -> str:
    """The reference of a Direct Debit Instruction as Bacs takes it (AUDDIS core reference; bacs.md 1.8).

    Raises:
        UserError: it has under 6 or over 18 characters, begins as none may, or is one character again and again.
    """
    written = bacs_text(typed)
    bare = "".join(each for each in written if each.isalnum())
    if not len(bare) >= 6 or len(written) > REFERENCE_LENGTH:
        raise UserError("A Direct Debit reference has 6 to 18 letters and digits.", field="reference")
    if not written[0].isalnum():
        raise UserError("A Direct Debit reference begins with a letter or digit.", field="reference")
    if written.startswith(("DDIC", "CONTRA")):
        raise UserError("A Direct Debit reference may not begin with DDIC or CONTRA.", field="reference")
    if len(set(bare)) == 1:
        raise UserError("A Direct Debit reference isn't one character again and again.", field="reference")
    return written


def _roll_number(typed: str) -> str:
    written = bacs_text(typed)
    if typed.strip() and not any(each.isalnum() for each in written):
        raise UserError("Nothing of this roll number can be written in a Bacs file.", field="roll_number")
    if len(written) > _LONGEST_ROLL:
        raise UserError(f"The roll number has over {_LONGEST_ROLL} characters.", "Leave spaces out.", "roll_number")
    return written


def _bare(typed: str) -> str:
    return "".join(each for each in typed if not each.isspace() and each not in "-\N{EN DASH}\N{NON-BREAKING HYPHEN}")
