"""From models to what a page shows: words, geometry, navigation. Never from views."""
