"""The register of everything that came in and went out: listed, looked at, counted, found."""
