"""The columns and filters of the register, and of an item's history."""

from __future__ import annotations

from app.models.values import PostState, PostStep, Subject
from app.services.post_log.dto import CHANNELS
from app.services.post_log.register.dto import EVERYTHING, Linked, RegisterRow, RegisterSort, Step, View, Way
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.facets import IN_THE_LAST, Choice, Facet
from app.views.common.paged_table import TableSpec
from app.views.common.post_columns import LINES, STATES

VIEWS = {
    View.MINE: "Mine",
    View.TEAM: "My team",
    View.TODAY: "Today",
    View.OVERDUE: "Overdue",
    View.SOON: "Due soon",
    View.UNALLOCATED: "With nobody",
    View.UNCHECKED: "Unchecked",
}
STEPS = {
    PostStep.LOGGED: "Logged",
    PostStep.CONFIRMED: "Checked",
    PostStep.CHANGED: "Changed",
    PostStep.ALLOCATED: "Given to",
    PostStep.ACKNOWLEDGED: "Acknowledged",
    PostStep.REPLIED: "Answered",
    PostStep.PAUSED: "Clock stopped",
    PostStep.RESUMED: "Clock goes on",
    PostStep.EXTENDED: "More time",
    PostStep.ESCALATED: "Raised with the team leader",
    PostStep.LINKED: "Linked",
    PostStep.WORK_STARTED: "Work begun",
    PostStep.CLOSED: "Closed",
    PostStep.REOPENED: "Opened again",
    PostStep.JUNKED: "Marked as junk",
    PostStep.MARKED_DUPLICATE: "Marked as a copy",
    PostStep.FORWARDED: "Forwarded",
    PostStep.CONTENT_DELETED: "Content deleted",
}
FACETS = (
    Facet("view", "View", tuple(Choice(view, words, quick=True) for view, words in VIEWS.items()), plain=True),
    Facet("ways", "Way", (Choice(Way.IN, "What came in"), Choice(Way.OUT, "What went out")), many=True, plain=True),
    Facet(
        "channels",
        "How",
        (*(Choice(channel.value, words) for channel, words in CHANNELS.items()), Choice("text", "Text message")),
        many=True,
    ),
    Facet("categories", "Category", many=True),
    Facet("officer_id", "With"),
    Facet("team_id", "With team"),
    Facet("states", "State", tuple(Choice(state, STATES[state]) for state in PostState), many=True),
    IN_THE_LAST,
    Facet("from_on", "Came or went from", day=True),
    Facet("to_on", "Came or went to", day=True),
)
SPEC: TableSpec[RegisterRow] = TableSpec(
    key="post_log.register",
    name="Post",
    noun=("line", "lines"),
    columns=LINES,
    everything=EVERYTHING,
    facets=FACETS,
    find="Name, subject, reference or number",
    sort=(RegisterSort.AT, True),
    stretch=RegisterSort.SUBJECT,
    nothing="Nothing is like that. Take a filter away, or try fewer words.",
    none="Nothing has come in or gone out yet.",
    money=False,
)
KINDS = {
    Subject.ACCOUNT: "Account",
    Subject.PERSON: "Person",
    Subject.PROPERTY: "Address",
    Subject.TASK: "Task",
    Subject.HOLD_CASE: "Case",
    Subject.POST_ITEM: "Post",
    Subject.ADJUSTMENT: "Adjustment",
    Subject.RECHARGE: "Recharge",
    Subject.REFUND: "Refund",
    Subject.WRITE_OFF: "Write-off",
    Subject.MANDATE: "Mandate",
    Subject.PURCHASE_ORDER: "Order",
    Subject.SUPPLIER: "Supplier",
    Subject.SUPPLIER_INVOICE: "Invoice",
}
"""What an item may be linked to, in the words of the office."""
LINKS: tuple[Column[Linked], ...] = (
    Column("kind", "What", lambda row: KINDS.get(row.subject, formats.words(row.subject)), 84, floor=60),
    Column("words", "Record", lambda row: row.words, 170),
    Column("detail", "How it stands", lambda row: row.detail, 190, least=1),
)
HISTORY: tuple[Column[Step], ...] = (
    Column("at", "When", lambda row: row.at, 146, holds=Holds.MOMENT, firm=True),
    Column(
        "step",
        "What",
        lambda row: f"{STEPS[row.step]} {row.to}" if row.to else STEPS[row.step],
        150,
        floor=90,
    ),
    Column("words", "", lambda row: row.words, 150),
    Column("who", "By", lambda row: row.who, 104),
)
