# ruff: noqa: S608  no value of a caller gets in: every part is written in this folder
"""What else takes two people, on SQL Server: rows that a login writes only while it carries out what another one asked for.

A request is carried out between its step `approved` and the end of its waiting, in one transaction. The owner of the database
is held to none of this: while the office has nobody who could approve, it begins by the owner.
"""

from typing import Final

WINDOW: Final = "changes only by a request of another officer"
_KEPT: Final = "EXISTS (SELECT 1 FROM officer_login) AND ISNULL(IS_ROLEMEMBER('db_owner'), 0) <> 1"


def triggers() -> tuple[str, ...]:
    """Roles, limits, officers, policy and bank details."""
    return (
        _trigger(
            "officer_role", "INSERT, UPDATE", "1 = 1", ("officer_add", "officer_roles", "officer_back"), "officer_id"
        ),
        _trigger("officer_limit", "INSERT, UPDATE", _RAISED, ("officer_limits",), "officer_id"),
        _trigger("officer", "UPDATE", _COMES, ("officer_back",), ""),
        _trigger("role", "INSERT, UPDATE, DELETE", "1 = 1", ("role",), ""),
        _trigger("role_permission", "INSERT, UPDATE, DELETE", "1 = 1", ("role",), ""),
        _trigger("policy_value", "INSERT, UPDATE, DELETE", _TO_COME, ("policy_value",), ""),
        _trigger("supplier_bank", "INSERT, UPDATE", _SUPPLIERS, ("supplier_bank",), ""),
        _trigger("bank_detail", "INSERT, UPDATE", _PAYEES, ("refund_bank_details",), ""),
    )


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
    keys = ", ".join(f"'{each}'" for each in kinds)
    about = f"AND (s.kind = 'officer_add' OR s.subject_id = i.{subject})" if subject else ""
    carried_out = f"""SELECT 1 FROM approval_sound s
    JOIN approval_request q ON q.id = s.request_id AND q.state = 'waiting'
    JOIN approval_event y ON y.request_id = q.id AND y.action = 'approved' AND y.login = ORIGINAL_LOGIN()
    WHERE s.kind IN ({keys}) {about}"""
    found = f"EXISTS (SELECT 1 FROM inserted i WHERE {changed} AND NOT EXISTS ({carried_out}))"
    if "DELETE" in when:
        gone = (
            f"(NOT EXISTS (SELECT 1 FROM inserted) AND EXISTS (SELECT 1 FROM deleted) AND NOT EXISTS ({carried_out}))"
        )
        found = f"({found} OR {gone})"
    return f"""CREATE TRIGGER {table}_by_two ON {_NAMES.get(table, table)} AFTER {when} AS
BEGIN
SET NOCOUNT ON;
IF ({_KEPT} AND {found}) THROW 50002, '{table} {WINDOW}', 1;
END"""


_NAMES: Final = {"role": "[role]"}
