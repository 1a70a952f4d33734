"""The statement as plain text: sentences in the order they are read, no columns, lines of at most 72 letters."""

from __future__ import annotations

import textwrap

from app.services.exports.statement import words
from app.services.exports.statement.dto import Sender, Statement, long_date

PAGE_BREAK = "\f"
"""What parts one statement from the next in a file of many."""


def statement_text(statement: Statement, sender: Sender) -> str:
    """The whole statement, with Windows line ends so that any editor shows it."""
    parts = [
        [sender.name, sender.office, *sender.address, sender.phone, sender.email, sender.website],
        [statement.addressee, *statement.address],
        [
            statement.title,
            f"Account reference: {statement.reference}",
            f"For: {statement.about}",
            f"Made on {long_date(statement.made_on)}",
        ],
        [
            "SUMMARY",
            f"Brought forward: {statement.brought_forward.dr_cr()}",
            f"Add debits (charges): {statement.debits}",
            f"Take away credits (payments): {statement.credits}",
            f"Carried forward: {statement.carried_forward.dr_cr()}",
            words.outcome(statement),
            words.DR_AND_CR,
        ],
        [
            "EACH LINE",
            f"Brought forward on {long_date(statement.from_on)}: {statement.brought_forward.dr_cr()}.",
            *(words.line_words(line) for line in statement.lines),
            f"Carried forward on {long_date(statement.to_on)}: {statement.carried_forward.dr_cr()}.",
        ],
        ["HOW TO PAY", *words.paying(statement, sender)],
        ["HELP", *words.help_offered(sender)],
        ["End of statement."],
    ]
    return "\r\n\r\n".join("\r\n".join(_wrapped(line) for line in part if line) for part in parts) + "\r\n"


def _wrapped(line: str) -> str:
    return "\r\n".join(textwrap.wrap(" ".join(line.split()), 72, break_on_hyphens=False))
