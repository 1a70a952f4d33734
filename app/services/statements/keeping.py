"""Making the statement of one account, for commands that have asked for a permission of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from app.models.values import Subject
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.exports.pages import count_pages
from app.services.exports.statement.dto import short_date
from app.services.exports.statement.pdf import statement_pdf
from app.services.exports.statement.text import statement_text
from app.services.letters import posted
from app.services.letters.dto import Posted
from app.services.letters.sender import sender
from app.services.statements import gathering, rules
from app.services.statements.dto import Candidate, Issued, Variant

AREAS: Final = frozenset({"statements"})


def make(
    ctx: Context,
    account_id: int,
    from_on: date,
    to_on: date,
    variant: Variant = Variant.STANDARD,
    *,
    kind: str = "Statement",
    address: tuple[str, ...] = (),
    printed: bool = False,
    behind: int | None = None,
) -> Issued:
    """Make the statement of one account and keep it, linked to the account, exactly as it is handed over.

    `kind` is what its title begins with; `address` where it goes, if not to the home. In the register of what goes out it
    stands if it is `printed` now, or goes with a letter: `behind` that line it is queued or waits, to the same address.

    Raises:
        UserError: there is no such account, or the period ends before it starts.
    """
    rules.check_period(from_on, to_on)
    access.open_account(ctx, account_id)
    candidate = gathering.candidate(ctx, account_id)
    if address:
        candidate = replace(candidate, address=address)
    statement = gathering.statements(ctx, [candidate], from_on, to_on)[0]
    head = sender(ctx)
    if variant is Variant.TEXT:
        content, media_type, suffix = statement_text(statement, head).encode("utf-8"), "text/plain", ".txt"
    else:
        content, media_type, suffix = statement_pdf(statement, head, variant), "application/pdf", ".pdf"
    name = safe_name(f"{kind} {candidate.reference} {from_on.isoformat()} to {to_on.isoformat()}") + suffix
    title = f"{kind} {short_date(from_on)} to {short_date(to_on)}"
    sha256 = documents.put(ctx, content, media_type)
    link_id = documents.link(ctx, sha256, NewLink(Subject.ACCOUNT, account_id, "statement", title, name))
    areas, only = AREAS | {"rent"}, frozenset({account_id})
    if not printed and behind is None:
        return Issued(link_id, name, content, Changes(areas, only))
    line = posted.note(ctx, _posted(ctx, candidate, title, variant, sha256, content), behind)
    return Issued(link_id, name, content, Changes(areas | {"letters", "post_log"}, only), line.id)


def _posted(ctx: Context, to: Candidate, title: str, variant: Variant, sha256: str, content: bytes) -> Posted:
    return Posted(
        title,
        addressee=to.name,
        form=variant.value,
        address=to.address,
        account_id=to.account_id,
        reference=to.reference,
        sha256=sha256,
        pages=1 if variant is Variant.TEXT else count_pages(content),
        key=f"{sha256} {ctx.clock.today()} {to.account_id}",
    )
