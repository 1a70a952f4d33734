"""Runs: lodgements and collections from selecting to posting."""
