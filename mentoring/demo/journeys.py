"""Headlines and journeys: sentences drawn so that they are true of the person and no two journeys read alike.

A sentence may only give away what the profile shows: nothing about background or training where that is kept
to matching rounds or to totals.
"""

import functools
import itertools
import random
import string
from collections import Counter
from dataclasses import dataclass

from mentoring.demo.answers import ALLY_ETHNICITIES, Answers
from mentoring.demo.careers import Career
from mentoring.demo.data import Heritage, Sentence, sentences
from mentoring.demo.schema import BANDS, MENTEE, MENTOR, YEARS

WHITE = (*ALLY_ETHNICITIES, "gypsy_traveller", "roma")
PLACES = {
    "acute_hospital": "an acute hospital",
    "mental_health_hospital": "a mental health hospital",
    "rehabilitation_hospital": "a rehabilitation hospital",
    "community_team": "a community team",
    "community_mental_health": "a community mental health team",
    "primary_care": "general practice",
    "school": "schools",
    "university": "a university",
    "research_unit": "a research unit",
    "council": "a council team",
    "care_home": "supported living",
    "hospice": "a hospice",
    "ambulance_service": "an ambulance service",
    "independent_practice": "an independent clinic",
    "justice": "a prison service",
}
YEARS_WORDS = {
    "under_2": ("a year", "just over a year"),
    "2_4": ("three years", "four years", "some three years"),
    "5_9": ("six years", "seven years", "eight years", "nine years"),
    "10_14": ("eleven years", "twelve years", "thirteen years"),
    "15_19": ("sixteen years", "seventeen years", "eighteen years"),
    "20_29": ("twenty-two years", "over twenty years", "twenty-five years"),
    "30_more": ("thirty years", "more than thirty years"),
}
CANDIDATES = 4
TRIES = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the sentences are about."""

    heritage: Heritage
    career: Career
    answers: Answers
    roles: tuple[str, ...]

    @property
    def voice(self) -> str:
        """Speaks as a mentor or as a mentee."""
        return MENTOR if MENTOR in self.roles else MENTEE

    @property
    def trained(self) -> str:
        """uk or abroad as the profile shows it, or nothing. Abroad also tells where somebody is from."""
        shown = self.answers.shown("trained_in")
        if shown == "uk":
            return "uk"
        return "abroad" if shown and self.answers.shown("ethnicity") and self.heritage.origins else ""


class Storyteller:
    """Draws sentences, the less used first, and never three that already stood together."""

    def __init__(self) -> None:
        self._used: Counter[Sentence] = Counter()
        self._headlines: Counter[str] = Counter()
        self._together: set[tuple[str, ...]] = set()

    def tell(self, rng: random.Random, subject: Subject) -> tuple[str, str]:
        """A headline, and a journey of two to five sentences in the first person."""
        words = _words(rng, subject)
        return self._headline(rng, subject, words), self._journey(rng, subject, words)

    def _headline(self, rng: random.Random, subject: Subject, words: dict[str, str]) -> str:
        told = [self._draw(rng, "headline", subject, words).text.format(**words) for _ in range(CANDIDATES)]
        headline = min(told, key=lambda text: self._headlines[text])
        self._headlines[headline] += 1
        return headline

    def _journey(self, rng: random.Random, subject: Subject, words: dict[str, str]) -> str:
        slots = _slots(rng, subject.voice)
        for _ in range(TRIES):
            drawn = [self._draw(rng, slot, subject, words) for slot in slots]
            if len(set(drawn)) == len(drawn) and self._accept(drawn):
                break
        return " ".join(sentence.text.format(**words) for sentence in drawn)

    def _accept(self, drawn: list[Sentence]) -> bool:
        threes = set(itertools.combinations(sorted(sentence.text for sentence in drawn), min(3, len(drawn))))
        if threes & self._together:
            return False
        self._together |= threes
        self._used.update(drawn)
        return True

    def _draw(self, rng: random.Random, slot: str, subject: Subject, words: dict[str, str]) -> Sentence:
        fitting = [s for s in sentences(slot) if _holds(s, subject) and _fillable(s, words)]
        return min(rng.sample(fitting, min(CANDIDATES, len(fitting))), key=lambda s: self._used[s])


def _slots(rng: random.Random, voice: str) -> list[str]:
    aim = f"aim_{voice}"
    shapes = (
        (["opening", aim], 1),
        (["opening", "turning", aim], 5),
        (["opening", "turning", aim, "closing"], 4),
        (["opening", "turning", "turning", aim], 3),
        (["opening", aim, "closing"], 2),
        (["opening", "turning", "turning", aim, "closing"], 2),
    )
    return rng.choices([shape for shape, _ in shapes], [weight for _, weight in shapes])[0]


def _words(rng: random.Random, subject: Subject) -> dict[str, str]:
    career = subject.career
    noun = career.profession.noun
    years = rng.choice(YEARS_WORDS[career.years])
    words = {
        "noun": noun,
        "a_noun": f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}",
        "work": career.profession.work,
        "town": career.town,
        "title": career.title,
    }
    if subject.answers.shown("years"):
        words |= {"years": years, "Years": years[0].upper() + years[1:]}
    if subject.answers.shown("setting"):
        words["place"] = PLACES[career.setting]
    if subject.trained == "abroad":
        words["origin"] = rng.choice(subject.heritage.origins)
    return words


def _fillable(sentence: Sentence, words: dict[str, str]) -> bool:
    return _names(sentence.text) <= words.keys()


@functools.cache
def _names(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def _holds(sentence: Sentence, subject: Subject) -> bool:
    career = subject.career
    return (
        sentence.role in ("", subject.voice)
        and _within(BANDS, career.band, sentence.from_band, sentence.to_band)
        and _within(YEARS, career.years, sentence.from_years, sentence.to_years)
        and (not sentence.professions or career.profession.key in sentence.professions)
        and (not sentence.settings or career.setting in sentence.settings)
        and (not sentence.allied or career.profession.allied)
        and (not sentence.agenda or career.agenda_for_change)
        and (not sentence.grown or career.age != "under_25")
        and _holds_of_profile(sentence, subject)
    )


def _holds_of_profile(sentence: Sentence, subject: Subject) -> bool:
    ethnicity = subject.answers.shown("ethnicity")
    chosen = subject.answers.values.get("values", [])
    caring = str(subject.answers.shown("caring") or "")
    return (
        (not sentence.trained or sentence.trained == subject.trained)
        and (not sentence.bme or (ethnicity is not None and ethnicity not in WHITE))
        and (not sentence.ally or ethnicity in ALLY_ETHNICITIES)
        and (not sentence.value or (isinstance(chosen, list) and sentence.value in chosen))
        and (not sentence.caring or sentence.caring in caring.split("_"))
    )


def _within(order: tuple[str, ...], key: str, lowest: str, highest: str) -> bool:
    place = order.index(key)
    return (not lowest or order.index(lowest) <= place) and (not highest or place <= order.index(highest))
