"""The characteristics of a programme, checked once and ready to be computed with."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from matching.engine.checks import check_catalogue
from matching.engine.errors import EngineError
from matching.engine.measures import Measure, Target, measure
from matching.engine.schema import Characteristic, Person, Preference, Purpose, Role


class Asked(NamedTuple):
    """A preference that is not skipped, with what it asks as a target."""

    preference: Preference
    target: Target


class Catalogue(Mapping[str, Characteristic]):
    """Characteristics by key.

    Raises `EngineError` for a second characteristic of the same key and for one that contradicts itself.
    """

    def __init__(self, characteristics: Iterable[Characteristic]) -> None:
        listed = tuple(characteristics)
        check_catalogue(listed)
        self._by_key = {each.key: each for each in listed}
        self.keys_in_order = tuple(self._by_key)
        self._measures = {
            each.key: measure(each, self._by_key[each.counterpart] if each.counterpart else None) for each in listed
        }
        self.words = max((each.words for each in self._measures.values()), default=1)

    def __getitem__(self, key: str) -> Characteristic:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def measure(self, key: str) -> Measure:
        """The measure of a characteristic; raises `EngineError` for an unknown key."""
        found = self._measures.get(key)
        if found is None:
            raise EngineError(f"there is no characteristic {key!r}")
        return found

    def own(self, person: Person) -> dict[str, int]:
        """All of a person's answers as codes, whatever the purpose: for their own preferences alone."""
        codes = {key: self.measure(key).encode(value) for key, value in person.values.items()}
        return {key: code for key, code in codes.items() if code is not None}

    def codes(self, person: Person, purposes: Collection[Purpose]) -> dict[str, int]:
        """The answers given for any of these purposes, and all that are not surface."""
        own = self.own(person)
        return {
            key: code
            for key, code in own.items()
            if not self[key].surface or person.purposes.get(key, Purpose.PROFILE) in purposes
        }

    def shown(self, person: Person) -> dict[str, int]:
        """The answers that others' ranking may see: `profile` values, and all that is not surface."""
        return self.codes(person, (Purpose.PROFILE,))

    def asked(self, person: Person, role: Role, own: Mapping[str, int]) -> Iterator[Asked]:
        """A person's preferences in the order given, without those whose own value is not among `own`."""
        for preference in person.preferences(role):
            measured = self.measure(preference.characteristic)
            code = own.get(preference.characteristic)
            target = measured.target(preference.direction, code, preference.options)
            if target is not None:
                yield Asked(preference, target)
