"""The store: one SQLite file that keeps what was read, and the record of it, for good."""
