"""Every service behind what the pages share is there, though it is read only when it is first asked for."""

from dataclasses import fields

import pytest

from app.bootstrap.doors import DIARY, DOCUMENTS, LETTERS, tables
from app.services.core.later import Later

LATER = [
    getattr(doors, field.name)
    for doors in (DIARY, DOCUMENTS, LETTERS, tables("test.db"))
    for field in fields(doors)
    if isinstance(getattr(doors, field.name), Later)
]


@pytest.mark.parametrize("service", LATER, ids=lambda service: f"{service.module}.{service.name}")
def test_a_door_leads_to_a_service(service):
    assert callable(service.found())


def test_a_door_calls_the_service_itself():
    assert Later("app.services.core.folding", "fold")("Zoë") == "zoe"
