"""What an answer says, apart from who said it when: one value that forms, rows, history and the framework share."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from charter.framework import Criterion, Kind
from charter.models import Answer


@dataclass(frozen=True, slots=True)
class Content:
    """All that people fill in for one criterion. Empty words and None stand for what was left out."""

    status: str = ""
    reason: str = ""
    first_n: int | None = None
    first_d: int | None = None
    second_n: int | None = None
    second_d: int | None = None
    action: str = ""
    action_due: date | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing at all was filled in."""
        return self == Content()

    @property
    def answered(self) -> bool:
        """Whether there is a status or a count, and so something to score."""
        return bool(self.status) or self.first_d is not None

    def as_stored(self) -> dict[str, object]:
        """Plain values for JSON; read back by `stored`."""
        return {**asdict(self), "action_due": self.action_due and self.action_due.isoformat()}

    def as_raw(self, criterion: Criterion) -> dict[str, object]:
        """The form in which the framework checks and reads answers."""
        raw: dict[str, object] = {
            "status": self.status or None,
            "reason": self.reason,
            "action_due": self.action_due and self.action_due.isoformat(),
        }
        pairs = [{"n": self.first_n, "d": self.first_d}, {"n": self.second_n, "d": self.second_d}]
        if criterion.kind is Kind.MEASURE:
            return raw | pairs[0]
        return raw | {side.key: pair for side, pair in zip(criterion.sides, pairs, strict=False)}


NAMES = tuple(field.name for field in fields(Content))


def content_of(answer: Answer | None) -> Content:
    """What a row says; nothing for no row."""
    if answer is None:
        return Content()
    return Content(**{name: getattr(answer, name) for name in NAMES})


def stored(values: Mapping[str, Any]) -> Content:
    """What a kept version said. `values` come from `Content.as_stored`."""
    due = values["action_due"]
    return Content(**{**values, "action_due": date.fromisoformat(due) if due else None})


def only_for(criterion: Criterion, content: Content) -> Content:
    """Without what this kind of criterion has no place for, and without blanks around the words."""
    kept = replace(content, reason=content.reason.strip(), action=content.action.strip())
    if criterion.kind is Kind.STATEMENT:
        kept = replace(kept, first_n=None, first_d=None, second_n=None, second_d=None)
    if criterion.kind is Kind.MEASURE:
        kept = replace(kept, second_n=None, second_d=None)
    return kept
