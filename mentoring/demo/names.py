"""Names and email addresses: plausible together, never twice, never somebody well known."""

import random
import unicodedata

from mentoring.demo.data import Heritage, names_to_avoid

# Letters that do not come apart into a plain letter and a mark.
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ø": "o", "ɗ": "d", "Ɗ": "D", "ɔ": "o"})
PLAIN.update(str.maketrans({"Ɔ": "O", "ß": "ss", "æ": "ae", "ʼ": "", "’": "", "'": ""}))
TRIES = 60


def ascii_name(text: str) -> str:
    """A name in small plain letters and hyphens, as it would stand in an email address."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    plain = decomposed.encode("ascii", "ignore").decode("ascii").lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


class NameBook:
    """Gives out names and addresses, each once."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._keys: set[str] = set()

    def reserve(self, name: str, key: str) -> None:
        """Take a name and a key that are already somebody's."""
        self._names.add(ascii_name(name))
        self._keys.add(key)

    def draw(self, rng: random.Random, heritage: Heritage, gender: str) -> tuple[str, str]:
        """First and family name; the family name is empty for a single name."""
        for attempt in range(TRIES):
            first, family = _draw(rng, heritage, gender, longer=attempt * 3 // TRIES)
            name = f"{first} {family}".strip()
            if ascii_name(name) not in self._names and name not in names_to_avoid():
                self._names.add(ascii_name(name))
                return first, family
        raise ValueError(f"no names left for {heritage.key}; add some to names.toml")

    def key(self, first: str, family: str) -> str:
        """A key for the person, plain letters, with a number where the name alone is taken."""
        base = ".".join(filter(None, (ascii_name(first), ascii_name(family))))
        key, number = base, 1
        while key in self._keys:
            number += 1
            key = f"{base}{number}"
        self._keys.add(key)
        return key


def _draw(rng: random.Random, heritage: Heritage, gender: str, *, longer: int) -> tuple[str, str]:
    """One combination; `longer` 1 joins two family names, 2 two first names as well."""
    as_woman = gender == "woman" or (gender != "man" and rng.random() < 0.5)
    firsts = heritage.women if as_woman else heritage.men
    first = rng.choice(firsts)
    if not longer and rng.random() < heritage.single:
        return first, ""
    family = rng.choice(heritage.families)
    middle = heritage.middle_woman if as_woman else heritage.middle_man
    if middle and rng.random() < 0.6:
        family = f"{middle} {family}"
    if longer:
        family = _joined(rng, family, heritage.families, "-")
    if longer > 1:
        first = _joined(rng, first, firsts, " ")
    return first, family


def _joined(rng: random.Random, name: str, pool: tuple[str, ...], by: str) -> str:
    others = [other for other in pool if by not in other and other not in name]
    return name if by in name or not others else f"{name}{by}{rng.choice(others)}"
