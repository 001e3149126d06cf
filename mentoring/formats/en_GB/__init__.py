"""British dates: 22 November 2026, 4:30pm."""
