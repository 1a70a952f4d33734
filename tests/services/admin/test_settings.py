"""Office settings: how new references are made."""

import pytest

from app.models.landlord import Landlord
from app.services.admin.settings import save_settings, settings_as_kept
from app.services.core.errors import ChangedMeanwhile, UserError


def test_how_new_references_are_made(desk):
    with pytest.raises(UserError, match="no name yet"):
        desk.do(save_settings, {"reference_scheme": "mod97"}, 0)
    desk.do(lambda ctx: ctx.session.add(Landlord(name="Testshire")))
    kept = desk.ask(settings_as_kept)
    assert kept.values == {"reference_scheme": "mod11"}
    desk.do(save_settings, {"reference_scheme": "mod97"}, kept.version)
    assert desk.ask(settings_as_kept).values == {"reference_scheme": "mod97"}
    with pytest.raises(ChangedMeanwhile):
        desk.do(save_settings, {"reference_scheme": "none"}, kept.version)
    with pytest.raises(UserError, match="no way of making") as refused:
        desk.do(save_settings, {"reference_scheme": "guess"}, kept.version + 1)
    assert refused.value.field == "reference_scheme"
