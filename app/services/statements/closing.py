"""The closing statement of a tenancy, plugged into the ending that asks for it."""

from __future__ import annotations

from datetime import date

from app.models.values import Subject
from app.services.core.context import Context
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.exports.statement.pdf import statement_pdf
from app.services.letters.sender import sender
from app.services.statements import gathering
from app.services.statements.dto import Variant
from app.services.tenancies.endings import closing


def register() -> None:
    """Plug the making of statements into endings."""
    closing.register(keep)


def keep(ctx: Context, account_id: int, from_on: date, to_on: date, title: str) -> int:
    """Keep an account's statement of some days (both included) with the account; returns the document's link."""
    candidate = gathering.candidate(ctx, account_id)
    statement = gathering.statements(ctx, [candidate], from_on, to_on)[0]
    content = statement_pdf(statement, sender(ctx), Variant.STANDARD)
    name = safe_name(f"{title} {candidate.reference} {to_on.isoformat()}") + ".pdf"
    sha256 = documents.put(ctx, content, "application/pdf")
    return documents.link(ctx, sha256, NewLink(Subject.ACCOUNT, account_id, "statement", title, name))
