"""Every change of state is a function here: keyword-only, atomic, harmless to repeat."""
