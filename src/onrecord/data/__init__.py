"""Word lists, pattern tables, weights and the demo story, shipped inside the package."""
