"""One register of adjustments, recharges, refunds and write-offs: listed, counted, one of them whole."""
