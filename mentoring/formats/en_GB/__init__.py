"""British dates: Sunday 22 November 2026, 16:30."""
