"""Pure parts of the demonstration: chance, rent years and how people pay."""
