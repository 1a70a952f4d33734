"""The services behind what every page shares: documents, drafts, presence, tables."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.services.core.errors import UserError
from app.services.core.finding import find
from app.services.core.session import Desk
from app.services.documents import commands as document_commands
from app.services.documents import queries as documents
from app.services.workbench import exporting
from app.services.workbench import presence as presences
from app.services.workbench.drafts.desk import DeskDrafts
from app.services.workbench.filters import commands as filter_commands
from app.services.workbench.filters import queries as filter_queries
from app.views.common.document_doors import DocumentDoors
from app.views.common.drafts import Drafts
from app.views.common.presence import Presence
from app.views.common.table_doors import TableDoors

DOCUMENTS = DocumentDoors(
    documents.listed,
    documents.opened,
    documents.trail,
    documents.limits_of_today,
    document_commands.attach,
    document_commands.link_to,
    document_commands.unlink,
    find,
)
"""The services behind every documents panel."""


def drafts(desk: Desk, refused: Callable[[UserError], object], owner: QObject) -> Drafts:
    """Where forms in progress are kept."""
    return Drafts(DeskDrafts(desk), desk.clock, refused, owner)


def presence(desk: Desk, owner: QObject) -> Presence:
    """Who has what open."""
    return Presence(lambda window, records: desk.do(presences.beat, window, records), owner)


def tables(database: str) -> TableDoors:
    """The services behind every table of the window."""
    return TableDoors(
        database,
        exporting.export,
        exporting.pages,
        filter_queries.saved_filters,
        filter_commands.save_filter,
        filter_commands.rename_filter,
        filter_commands.share_filter,
        filter_commands.delete_filter,
        filter_commands.open_with,
    )
