"""The component list follows CycloneDX 1.6 as far as it is used: its fixed words, the forms of its values, its references."""

import json
import re

import pytest


@pytest.fixture(scope="module")
def listed(built, tmp_path_factory):
    file = tmp_path_factory.mktemp("sbom") / "sbom.json"
    built("sbom").write(file)
    return json.loads(file.read_text("utf-8"))


def test_it_says_what_it_is(listed):
    assert (listed["bomFormat"], listed["specVersion"], listed["version"]) == ("CycloneDX", "1.6", 1)
    assert listed["$schema"] == "http://cyclonedx.org/schema/bom-1.6.schema.json"
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", listed["serialNumber"])
    assert listed["metadata"]["component"]["type"] == "application"


def test_every_line_of_the_locks_is_a_component(listed, built):
    refs = [each["bom-ref"] for each in listed["components"]]
    assert len(refs) == len(set(refs))
    lines = built("sbom").locked()
    assert {each.ref for each in lines} == {each["purl"] for each in listed["components"] if "purl" in each}
    numpys = [each for each in lines if each.name == "numpy"]
    assert len(numpys) == 2, "one for each Python that has its own version"
    assert all(each.marker and len(each.hashes) > 5 for each in numpys)
    assert any(each.name == "ukmodulus" for each in lines), "what is locked apart, since it has no wheel"
    assert not any(each.name == "docopt" for each in lines), "locked so that it is never installed"


def test_its_values_have_the_forms_of_the_schema(listed):
    for each in listed["components"]:
        assert each["type"] == "library"
        assert each["name"]
        assert each["version"]
        for licence in each.get("licenses", ()):
            assert licence.keys() == {"expression"} or licence["license"].keys() == {"name"}
        for link in each["externalReferences"]:
            assert link["type"] in {"distribution", "website"}
            assert link["url"].startswith(("https://", "pkg:pypi/"))
            assert all(
                one["alg"] == "SHA-256" and re.fullmatch(r"[0-9a-f]{64}", one["content"])
                for one in link.get("hashes", ())
            )


def test_what_needs_what_refers_to_components_that_are_there(listed):
    refs = {each["bom-ref"] for each in listed["components"]} | {listed["metadata"]["component"]["bom-ref"]}
    needs = {each["ref"]: each["dependsOn"] for each in listed["dependencies"]}
    assert set(needs) <= refs
    assert {ref for each in needs.values() for ref in each} <= refs
    ours = {ref.partition("@")[0] for ref in needs[listed["metadata"]["component"]["bom-ref"]]}
    assert {"pkg:pypi/sqlalchemy", "pkg:pypi/mssql-python", "Qt", "Python"} <= ours


def test_the_same_locks_give_the_same_list(listed, built):
    assert built("sbom").made() == listed
