"""What one article says: statements, the mentions in them, acts, dates and amounts."""
