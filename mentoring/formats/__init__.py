"""Formats of our own, because Django's en_GB writes 'Nov. 22, 2026' in places and has no short forms that we want."""
