"""From what people bring (pages, text, rows) to articles; each unreadable input to a reject."""
