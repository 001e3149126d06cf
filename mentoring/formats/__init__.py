"""Formats of our own where Django's en_GB abbreviates or turns to the 12-hour clock."""
