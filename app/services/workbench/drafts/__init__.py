"""Forms in progress: kept each second, sealed, until they are saved, thrown away or thirty days old."""
