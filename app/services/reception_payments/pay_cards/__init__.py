"""Pay point cards: ordered, made by the supplier, sent with a letter, replaced and cancelled."""
