"""Profiles of councils' files, asked for once and kept beside the user's settings: reading needs no database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

from app.services.core.errors import UserError
from app.services.core.private_files import write_private
from app.services.purchase_orders.spending.dto import NEEDED, DayOrder, Part, Profile


def place() -> Path:
    """The file that holds them."""
    return Path(platformdirs.user_config_dir("Rentbook", appauthor=False)) / "spending_profiles.json"


def kept(path: Path | None = None) -> dict[str, Profile]:
    """Every profile by its name; none where the file isn't there.

    Raises:
        UserError: the file can't be read as profiles.
    """
    path = path or place()
    try:
        found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {name: _profile(name, each) for name, each in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            f"The profiles in {path} can't be read: {error}.", "Put the file right, or move it away and say them again."
        ) from error


def keep(profile: Profile, path: Path | None = None) -> None:
    """Keep a profile under its name, over one of the same name.

    Raises:
        UserError: it has no name, or doesn't say where date, supplier and amount stand; or the file can't be written.
    """
    path = path or place()
    if not profile.name.strip():
        raise UserError("The profile needs a name.", "Give it the council's: --profile NAME.", "profile")
    missing = [part.value for part in NEEDED if not profile.headings.get(part)]
    if missing:
        raise UserError(
            f"The profile doesn't say which column is the {' and the '.join(missing)}.", "Say it by --column.", "column"
        )
    every = kept(path) | {profile.name.strip(): profile}
    data = {name: _written(each) for name, each in sorted(every.items())}
    try:
        write_private(path, json.dumps(data, indent=2, ensure_ascii=False))
    except OSError as error:
        raise UserError(f"{path} can't be written: {error}.", "Ask whoever looks after this computer.") from error


def _profile(name: str, found: Mapping[str, Any]) -> Profile:
    dates = found.get("dates")
    return Profile(
        name,
        {Part(part): str(heading) for part, heading in found["columns"].items()},
        DayOrder(dates) if dates else None,
    )


def _written(profile: Profile) -> dict[str, Any]:
    return {
        "columns": {part.value: heading for part, heading in profile.headings.items()},
        "dates": profile.dates.value if profile.dates else "",
    }
