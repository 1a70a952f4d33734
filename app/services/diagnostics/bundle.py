"""The support bundle: what whoever helps needs to see, without anybody's personal data.

It is shown before it is written, and the program sends it nowhere.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import distributions
from io import BytesIO
from pathlib import Path
from typing import Final

from sqlalchemy import func, select, table

from app.models.db import Base
from app.models.landlord import Setting
from app.services.core import policy, schema
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.logs import masked, masked_log
from app.services.core.policy_values import Value, ValueType, declared
from app.services.core.private_files import write_private
from app.services.core.session import Desk
from app.services.diagnostics import machine
from app.services.diagnostics.dto import Finding, Report

_PRINTERS: Final = "Printers"
_READ_ME: Final = (
    "What Rentbook says of itself for whoever helps: how it is, its log, its versions, how many rows each table has,\n"
    "which settings are made, and the office's own policy values. It holds no name, address, reference, amount or account.\n"
)


def texts(report: Report, desk: Desk | None) -> dict[str, str]:
    """The files of the bundle by name, as text; of the program and this computer alone where no database is open."""
    findings = [{name: masked(text) for name, text in asdict(_plain(each)).items()} for each in report.findings]
    found = {
        "README.txt": _READ_ME,
        "doctor.json": _json({**asdict(report), "findings": findings}),
        "packages.json": _json(dict(sorted((each.name, each.version) for each in distributions()))),
        **{f"log/{name}": masked_log(text) for name, text in machine.log_texts().items()},
    }
    return found | (desk.ask(_of_database) if desk is not None else {})


def zipped(files: Mapping[str, str]) -> bytes:
    """The bundle as a zip file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return out.getvalue()


def write(files: Mapping[str, str], file: Path, *, replace: bool = False) -> None:
    """Write the bundle to a file that only its owner reads; over one that is there if whoever asks was told of it.

    Raises:
        UserError: there is a file of this name, or it can't be written there.
    """
    if file.exists() and not replace:
        raise UserError(f"There is a file at {file} already.", "Choose another name.")
    try:
        write_private(file, zipped(files))
    except OSError as error:
        raise UserError(f"The bundle can't be written to {file}: {error.strerror}.", "Choose another place.") from error


def _of_database(ctx: Context) -> dict[str, str]:
    counts = {name: ctx.session.scalar(select(func.count()).select_from(table(name))) for name in _tables()}
    made = sorted(ctx.session.scalars(select(Setting.key).where(Setting.value != "")))
    own = [_of_policy(each) for each in policy.edited(ctx.session)]
    about = {"revision": schema.revision(ctx.session), "engine": ctx.session.get_bind().dialect.name, "rows": counts}
    return {"database.json": _json(about), "settings.json": _json(made), "policy.json": _json(own)}


def _of_policy(value: Value) -> dict[str, object]:
    """A policy value; words may be anything, such as a bank account of the council, and are left out."""
    key = declared().get(value.key)
    words = key is None or key.type is ValueType.WORD
    return {"key": value.key, "value": "(words)" if words else value.value, "from": value.effective_from}


def _tables() -> Iterable[str]:
    return sorted(Base.metadata.tables)


def _plain(found: Finding) -> Finding:
    """A finding without the names of printers, which people give to them."""
    if found.about != _PRINTERS:
        return found
    names = machine.printer_names()
    return Finding(found.about, found.health, f"{len(names or ())} printers.")


def _json(found: object) -> str:
    return json.dumps(found, indent=1, default=str)
