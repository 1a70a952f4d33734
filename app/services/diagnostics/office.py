"""The database and the office: what the doctor looks at once a database is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from app.models.properties import RentFreeWeek
from app.services.backups import queries as backups
from app.services.bacs import queries as bacs
from app.services.core import closures, gate, keys, policy, policy_values, schema, server_state, sqlite_files
from app.services.core.calendars import RentYear, rent_year
from app.services.core.clock import SystemClock
from app.services.core.context import Context
from app.services.core.rent_years import stated_years
from app.services.diagnostics import machine
from app.services.diagnostics.dto import Finding, Health
from app.services.home.keeping import Run, last_run
from app.services.jobs import queries as jobs
from app.services.ledger import checks
from app.services.ledger.chain_end import broken_links

_LINKS: Final = 200
"""Journals at the end of the chain that are looked at in a moment."""
_CHECKED_DAYS: Final = 7
_AHEAD: Final = timedelta(days=60)
"""How long before a rent year begins its rent-free weeks should be stated."""
_CHRISTMAS: Final = 12


def findings(ctx: Context, *, full: bool) -> Iterator[Finding]:
    """Everything of the open database; `full` proves the whole ledger, as `rentbook check` does."""
    probes: tuple[Callable[[Context], Iterator[Finding]], ...] = (
        _database, _where, _server, _gate, _key, _backup, _calendar, _weights, _policy, _jobs,
    )  # fmt: skip
    for done, probe in enumerate(probes):
        ctx.cancel.check()
        ctx.progress(done, len(probes) + 1, "the office")
        yield from probe(ctx)
    yield from _ledger(ctx, full=full)


def _database(ctx: Context) -> Iterator[Finding]:
    found = schema.revision(ctx.session)
    if schema.state(found) == "current":
        yield Finding("Schema", Health.OK, f"The database is as this program needs it (step {found}).")
    else:
        words = f"The database is at step {found}, and this program knows step {schema.newest()}."
        yield Finding("Schema", Health.FAULT, words, "Install the same Rentbook on every computer.")


def _file(ctx: Context) -> Path | None:
    """The file of a local database."""
    bind = ctx.session.get_bind()
    return Path(bind.engine.url.database or "") if bind.dialect.name == "sqlite" else None


def _where(ctx: Context) -> Iterator[Finding]:
    file = _file(ctx)
    if file is None:
        return
    share = sqlite_files.network_share(file.absolute())
    if share:
        words = f"The database file lies on {share}: two computers could damage it."
        yield Finding("Place", Health.FAULT, words, "Move the file to a disk of this computer, or use a shared server.")
    else:
        yield Finding(
            "Place", Health.OK, f"A file of {file.stat().st_size / (1 << 20):,.0f} MB on a disk of this computer."
        )
    yield machine.room("Room for the database", file.parent)


def _server(ctx: Context) -> Iterator[Finding]:
    yield machine.driver(needed=_file(ctx) is None)
    if _file(ctx) is not None:
        return
    state = server_state.look(ctx.session)
    name = str(ctx.session.get_bind().engine.url.database or "")
    for words in server_state.warnings(state):
        yield Finding("Server", Health.WARNING, words, " ".join(server_state.advice(state, name)))
    if not server_state.warnings(state):
        yield Finding("Server", Health.OK, "The server is set up as Rentbook advises.")


def _gate(ctx: Context) -> Iterator[Finding]:
    standing = gate.look(ctx.session)
    if standing.closed:
        words = "Rentbook is closed for maintenance: only an administrator can save anything."
        yield Finding("Maintenance", Health.WARNING, words, "Open it again in Admin, Who is here.")
    if not isinstance(ctx.clock, SystemClock):
        return
    words = gate.clock_difference(ctx.clock, standing.moment).words
    if words:
        yield Finding("Clock", Health.WARNING, words, "Put the clock of this computer right.")
    else:
        yield Finding("Clock", Health.OK, "This computer's clock agrees with the database's.")


def _key(ctx: Context) -> Iterator[Finding]:
    missing = keys.missing(ctx.session)
    if missing:
        words = f"This desk lacks the key {' and '.join(missing)}: what is sealed with it is shown masked."
        yield Finding("Key", Health.FAULT, words, "Read in the file of whoever has it: rentbook key import FILE.")
    else:
        yield Finding("Key", Health.OK, "This desk has every key of the database.")


def _backup(ctx: Context) -> Iterator[Finding]:
    found = backups.standing(ctx)
    if found.warning:
        yield Finding("Backup", Health.WARNING, found.warning, "Make one: rentbook db backup, or Admin, Backups.")
    else:
        yield Finding("Backup", Health.OK, found.told or "There is a good backup.")
    file, (folder, chosen) = _file(ctx), backups.folder_of(ctx)
    if file is not None and chosen:
        yield machine.room("Room for backups", Path(folder))


def _calendar(ctx: Context) -> Iterator[Finding]:
    """Bank holidays are worked out for every year; what only the office knows are its closures and rent-free weeks."""
    today, stated = ctx.clock.today(), stated_years(ctx.session)
    year = rent_year(today, stated)
    following = rent_year(year.last_week_on + timedelta(days=7), stated)
    wanting = []
    near = following.first_week_on - today <= _AHEAD
    if near and _weeks(ctx, year) and not _weeks(ctx, following):
        wanting.append(f"no rent-free week is stated for the rent year from {following.first_week_on:%d %B %Y}")
    if today.month == _CHRISTMAS and not any(
        day.year == today.year and day.month == _CHRISTMAS for day in closures.office_days(ctx.session).closures
    ):
        wanting.append("no closure of the office is entered for this December")
    if wanting:
        words = f"The calendar is not complete: {' and '.join(wanting)}."
        yield Finding("Calendar", Health.WARNING, words, "Look at Admin, Rent calendar and Office closures.")
    else:
        words = "Bank holidays are known for every year, but for those that are proclaimed; the rent years are stated."
        yield Finding("Calendar", Health.OK, words)


def _weeks(ctx: Context, year: RentYear) -> int:
    within = RentFreeWeek.week_on.between(year.first_week_on, year.last_week_on)
    return ctx.session.scalar(select(func.count()).select_from(RentFreeWeek).where(within)) or 0


def _weights(ctx: Context) -> Iterator[Finding]:
    table = bacs.table_in_force(ctx)
    if table is None:
        yield Finding(
            "Weight table", Health.FAULT, "There is no table to check account numbers by.", "Load one in Admin."
        )
    elif table.old:
        words = f"The table that account numbers are checked by is {table.months} months old or more."
        yield Finding("Weight table", Health.WARNING, words, "Load the newest of Pay.UK in Admin, Weight tables.")
    else:
        yield Finding(
            "Weight table", Health.OK, f"The table that account numbers are checked by is {table.months} months old."
        )


def _policy(ctx: Context) -> Iterator[Finding]:
    count = _to_verify(ctx)
    if count:
        words = f"{count} policy value{'s are' if count > 1 else ' is'} in force that nobody has verified for this landlord."
        yield Finding("Policy", Health.WARNING, words, "Look through them in Admin, Policy values.")
    else:
        yield Finding("Policy", Health.OK, "Every policy value in force has been verified.")


def _to_verify(ctx: Context) -> int:
    """Values in force today that are shipped as somebody's own policy, and that nobody has verified."""
    known = [*(each for values in policy_values.shipped().values() for each in values), *policy.edited(ctx.session)]
    known.sort(key=lambda each: (each.key, each.scope))
    count = 0
    for _, group in groupby(known, key=lambda each: (each.key, each.scope)):
        values = list(group)
        now = policy_values.resolve(values, ctx.clock.today(), values[0].scope)
        count += now is not None and now.verify and not now.verified_by
    return count


def _jobs(ctx: Context) -> Iterator[Finding]:
    found = jobs.listed(ctx)
    wrong = [f"{row.title}: {row.standing.lower()}" for row in found.rows if row.wrong]
    if wrong:
        yield Finding("Jobs", Health.FAULT, f"{'; '.join(wrong)}.", "Look at Admin, Jobs.")
    elif found.note:
        yield Finding("Jobs", Health.WARNING, found.note)
    else:
        yield Finding("Jobs", Health.OK, "No scheduled job failed or is overdue.")


def _ledger(ctx: Context, *, full: bool) -> Iterator[Finding]:
    broken = broken_links(ctx, _LINKS)
    if broken:
        words = f"Journal {broken[0]} is not as it was posted: its digest doesn't match."
        yield Finding("Chain", Health.FAULT, words, "Change nothing, keep the file, and ask whoever helps you.")
    else:
        yield Finding("Chain", Health.OK, f"The last {_LINKS} journals follow from each other.")
    yield _whole(ctx) if full else _last_check(ctx)


def _whole(ctx: Context) -> Finding:
    faults = checks.check(ctx)
    if not faults:
        return Finding("Ledger", Health.OK, "The whole ledger was checked just now, and is whole.")
    words = f"The ledger has {len(faults)} fault{'s' if len(faults) > 1 else ''}, the first: {faults[0].message}"
    return Finding("Ledger", Health.FAULT, words, "rentbook check tells them all.")


def _last_check(ctx: Context) -> Finding:
    last = last_run(ctx, Run.CHECK)
    if last is None:
        return Finding("Ledger", Health.WARNING, "The whole ledger was never checked.", "Run rentbook check.")
    days = (ctx.clock.now() - last.at).days
    if days < -1:
        words = f"The last check of the ledger bears a day to come, {last.at:%d %b %Y}: a clock was wrong."
        return Finding(
            "Ledger", Health.WARNING, words, "Put the clock of this computer right, then run rentbook check."
        )
    told = f"The whole ledger was checked {days} day{'' if days == 1 else 's'} ago"
    if not last.good:
        return Finding("Ledger", Health.FAULT, f"{told}, and had faults.", "Run rentbook check, which tells them.")
    health = Health.WARNING if days >= _CHECKED_DAYS else Health.OK
    return Finding(
        "Ledger", health, f"{told}, and was whole.", "Run rentbook check." if health is Health.WARNING else ""
    )
