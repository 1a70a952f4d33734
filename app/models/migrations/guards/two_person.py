# ruff: noqa: S608  no value of a caller gets in: every part is written in this folder
"""What else takes two people, on SQL Server: rows that a login writes only while it carries out what another one asked for.

A request is carried out between its step `approved` and the end of its waiting, in one transaction. The owner of the database
is held to none of this: while the office has nobody who could approve, it begins by the owner.
"""

from typing import Final

NOT_YOURS: Final = "this login is not of that officer"
WINDOW: Final = "changes only by a request of another officer"
_KEPT: Final = "EXISTS (SELECT 1 FROM officer_login) AND ISNULL(IS_ROLEMEMBER('db_owner'), 0) <> 1"


def triggers() -> tuple[str, ...]:
    """Roles, limits, officers, policy and bank details."""
    return (
        _trigger(
            "officer_role",
            "INSERT, UPDATE, DELETE",
            "1 = 1",
            ("officer_add", "officer_roles", "officer_back"),
            "officer_id",
        ),
        _trigger("officer_limit", "INSERT, UPDATE", _RAISED, ("officer_limits",), "officer_id"),
        _trigger("officer", "UPDATE", _COMES, ("officer_back",), ""),
        _trigger("role", "INSERT, UPDATE, DELETE", "1 = 1", ("role",), ""),
        _trigger("role_permission", "INSERT, UPDATE, DELETE", "1 = 1", ("role",), ""),
        _trigger("policy_value", "INSERT, UPDATE, DELETE", _TO_COME, ("policy_value",), ""),
        _trigger("supplier_bank", "INSERT, UPDATE", _SUPPLIERS, ("supplier_bank",), ""),
        _trigger("bank_detail", "INSERT, UPDATE", _PAYEES, ("refund_bank_details",), ""),
    )


def added() -> tuple[str, ...]:
    """What goes in somebody's own name, who may stand in for whom, keys, and budgets of a year in use: of migration 0049."""
    return (
        *(_own_hand(table) for table in SIGNED),
        _delegation(),
        _trigger("encryption_key", "INSERT, UPDATE, DELETE", _UNASKED_KEY, ("new_key",), ""),
        _trigger("budget_entry", "INSERT", _LATE_BUDGET, ("budget_move",), ""),
    )


SIGNED: Final = ("access_review_line", "board_day", "finance_reconciliation", "load_batch", "till_session")
"""Tables with a column `signed_by`: whoever signs does so by their own login."""
_UNASKED_KEY: Final = """(EXISTS (SELECT 1 FROM deleted d WHERE d.number = i.number)
    OR NOT EXISTS (SELECT 1 FROM setting a WHERE a.[key] = 'keys.new_allowed' AND a.value <> ''))"""
"""A key is made once a second officer has agreed, and isn't changed."""
_LATE_BUDGET: Final = """i.kind = 'original' AND EXISTS (SELECT 1 FROM budget b JOIN budget c ON c.year = b.year
    JOIN budget_entry e ON e.budget_id = c.id AND e.kind <> 'original'
    WHERE b.id = i.budget_id AND DATEFROMPARTS(b.year, 4, 1) <= CAST(SYSUTCDATETIME() AS date))"""
"""Once a year has begun and something was done on its budgets."""


def _own_hand(table: str) -> str:
    key = {"access_review_line": ("review_id", "officer_id")}.get(table, ("id",))
    same = " AND ".join(f"d.{name} = i.{name}" for name in key)
    return f"""CREATE TRIGGER {table}_own_hand ON {table} AFTER INSERT, UPDATE AS
BEGIN
SET NOCOUNT ON;
IF ({_KEPT} AND EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON {same}
    WHERE i.signed_by IS NOT NULL AND (d.signed_by IS NULL OR d.signed_by <> i.signed_by)
    AND NOT EXISTS (SELECT 1 FROM officer_login l WHERE l.officer_id = i.signed_by AND l.login = ORIGINAL_LOGIN())))
    THROW 50002, '{NOT_YOURS}', 1;
END"""


def _delegation() -> str:
    """Approvals are given away by whose they are; what was given is only ended."""
    return f"""CREATE TRIGGER delegation_own_hand ON delegation AFTER INSERT, UPDATE AS
BEGIN
SET NOCOUNT ON;
IF ({_KEPT} AND EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON d.id = i.id
    WHERE (d.id IS NULL AND NOT EXISTS (SELECT 1 FROM officer_login l WHERE l.officer_id = i.from_id AND l.login = ORIGINAL_LOGIN()))
    OR (d.id IS NOT NULL AND (d.ended_at IS NOT NULL OR EXISTS (SELECT i.from_id, i.to_id, i.kinds, i.from_on, i.to_on
        EXCEPT SELECT d.from_id, d.to_id, d.kinds, d.from_on, d.to_on)))))
    THROW 50002, '{NOT_YOURS}', 1;
END"""


_RAISED: Final = """NOT EXISTS (SELECT 1 FROM deleted d WHERE d.officer_id = i.officer_id AND d.kind = i.kind
    AND d.line_pence >= i.line_pence AND d.batch_pence >= i.batch_pence)"""
"""A limit that falls takes nobody."""
_COMES: Final = "i.active = 1 AND NOT EXISTS (SELECT 1 FROM deleted d WHERE d.id = i.id AND d.active = 1 AND d.username = i.username)"
"""Somebody who comes back, or another name to sign in with; who is new can do nothing without a role."""
_TO_COME: Final = """(i.effective_from >= CAST(SYSUTCDATETIME() AS date) OR EXISTS (SELECT 1 FROM deleted d WHERE d.id = i.id
    AND EXISTS (SELECT d.value, d.effective_from EXCEPT SELECT i.value, i.effective_from)))"""
"""A value from today on, or one that stands changed; that one was verified as shipped is one officer's word."""
_RENEWS: Final = "ISNULL(IS_ROLEMEMBER('rentbook_administrator'), 0) = 1"
"""A new key, which two officers agreed on, seals every row anew, and with it what tells two rows apart."""
_SUPPLIERS: Final = f"""i.state = 'in_force' AND NOT EXISTS (SELECT 1 FROM deleted d WHERE d.id = i.id AND d.state = 'in_force'
    AND (d.fingerprint = i.fingerprint OR {_RENEWS}))"""
_PAYEES: Final = f"""i.state = 'in_force' AND (EXISTS (SELECT 1 FROM deleted d WHERE d.id = i.id
        AND (d.state <> 'in_force' OR (d.fingerprint <> i.fingerprint AND NOT {_RENEWS})))
    OR (NOT EXISTS (SELECT 1 FROM deleted d WHERE d.id = i.id) AND EXISTS (SELECT 1 FROM bank_detail o WHERE o.id <> i.id
        AND o.state = 'in_force' AND (o.person_id = i.person_id OR (i.person_id IS NULL AND o.account_id = i.account_id)))))"""
"""The first details of a payee are approved with the refund that is paid to them; any others by themselves."""


def _trigger(table: str, when: str, changed: str, kinds: tuple[str, ...], subject: str) -> str:
    """Refuse rows that changed in a way that takes two, outside a request of one of some kinds, about the row's own officer."""
    found = f"EXISTS (SELECT 1 FROM inserted i WHERE {changed} AND NOT EXISTS ({_carried_out(kinds, subject, 'i')}))"
    if "DELETE" in when:
        gone = f"EXISTS (SELECT 1 FROM deleted d WHERE NOT EXISTS ({_carried_out(kinds, subject, 'd')}))"
        found = f"({found} OR (NOT EXISTS (SELECT 1 FROM inserted) AND {gone}))"
    return f"""CREATE TRIGGER {table}_by_two ON {_NAMES.get(table, table)} AFTER {when} AS
BEGIN
SET NOCOUNT ON;
IF ({_KEPT} AND {found}) THROW 50002, '{table} {WINDOW}', 1;
END"""


def _carried_out(kinds: tuple[str, ...], subject: str, row: str) -> str:
    keys = ", ".join(f"'{each}'" for each in kinds)
    about = f"AND (s.kind = 'officer_add' OR s.subject_id = {row}.{subject})" if subject else ""
    return f"""SELECT 1 FROM approval_sound s
    JOIN approval_request q ON q.id = s.request_id AND q.state = 'waiting'
    JOIN approval_event y ON y.request_id = q.id AND y.action = 'approved' AND y.login = ORIGINAL_LOGIN()
    WHERE s.kind IN ({keys}) {about}"""


_NAMES: Final = {"role": "[role]"}
