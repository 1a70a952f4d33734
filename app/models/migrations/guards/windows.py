# ruff: noqa: S608  no value of a caller gets in: every part is written in this folder
"""Rows that come about only while a request of another officer is carried out: between its step `approved` and its end.

One condition for both engines: `i` is the row as it will be, `d` as it was, and all of `d` is null where the row is new.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

WORDS: Final = "changes so only by a request of another officer"


@dataclass(frozen=True, slots=True)
class Window:
    """What of a table takes two.

    Attributes:
        table: the table, whose key is `key`.
        columns: what the condition looks at, besides the key.
        changed: what takes two, by `i` and `d`.
        kinds: the requests that let it through.
        about: columns of the row, one of which is what the request is about; none: any request of these kinds.
        key: by what a row is known again.
        new: a new row may take two as well.
    """

    table: str
    columns: tuple[str, ...]
    changed: str
    kinds: tuple[str, ...]
    about: tuple[str, ...] = ("id",)
    key: tuple[str, ...] = ("id",)
    new: bool = True


def _becomes(column: str) -> str:
    """A column is filled, or says another than it did."""
    return f"(i.{column} IS NOT NULL AND (d.{column} IS NULL OR d.{column} <> i.{column}))"


def _listed(*words: str) -> str:
    return f"({', '.join(repr(each) for each in words)})"


def _comes(*states: str) -> str:
    """A row comes into one of some states from another, or begins in it."""
    return f"(i.state IN {_listed(*states)} AND (d.state IS NULL OR d.state NOT IN {_listed(*states)}))"


def _moves(*states: str) -> str:
    """A row that stands comes into one of some states from another."""
    return f"(i.state IN {_listed(*states)} AND d.state NOT IN {_listed(*states)})"


def _differ(*columns: str) -> str:
    return "(" + " OR ".join(f"i.{each} <> d.{each}" for each in columns) + ")"


_ORDERED: Final = ("open", "closed")
_OWED: Final = ("approved", "in_run", "paid")
_MOST_ALONE: Final = """(SELECT MAX(v.pence) FROM (SELECT 1000 AS pence UNION ALL
        SELECT TRY_CAST(p.value AS DECIMAL(19, 2)) * 100 FROM policy_value p WHERE p.[key] = 'bank.difference_alone') v)"""
"""What policy ever left to one officer, as shipped or edited: which of them counts on a day the program knows."""
_POST: Final = ("weekly_charge", "debit_posting", "receipt_files")
_GUARD: Final = ("backup", "checks")
_TWO_PEOPLE: Final = "(SELECT COUNT(*) FROM officer f WHERE f.active = 1 AND f.username <> 'system') > 1"
_ALLOWS: Final = "('keys.new_allowed', 'exit_export.opened_allowed')"
_ON: Final = "rent garage recharge court_costs hb_overpayment former_tenant leasehold sundry control"
"""The kinds of account: none of these words is in another."""
_MORE_ACCOUNTS: Final = " OR ".join(
    f"(i.account_kinds LIKE '%{each}%' AND d.account_kinds NOT LIKE '%{each}%')" for each in _ON.split()
)
_LOOSER_KIND: Final = f"""d.[key] IS NULL OR i.active > d.active OR i.always_approved < d.always_approved
    OR i.needs_evidence < d.needs_evidence OR i.needs_period < d.needs_period OR i.tells_benefit < d.tells_benefit
    OR {_differ("code", "side")} OR {_MORE_ACCOUNTS}"""
"""A kind of adjustment that lets more through than it did."""
_LOOSER_REASON: Final = """d.[key] IS NULL OR i.active > d.active OR i.needs_trace < d.needs_trace
    OR i.for_current > d.for_current OR i.for_joint > d.for_joint
    OR i.least_letters < d.least_letters OR i.least_days < d.least_days
    OR (d.needs_evidence <> '' AND i.needs_evidence <> d.needs_evidence)
    OR (d.most_pence IS NOT NULL AND (i.most_pence IS NULL OR i.most_pence > d.most_pence))"""
"""The same of a reason of write-offs."""

WINDOWS: Final = (
    Window(
        "purchase_order",
        ("state", "approved_by"),
        f"{_becomes('approved_by')} OR {_moves(*_ORDERED)}",
        ("purchase_order", "order_amendment", "agreement_amendment"),
    ),
    Window(
        "order_version",
        ("order_id", "state", "approved_by"),
        f"{_becomes('approved_by')} OR {_moves('approved')}",
        ("purchase_order", "order_amendment", "agreement_amendment"),
        ("order_id",),
    ),
    Window(
        "supplier_invoice",
        ("state", "approved_by", "supplier_id", "credits_id", "net_pence", "vat_pence"),
        f"{_comes(*_OWED)} OR {_becomes('approved_by')} OR (d.state IN {_listed(*_OWED)} AND {_differ('supplier_id', 'net_pence', 'vat_pence')})",
        ("supplier_invoice",),
        ("id", "credits_id"),
    ),
    Window("budget_move", ("state",), _comes("posted"), ("budget_move",)),
    Window("budget_entry", ("kind", "subject_id"), "i.kind = 'revised'", ("budget_move",), ("subject_id",)),
    Window("code_transfer", ("state",), _comes("posted"), ("code_transfer",)),
    Window(
        "supplier_contract",
        ("state", "approved_by", "supplier_id", "starts_on", "ends_on", "value_pence"),
        f"""{_comes("in_force")} OR {_becomes("approved_by")}
    OR (d.state = 'in_force' AND i.state = 'in_force' AND {_differ("supplier_id", "starts_on", "ends_on", "value_pence")})""",
        ("supplier_contract",),
        ("supplier_id",),
    ),
    Window(
        "purchase_category",
        ("no_order_needed", "cis", "works"),
        f"{_differ('no_order_needed', 'cis', 'works')} OR (d.id IS NULL AND (i.no_order_needed = 1 OR i.cis = 1 OR i.works = 1))",
        ("purchase_category",),
    ),
    Window("period", ("state",), _moves("open") + " OR " + _comes("closed"), ("period_change",)),
    Window("debit_control", ("checked_by",), _becomes("checked_by"), ("debit_control",)),
    Window(
        "charge_change",
        ("state",),
        f"""{_comes("applied")} AND NOT EXISTS (SELECT 1 FROM policy_value p
    WHERE p.[key] = 'charges.bulk_change_needs_second_person' AND p.value = 'no')""",
        ("charge_change",),
    ),
    Window(
        "outgoing",
        ("state", "approved_by"),
        f"{_becomes('approved_by')} OR (d.state = 'waiting' AND i.state NOT IN ('waiting', 'cancelled'))",
        ("letter", "letter_batch"),
        (),
        new=False,
    ),
    Window(
        "letter_template_version",
        ("state", "approved_by"),
        f"{_becomes('approved_by')} OR {_moves('approved')}",
        ("letter_wording",),
        (),
        new=False,
    ),
    Window("post_item", ("content_deleted_at",), _becomes("content_deleted_at"), ("post_deletion",), (), new=False),
    Window(
        "job",
        ("active", "schedule", "folder"),
        f"""(i.name IN {_listed(*_POST)} AND i.active = 1 AND (d.active = 0 OR {_differ("schedule", "folder")}))
    OR (i.name IN {_listed(*_GUARD)} AND (i.active < d.active OR (i.schedule <> d.schedule AND d.active = 1
        AND (i.schedule LIKE 'week %' OR i.schedule LIKE 'month %'))) AND {_TWO_PEOPLE})""",
        ("job",),
        (),
        ("name",),
        new=False,
    ),
    Window(
        "setting",
        ("value",),
        f"i.[key] IN {_ALLOWS} AND i.value <> '' AND (d.value IS NULL OR d.value <> i.value)",
        ("new_key", "exit_export"),
        (),
        ("key",),
    ),
    Window(
        "bank_match_part",
        ("part", "pence"),
        f"""i.part = 'difference' AND {_MOST_ALONE} < ABS((SELECT SUM(o.pence) FROM bank_match_part o
    WHERE o.match_id = i.match_id AND o.part = 'difference'))""",
        ("bank_difference",),
        (),
        ("match_id", "place"),
    ),
    Window(
        "adjustment_kind",
        (
            "code",
            "side",
            "account_kinds",
            "needs_evidence",
            "needs_period",
            "always_approved",
            "tells_benefit",
            "active",
        ),
        _LOOSER_KIND,
        ("adjustment_kind",),
        (),
        ("key",),
    ),
    Window(
        "write_off_reason",
        (
            "most_pence",
            "least_letters",
            "least_days",
            "needs_trace",
            "needs_evidence",
            "for_current",
            "for_joint",
            "active",
        ),
        _LOOSER_REASON,
        ("write_off_reason",),
        (),
        ("key",),
    ),
)


def on_file(each: Window) -> Iterator[str]:
    """The triggers of a SQLite file."""
    columns = tuple(dict.fromkeys((*each.key, *each.columns, *each.about)))
    now, was = (", ".join(f"{row}.{name} AS {name}" for name in map(_quoted, columns)) for row in ("NEW", "OLD"))
    never = ", ".join(f"NULL AS {name}" for name in map(_quoted, columns))
    changed = each.changed.replace("TRY_CAST", "CAST")
    when = [("", f"UPDATE OF {', '.join(map(_quoted, columns))}", was)]
    if each.new:
        when.append(("_new", "INSERT", never))
    for end, event, before in when:
        yield f"""CREATE TRIGGER {each.table}_asked_for{end} AFTER {event} ON {each.table} BEGIN
SELECT RAISE(ABORT, '{each.table} {WORDS}') FROM (SELECT {now}) i CROSS JOIN (SELECT {before}) d
WHERE ({changed})
    AND NOT EXISTS ({_carried_out(each)});
END"""


def on_server(each: Window) -> str:
    """The trigger of SQL Server."""
    same = " AND ".join(f"d.{name} = i.{name}" for name in map(_quoted, each.key))
    mine = "AND EXISTS (SELECT 1 FROM approval_event y WHERE y.request_id = q.id AND y.action = 'approved' AND y.login = ORIGINAL_LOGIN())"
    return f"""CREATE TRIGGER {each.table}_asked_for ON {each.table} AFTER {"INSERT, UPDATE" if each.new else "UPDATE"} AS
BEGIN
SET NOCOUNT ON;
IF EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON {same}
WHERE ({each.changed})
    AND NOT EXISTS ({_carried_out(each)} {mine})) THROW 50002, '{each.table} {WORDS}', 1;
END"""


def _carried_out(each: Window) -> str:
    kinds = ", ".join(f"'{kind}'" for kind in each.kinds)
    about = f" AND s.subject_id IN ({', '.join(f'i.{name}' for name in each.about)})" if each.about else ""
    return f"""SELECT 1 FROM approval_sound s JOIN approval_request q ON q.id = s.request_id AND q.state = 'waiting'
    WHERE s.kind IN ({kinds}){about}"""


def _quoted(name: str) -> str:
    """A column whose name is a word of SQL."""
    return f"[{name}]" if name == "key" else name
