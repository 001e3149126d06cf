"""Invented people, employers and programmes for the trial and the tests. Pure: no Django, no side effects."""
