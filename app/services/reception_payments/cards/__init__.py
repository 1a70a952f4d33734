"""Cards by telephone: begun here, typed on the provider's page, followed until they are posted or known to have failed."""
