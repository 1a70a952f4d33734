"""The officer's own page: what the day asks, how the runs stand, and the figures behind the charts."""
