"""Requests for approval and their trail, those about periods among them; documents are taken away with a reason."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONG_TEXT = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

REQUEST = sa.Table(
    "approval_request",
    sa.MetaData(),
    sa.Column("id", ID, primary_key=True),
    *(sa.Column(name, sa.Unicode) for name in ("kind", "subject", "summary", "reason", "payload", "digest", "chain")),
    *(sa.Column(name, sa.Unicode) for name in ("state", "decision")),
    *(sa.Column(name, ID) for name in ("subject_id", "asked_by", "decided_by")),
    *(sa.Column(name, sa.Integer) for name in ("count", "version")),
    *(sa.Column(name, MOMENT) for name in ("asked_at", "decided_at")),
    sa.Column("expires_on", sa.Date),
)
DETAIL = sa.table(
    "approval_detail",
    *(sa.column(name, sa.BigInteger) for name in ("request_id", "place")),
    *(sa.column(name, sa.Unicode) for name in ("label", "before", "after")),
)
EVENT = sa.Table(
    "approval_event",
    sa.MetaData(),
    sa.Column("id", ID, primary_key=True),
    *(sa.Column(name, ID) for name in ("request_id", "officer_id")),
    *(sa.Column(name, sa.Unicode) for name in ("action", "reason", "digest")),
    sa.Column("at", MOMENT),
)

_NO_UPDATE = """CREATE TRIGGER approval_event_no_update BEFORE UPDATE ON approval_event
BEGIN SELECT RAISE(ABORT, 'approval_event is append only'); END"""
_NO_DELETE = """CREATE TRIGGER approval_event_no_delete BEFORE DELETE ON approval_event
BEGIN SELECT RAISE(ABORT, 'approval_event is append only'); END"""
_NO_REPLACE = """CREATE TRIGGER approval_event_no_replace BEFORE INSERT ON approval_event
WHEN EXISTS (SELECT 1 FROM approval_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'approval_event is append only'); END"""
_NO_CHANGE = """CREATE TRIGGER approval_event_no_change ON approval_event INSTEAD OF UPDATE, DELETE AS
BEGIN THROW 50001, 'approval_event is append only', 1; END"""


def upgrade() -> None:
    """Make the tables, and guard the trail."""
    _approval_request()
    _approval_detail()
    _approval_event()
    _guard_trail()
    _document_link()
    _period_actions()


def _period_actions() -> None:
    """What was asked about periods becomes requests like any other, waiting or approved, with their trail."""
    connection = op.get_bind()
    actions = connection.execute(
        sa.text(
            "SELECT a.id, a.period_id, p.name, a.to_state, a.reason, a.requested_by, a.requested_at, a.authorised_by, "
            "a.authorised_at FROM period_action a JOIN period p ON p.id = a.period_id ORDER BY a.id"
        ).columns(requested_at=MOMENT, authorised_at=MOMENT)
    ).all()
    for at, action in enumerate(actions, 1):
        made = _request_of(at, action)
        connection.execute(REQUEST.insert(), [made])
        before = "open" if action.to_state == "closed" else "closed"
        line = {"request_id": at, "place": 1, "label": "State", "before": before, "after": action.to_state}
        connection.execute(DETAIL.insert(), [line])
        steps = [("asked", action.requested_by, action.requested_at, made["reason"])]
        if action.authorised_by is not None:
            steps.append(("approved", action.authorised_by, action.authorised_at, ""))
        for what, officer, moment, reason in steps:
            step = {"request_id": at, "at": moment, "officer_id": officer, "action": what, "reason": reason}
            connection.execute(EVENT.insert(), [step | {"digest": made["digest"]}])
    op.drop_index("ix_period_action_period_id", "period_action")
    op.drop_table("period_action")


def _request_of(request_id: int, action: sa.Row[tuple[Any, ...]]) -> dict[str, Any]:
    """A period's action as a request, with the digest that the program would have given it."""
    closing = action.to_state == "closed"
    payload = {"period": action.name, "to_state": action.to_state}
    said = {
        "kind": "period_change",
        "subject": "period",
        "subject_id": action.period_id,
        "summary": f"{'Close' if closing else 'Reopen'} {action.name}",
        "reason": action.reason or "Month end",
        "payload": payload,
        "total": None,
        "largest": None,
        "count": 1,
        "chain": "",
    }
    digest = hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    approved = action.authorised_by is not None
    kept = {key: value for key, value in said.items() if key not in {"total", "largest", "payload"}}
    return kept | {
        "id": request_id,
        "payload": json.dumps(payload, sort_keys=True, ensure_ascii=False),
        "digest": digest,
        "state": "approved" if approved else "waiting",
        "asked_by": action.requested_by,
        "asked_at": action.requested_at,
        "expires_on": action.requested_at.date() + timedelta(days=30),
        "decided_by": action.authorised_by,
        "decided_at": action.authorised_at,
        "decision": "",
        "version": 1,
    }


def _document_link() -> None:
    """A document can be taken away from a record, and its link stays to say who did so, when and why."""
    with op.batch_alter_table("document_link") as table:
        table.add_column(sa.Column("unlinked_at", MOMENT, nullable=True))
        table.add_column(sa.Column("unlinked_by", ID, nullable=True))
        table.add_column(sa.Column("unlinked_reason", sa.Unicode(length=400), server_default="", nullable=False))
        table.create_foreign_key(op.f("fk_document_link_unlinked_by_officer"), "officer", ["unlinked_by"], ["id"])


def _approval_request() -> None:
    op.create_table(
        "approval_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=40), nullable=False),
        sa.Column("subject", sa.Unicode(length=20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("summary", sa.Unicode(length=200), nullable=False),
        sa.Column("reason", sa.Unicode(length=1000), nullable=False),
        sa.Column("payload", LONG_TEXT, nullable=False),
        sa.Column("digest", sa.Unicode(length=64), nullable=False),
        sa.Column("total_pence", sa.BigInteger(), nullable=True),
        sa.Column("largest_pence", sa.BigInteger(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Unicode(length=80), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_for", ID, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision", sa.Unicode(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["officer.id"], name=op.f("fk_approval_request_asked_by_officer")),
        sa.ForeignKeyConstraint(["decided_by"], ["officer.id"], name=op.f("fk_approval_request_decided_by_officer")),
        sa.ForeignKeyConstraint(["decided_for"], ["officer.id"], name=op.f("fk_approval_request_decided_for_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_request")),
    )
    for columns in (["state", "kind"], ["subject", "subject_id"], ["asked_by", "state"], ["chain"]):
        op.create_index(f"ix_approval_request_{'_'.join(columns)}", "approval_request", columns, unique=False)


def _approval_detail() -> None:
    op.create_table(
        "approval_detail",
        sa.Column("request_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("label", sa.Unicode(length=200), nullable=False),
        sa.Column("before", LONG_TEXT, nullable=False),
        sa.Column("after", LONG_TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name=op.f("fk_approval_detail_request_id_approval_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "place", name=op.f("pk_approval_detail")),
    )


def _approval_event() -> None:
    op.create_table(
        "approval_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("for_officer_id", ID, nullable=True),
        sa.Column("action", sa.Unicode(length=20), nullable=False),
        sa.Column("reason", sa.Unicode(length=1000), nullable=False),
        sa.Column("digest", sa.Unicode(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name=op.f("fk_approval_event_request_id_approval_request")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_approval_event_officer_id_officer")),
        sa.ForeignKeyConstraint(
            ["for_officer_id"], ["officer.id"], name=op.f("fk_approval_event_for_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_event")),
    )
    op.create_index(op.f("ix_approval_event_request_id"), "approval_event", ["request_id"], unique=False)


def _guard_trail() -> None:
    """Refuse to change a step of the trail; on SQLite REPLACE meets no DELETE trigger, so INSERT over a step is refused too."""
    server = op.get_bind().dialect.name == "mssql"
    for statement in (_NO_CHANGE,) if server else (_NO_UPDATE, _NO_DELETE, _NO_REPLACE):
        op.execute(statement)
