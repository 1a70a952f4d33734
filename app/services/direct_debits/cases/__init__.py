"""Claims under the Guarantee, queries of banks, and our own mistakes."""
