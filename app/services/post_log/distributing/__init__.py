"""Who gets what: by hand, by rule or by workload, one or many; trays, and cover for whoever is away."""
