"""What is kept. A file a noun."""

from matching.models.preference import Preference

__all__ = ["Preference"]
