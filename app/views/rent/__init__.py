"""The Accounts page: find an account, read its ledger, explain its balance, make its statement."""
