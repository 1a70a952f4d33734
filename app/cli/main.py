"""`rentbook`: the commands, and what happens when one goes wrong.

Exit codes: 0 done, 1 refused or faults found, 2 wrong usage.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

import click

import app
from app.cli.frame import REFUSED, Modules, tell
from app.services.core import logs
from app.services.core.errors import Cancelled, UserError

_MODULES: Final = {
    "db": "database",
    "demo": "demonstration",
    "landlord": "landlord",
    "load": "loading",
    "charge": "charging",
    "charge-change": "charge_change",
    "debit-control": "debit_control",
    "tenancy": "tenancy",
    "period": "periods",
    "adjust": "adjust",
    "credits": "credits",
    "refunds": "refunds",
    "approve": "approvals",
    "tasks": "tasks",
    "holds": "holds",
    "post": "post",
    "workdays": "workdays",
    "dd": "direct_debits",
    "orders": "purchase_orders",
    "invoices": "purchase_orders",
    "spend": "purchase_orders",
    "bank": "bank",
    "receipts": "receipts",
    "till": "till",
    "suspense": "suspense",
    "cards": "cards",
    "signing": "signing",
    "jobs": "jobs",
    "arrangement": "arrangement",
    "arrangements": "arrangement",
    "find": "accounts",
    "balance": "accounts",
    "ledger": "accounts",
    "statement": "statements",
    "statements": "statements",
    "letters": "letters",
    "check": "accounts",
    "officer": "officers",
    "policy": "policy",
    "key": "keys",
    "report-views": "report_views",
    "exit": "exit_export",
    "doctor": "doctor",
    "support": "support",
}


@click.group(cls=Modules, package="app.cli", modules=_MODULES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(app.__version__, prog_name="Rentbook")
def cli() -> None:
    """Rentbook: rent accounts, charges and statements of a housing rents team."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    logs.start()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        result = cli.main(args=arguments, prog_name="rentbook", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UserError as error:
        tell(error.message)
        if error.hint:
            tell(error.hint)
        return REFUSED
    except (click.Abort, KeyboardInterrupt, Cancelled):
        tell("Stopped. What was not finished is not there.")
        return REFUSED
    except BrokenPipeError:
        return REFUSED
    except Exception as error:  # noqa: BLE001  whatever nobody expected is logged, not shown as a traceback
        tell(f"Something went wrong in Rentbook (reference {logs.unexpected(error)}); nothing is half posted.")
        tell(f"The details are in {logs.log_file()}")
        return REFUSED
    return result if isinstance(result, int) else 0
