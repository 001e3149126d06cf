"""The one error of the engine."""


class EngineError(ValueError):
    """Input that the engine can't take; its text is one line that says what and where."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))
