"""Writing a corrected entry onto its item: what changed is said in its history, and its clocks are set anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.models.post_log import PostCategory, PostItem
from app.models.values import PostStep
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.post_log import keeping
from app.services.post_log.dto import CHANNELS, GUESSABLE, NewItem
from app.services.post_log.logging.checking import checked
from app.services.post_log.logging.queries import account_words
from app.services.post_log.standards import keeping as standards
from app.services.rent.queries import account_by_reference

TITLES: Final = {
    "channel": "How it arrived",
    "received_on": "Received",
    "sender": "From",
    "sender_address": "Answer to",
    "subject_line": "About",
    "account_id": "Account",
    "category_id": "Category",
    "reference": "Their reference",
    "priority": "Priority",
    "format": "Format",
    "language": "Language",
    "text": "What it says",
    "holder": "Given to",
}
"""What the office calls each field of an item."""
_LONG: Final = frozenset({"text", "sender_address"})
_CLOCKS: Final = frozenset({"received_on", "category_id"})


def titles(names: Iterable[str]) -> str:
    """Fields in words: `Account, Category`."""
    return ", ".join(TITLES[name] for name in names if name in TITLES)


def write(ctx: Context, row: PostItem, values: Mapping[str, Any]) -> str:
    """Write what is typed onto an item; returns what changed in words, nothing where nothing did.

    Raises:
        UserError: as `commands.correct`.
    """
    if row.content_deleted_at is not None:
        raise UserError("What it said was deleted at the end of its retention, so it stays as it is.")
    new = _checked(ctx, row, values)
    changed = {name: value for name, value in new.items() if getattr(row, name) != value}
    if not changed:
        return ""
    if "category_id" in changed and (ctx.session.get(PostCategory, changed["category_id"])) is None:
        raise UserError("There is no such category of post.", "Choose another.", "category_id")
    words = "; ".join(_change(ctx, row, name, value) for name, value in changed.items())
    for name, value in changed.items():
        setattr(row, name, value)
    guessed = row.guessed.split(",") if row.guessed else []
    row.guessed = ",".join(name for name in GUESSABLE if name in guessed and name not in changed)
    ctx.session.flush()
    if changed.keys() & _CLOCKS:
        standards.set_due(ctx, row)
    keeping.index(ctx, (row,))
    keeping.record(ctx, row.id, PostStep.CHANGED, words)
    ctx.session.flush()
    return words


def _checked(ctx: Context, row: PostItem, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as they are to be."""
    day = values["received_on"]
    if day is None:
        raise UserError("The day of receipt is missing.", "Type the day, such as 12/5.", "received_on")
    if day > ctx.clock.today():
        raise UserError("It can't have been received in the future.", "Check the day.", "received_on")
    account_id = _account(ctx, row, str(values["account"] or "").strip())
    new = NewItem(
        values["channel"],
        str(values["subject_line"] or ""),
        str(values["sender"] or ""),
        str(values["sender_address"] or ""),
        str(values["text"] or ""),
        received_on=day,
        account_id=account_id,
        reference=str(values["reference"] or ""),
        language=str(values["language"] or ""),
    )
    checked(ctx, new)
    for name in ("sender", "sender_address", "subject_line", "text", "reference", "language"):
        refuse_card_number(ctx, str(values[name] or ""), TITLES[name].lower(), name)
    return {
        "channel": new.channel,
        "received_on": day,
        "sender": " ".join(new.sender.split()),
        "sender_address": new.sender_address.strip(),
        "subject_line": " ".join(new.subject_line.split()) or row.subject_line,
        "account_id": account_id,
        "category_id": values["category_id"],
        "reference": new.reference.strip(),
        "priority": int(values["priority"]),
        "format": values["format"],
        "language": (new.language or "").strip(),
        "text": new.text.strip(),
    }


def _account(ctx: Context, row: PostItem, reference: str) -> int | None:
    """The account of a reference that is typed; the item's own where it has none to be typed."""
    if reference == account_words(ctx, row.account_id):
        return row.account_id
    if not reference:
        return None
    try:
        return account_by_reference(ctx, reference)
    except UserError as error:
        raise UserError(error.message, error.hint, "account") from error


def _change(ctx: Context, row: PostItem, name: str, value: Any) -> str:
    """One change in words: `Category: General enquiry, now Complaint, stage 1`."""
    if name in _LONG:
        return f"{TITLES[name]} changed"
    before, after = _words(ctx, name, getattr(row, name)), _words(ctx, name, value)
    return f"{TITLES[name]}: {before or 'nothing'}, now {after or 'nothing'}"


def _words(ctx: Context, name: str, value: Any) -> str:
    if name == "account_id":
        return account_words(ctx, value)
    if name == "category_id":
        found = ctx.session.get(PostCategory, value)
        return found.name if found else ""
    if name == "channel":
        return CHANNELS[value]
    if name == "received_on":
        return f"{value.day} {value:%b %Y}"
    if name == "priority":
        return {1: "High", 2: "Normal", 3: "Low"}[value]
    return str(value).replace("_", " ")
