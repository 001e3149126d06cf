"""The one typed error of the package."""


class FrameworkError(ValueError):
    """Something given does not fit the framework; `str()` is one sentence that a person can act on.

    `criterion` is the id of the criterion it is about, or "" when it is about the whole.
    """

    def __init__(self, message: str, criterion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.criterion = criterion

    def line(self) -> str:
        """The error on one line, with the criterion in front."""
        text = " ".join(self.message.split())
        return f"{self.criterion}: {text}" if self.criterion else text
