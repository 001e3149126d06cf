"""Factories with types: a factory of factory-boy makes anything, as far as mypy can tell."""

from typing import Any, Generic, TypeVar

from django.db.models import Model
from factory.django import DjangoModelFactory

M = TypeVar("M", bound=Model)


class Make(Generic[M]):
    """Calls a factory and says what comes out."""

    def __init__(self, factory: type[DjangoModelFactory[M]]) -> None:
        self.factory = factory

    def __call__(self, **given: Any) -> M:
        """One, kept in the database."""
        return self.factory.create(**given)

    def build(self, **given: Any) -> M:
        """One, not kept."""
        return self.factory.build(**given)
