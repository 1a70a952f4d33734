import keyring
import keyring.backend
import pytest


class _Keyring(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def own_keyring():
    """A keyring that lasts as long as the test."""
    before, mine = keyring.get_keyring(), _Keyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)
