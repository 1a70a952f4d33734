"""The component list (SBOM) of the program in CycloneDX 1.6 JSON, from the locks: `python3 build/dev.py sbom [FILE]`.

Each line of build/requirements.txt and requirements-source.txt is a component with its package URL and the hashes of its
files; what is no package (Python, Qt, SQLite, OpenSSL) and every licence come from app/services/core/components.py. The same
locks give the same file.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from app import __version__
from app.services.core import components

ROOT = Path(__file__).resolve().parent.parent

LOCKS = ("requirements.txt", "requirements-source.txt")
SPEC = "1.6"
_ROOT = f"rentbook@{__version__}"
_LINE = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+?)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_SPDX = re.compile(r"[A-Za-z0-9.+-]+-?[0-9][A-Za-z0-9.+-]*|MIT|Zlib|blessing|0BSD|Bootloader-exception")
_NEVER = "sys_platform == 'none'"
"""The marker of what is locked so that it is never installed."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A line of a lock: `marker` says where it is installed, `hashes` are those of its published files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def ref(self) -> str:
        """What others refer to it by."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked() -> list[Locked]:
    """Everything that is locked for the program itself."""
    found = []
    for lock in LOCKS:
        text = (ROOT / "build" / lock).read_text("utf-8").replace("\\\n", "\\").splitlines()
        for line in text:
            head, *_ = line.split("\\")
            if match := _LINE.match(head.strip()):
                marker = (match["marker"] or "").strip()
                if marker != _NEVER:
                    found.append(Locked(match["name"], match["version"], marker, tuple(sorted(_HASH.findall(line)))))
    return sorted(found, key=lambda each: each.ref)


def made() -> dict[str, object]:
    """The component list."""
    known = {each.name: each for each in components.components()}
    packages = locked()
    listed = [_package(each, known.get(each.name)) for each in packages]
    others = [each for each in known.values() if not each.package]
    listed += [_other(each) for each in others]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(listed, sort_keys=True))
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": _ROOT, "name": "Rentbook", "version": __version__}
        },
        "components": listed,
        "dependencies": _dependencies(packages, [_ref(each) for each in others]),
    }


def write(target: Path) -> None:
    """Write the list to a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(made(), indent=2) + "\n", "utf-8")


def _package(line: Locked, known: components.Component | None) -> dict[str, object]:
    found: dict[str, object] = {
        "type": "library",
        "bom-ref": line.ref,
        "name": line.name,
        "version": line.version,
        "purl": line.ref,
    }
    if known is not None:
        found["licenses"] = _licences(known.licence)
    hashes = [{"alg": "SHA-256", "content": each} for each in line.hashes]
    found["externalReferences"] = [{"type": "distribution", "url": line.ref, "hashes": hashes}]
    if line.marker:
        found["properties"] = [{"name": "rentbook:installed-where", "value": line.marker}]
    return found


def _other(each: components.Component) -> dict[str, object]:
    found: dict[str, object] = {"type": "library", "bom-ref": _ref(each), "name": each.name, "version": each.version}
    found["licenses"] = _licences(each.licence)
    found["externalReferences"] = [{"type": "website", "url": each.home}]
    return found


def _ref(each: components.Component) -> str:
    return f"{each.name}@{each.version}"


def _licences(name: str) -> list[dict[str, object]]:
    """An SPDX expression where it is one, else the name as it was given."""
    words = re.split(r" (?:AND|OR|WITH) ", name)
    return [{"expression": name}] if all(map(_SPDX.fullmatch, words)) else [{"license": {"name": name}}]


def _dependencies(packages: list[Locked], others: list[str]) -> list[dict[str, object]]:
    """Which component needs which, as far as they are installed here."""
    refs: dict[str, list[str]] = {}
    for each in packages:
        refs.setdefault(each.name, []).append(each.ref)
    installed = components.distributions()
    found: list[dict[str, object]] = []
    for name, package in sorted(installed.items()):
        needs = {
            components.plain(each.name)
            for each in components.needed(package, ("server",) if name == components.OURS else ())
        }
        depends = sorted(ref for need in needs if need in installed for ref in refs.get(need, []))
        if name == components.OURS:
            found.append({"ref": _ROOT, "dependsOn": sorted(depends + others)})
        else:
            found += [{"ref": ref, "dependsOn": depends} for ref in refs.get(name, [])]
    return found


if __name__ == "__main__":
    destination = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "rentbook-sbom.json"
    write(destination)
    print(destination)
