"""Templates that say what only the area which sends them knows are not offered for writing by hand."""

from app.services.letters.queries import templates


def test_what_acknowledges_post_is_not_written_by_hand(desk):
    usable = {row.key for row in desk.ask(templates.usable)}
    listed = {row.key for row in desk.ask(templates.listed)}
    assert {"general_letter", "appointment", "email_general"} <= usable
    assert {"post_acknowledgement", "post_reply", "post_reply_text"} <= listed - usable
