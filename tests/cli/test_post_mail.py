"""`rentbook post import`."""

from tests.services.post_log.mail.messages import CARD, eml


def test_files_are_logged_once_and_what_is_left_is_told(office, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(eml(number))
    (tmp_path / "card.eml").write_bytes(eml(3, f"take {CARD}"))
    found = office("post", "import", tmp_path, "--json")
    assert (found.code, found.data["logged"], found.data["known"], found.data["items"]) == (1, 2, 0, [1, 2])
    (left,) = found.data["left"]
    assert (left["place"], left["why"]) == (str(tmp_path / "card.eml"), "card")
    again = office("post", "import", tmp_path, "--blank-cards")
    assert again.code == 0
    assert again.out.startswith("1 logged, 0 joined a conversation, 2 were there before, 0 left")
