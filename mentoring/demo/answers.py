"""What somebody answered: values keyed by the catalogue, with the purposes of what is about themselves.

Every person's draws hang together (who plans ahead also likes structure, parents meet in the evening), and
hardly anybody answers everything.
"""

import random
from dataclasses import dataclass

from mentoring.demo.careers import Career
from mentoring.demo.data import Heritage
from mentoring.demo.draws import some, weighted
from mentoring.demo.schema import AGES, MENTEE, MENTOR, SCALES, SURFACE, Value

PROFILE, ROUNDS, MONITORING = "profile", "rounds", "monitoring"
PURPOSES = ((PROFILE, 0.74), (ROUNDS, 0.11), (MONITORING, 0.15))
# How many in one of these answer; everything else is asked at the beginning or handled below.
GIVEN = {
    "ethnicity": 0.9,
    "gender": 0.9,
    "age_band": 0.75,
    "trained_in": 0.82,
    "caring": 0.7,
    "first_language": 0.65,
    "values": 0.9,
    "race_talk": 0.78,
    "lived_experiences": 0.6,
    "specialisms": 0.85,
    "setting": 0.93,
    "region": 0.97,
    "years": 0.92,
    "hours": 0.82,
    "meeting": 0.97,
    "sponsorship_wanted": 0.84,
    "sponsorship_offered": 0.88,
    "languages": 0.8,
}
GENDERS = (("woman", 0.7), ("man", 0.26), ("non_binary", 0.025), ("another_way", 0.015))

CLUSTERS = (
    ("fairness", "courage", "community", "dignity", "service", "heritage"),
    ("growth", "ambition", "curiosity", "excellence", "independence", "creativity"),
    ("family", "balance", "kindness", "loyalty", "humour", "community"),
    ("honesty", "humility", "teamwork", "fairness", "kindness", "service"),
)
ALL_VALUES = tuple(sorted({value for cluster in CLUSTERS for value in cluster}))

DOORS = (
    *("introductions", "put_forward", "shadowing", "secondment", "interview_practice", "application_review"),
    *("speaking", "writing", "committees", "project_lead", "networks", "reference"),
)
WANTED = dict(zip(DOORS, (8, 6, 9, 5, 8, 6, 4, 3, 3, 5, 6, 3), strict=True))
OFFERED = dict(zip(DOORS, (9, 6, 7, 3, 8, 8, 4, 3, 3, 4, 6, 5), strict=True))

# What people know best, by the kind of place they work in.
ANYWHERE = ("education_and_training", "leadership_and_management", "quality_and_safety", "rehabilitation", "research")
SPECIALISMS = {
    "acute_hospital": (
        *("acute_medicine", "surgery", "cancer_care", "cardiac_and_respiratory", "anaesthetics_and_critical_care"),
        *("emergency_care", "musculoskeletal_and_orthopaedics", "stroke", "imaging", "maternity_and_neonatal"),
    ),
    "mental_health_hospital": ("mental_health", "forensic_services", "neurodivergence", "dementia_and_older_people"),
    "rehabilitation_hospital": ("stroke", "neurology", "pain", "dementia_and_older_people"),
    "community_team": (
        *("community_and_primary_care", "dementia_and_older_people", "diabetes_and_long_term_conditions"),
        *("palliative_and_end_of_life", "learning_disability", "vocational_rehabilitation"),
    ),
    "community_mental_health": ("mental_health", "neurodivergence", "vocational_rehabilitation", "safeguarding"),
    "primary_care": ("community_and_primary_care", "diabetes_and_long_term_conditions", "womens_health"),
    "school": ("children_and_young_people", "neurodivergence", "learning_disability", "safeguarding"),
    "council": ("safeguarding", "children_and_young_people", "dementia_and_older_people", "learning_disability"),
}

RACE_TALK_MENTEE = (("i_raise", 25), ("you_raise", 37), ("either", 27), ("rather_not", 11))
RACE_TALK_MENTOR = (("i_raise", 38), ("you_raise", 17), ("either", 40), ("rather_not", 5))
RACE_TALK_ALLY = (("i_raise", 24), ("you_raise", 40), ("either", 30), ("rather_not", 6))
ALLY_ETHNICITIES = ("white_british", "irish", "white_other")

# Languages that the list of first languages has and the list of languages spoken has not.
ONLY_FIRST = frozenset(
    (
        *("irish_gaelic", "italian", "lingala", "luganda", "marathi", "ndebele", "romani", "telugu"),
        *("tigrinya", "vietnamese", "wolof", "another_language"),
    )
)


@dataclass(frozen=True, slots=True)
class Answers:
    """Values, and the purpose of each that is about the person."""

    values: dict[str, Value]
    purposes: dict[str, str]

    def shown(self, key: str) -> Value | None:
        """The value as the profile shows it, or None."""
        return self.values.get(key) if self.purposes.get(key, PROFILE) == PROFILE else None


def draw_answers(
    rng: random.Random,
    heritage: Heritage,
    career: Career,
    *,
    gender: str,
    abroad: bool,
    roles: tuple[str, ...],
) -> Answers:
    """Everything somebody answered, with gaps."""
    caring = _caring(rng, career.age, gender)
    whole: dict[str, Value] = {
        "ethnicity": heritage.ethnicity,
        "gender": gender,
        "age_band": career.age,
        "trained_in": heritage.trained if abroad else "uk",
        "caring": caring,
        "first_language": _first_language(rng, heritage, abroad=abroad),
        "values": list(_values(rng)),
        **_scales(rng),
        "race_talk": _race_talk(rng, heritage, roles),
        "setting": career.setting,
        "region": career.organisation.region,
        "years": career.years,
        "hours": _hours(rng, roles),
        "meeting": _meeting(rng, caring),
    }
    whole["lived_experiences"] = _lived(rng, caring, abroad=abroad)
    whole["specialisms"] = _specialisms(rng, career.setting)
    whole["languages"] = _languages(rng, heritage, str(whole["first_language"]))
    if MENTEE in roles:
        whole["sponsorship_wanted"] = some(rng, list(WANTED.items()), rng.randint(2, 5))
    if MENTOR in roles:
        whole["sponsorship_offered"] = some(rng, list(OFFERED.items()), rng.randint(2, 6))
    given = {key: value for key, value in whole.items() if rng.random() < GIVEN.get(key, 1.0)}
    given |= {"profession": career.profession.key, "band": career.band}
    return Answers(given, {key: weighted(rng, PURPOSES) for key in SURFACE if key in given})


def _caring(rng: random.Random, age: str, gender: str) -> str:
    older = AGES.index(age)
    children = (0.08, 0.35, 0.62, 0.4, 0.1, 0.02)[older]
    adult = (0.05, 0.07, 0.12, 0.2, 0.2, 0.12)[older] * (1.2 if gender == "woman" else 0.8)
    past = (0.02, 0.04, 0.05, 0.16, 0.32, 0.4)[older]
    both = children * adult
    left = max(0.05, 1 - children - adult - past)
    return weighted(
        rng,
        [
            *(("children", children), ("adult", adult), ("children_and_adult", both)),
            *(("in_the_past", past), ("not_caring", left)),
        ],
    )


def _lived(rng: random.Random, caring: str, *, abroad: bool) -> list[str]:
    chances = (
        *(("internationally_educated", 0.8 if abroad else 0.0), ("came_as_adult", 0.8 if abroad else 0.05)),
        *(("carer", 0.6 if caring in ("adult", "children_and_adult") else 0.0), ("first_in_family", 0.45)),
        *(("more_than_one_culture", 0.4), ("only_one_in_the_room", 0.35), ("faced_racism_at_work", 0.25)),
        *(("spoke_up", 0.15), ("passed_over", 0.2), ("little_money", 0.2), ("career_change", 0.12)),
        *(("returned_to_work", 0.1), ("support_worker_first", 0.15), ("bringing_up_alone", 0.06)),
    )
    lived = [key for key, chance in chances if rng.random() < chance]
    return (lived or ["first_in_family"])[:6]


def _specialisms(rng: random.Random, setting: str) -> list[str]:
    likely = [(key, 4) for key in SPECIALISMS.get(setting, ())]
    return some(rng, [*likely, *((key, 1) for key in ANYWHERE)], rng.randint(1, 4))


def _first_language(rng: random.Random, heritage: Heritage, *, abroad: bool) -> str:
    # Who grew up here more often grew up with English.
    choices = [(key, w * (1.0 if abroad or key != "english" else 2.5)) for key, w in heritage.languages]
    return weighted(rng, choices)


def _languages(rng: random.Random, heritage: Heritage, first: str) -> list[str]:
    spoken = ["english"]
    pool = [first, *(key for key, _ in heritage.languages if rng.random() < 0.45)]
    pool += [key for key in heritage.more if rng.random() < 0.3]
    if rng.random() < 0.04:
        pool.append("british_sign_language")
    for key in pool:
        if key not in spoken and key not in ONLY_FIRST:
            spoken.append(key)
    return spoken[:6]


def _values(rng: random.Random) -> list[str]:
    main, second = rng.sample(CLUSTERS, 2)
    weights = [(value, 1 + 7 * (value in main) + 3 * (value in second)) for value in ALL_VALUES]
    return some(rng, weights, weighted(rng, ((3, 1), (4, 3), (5, 4), (6, 3))))


def _scales(rng: random.Random) -> dict[str, Value]:
    order, edge, warmth = (rng.gauss(0, 1) for _ in range(3))
    leaning = {
        "feedback": edge,
        "structure": order,
        "challenge": 0.8 * edge,
        "planning": order,
        "focus": warmth,
        "thinking": rng.gauss(0, 1),
        "closeness": -0.8 * warmth,
        "replies": -0.5 * order,
        "openness": rng.gauss(0.3, 1),
        "conscientiousness": 0.4 - 0.6 * order,
    }
    asked = weighted(rng, ((1.0, 0.6), (0.6, 0.26), (0.0, 0.14)))
    drawn = {key: round(3 + 0.9 * leaning[key] + rng.gauss(0, 0.7)) for key in SCALES}
    return {key: min(5, max(1, value)) for key, value in drawn.items() if rng.random() < asked}


def _race_talk(rng: random.Random, heritage: Heritage, roles: tuple[str, ...]) -> str:
    if MENTOR not in roles:
        return weighted(rng, RACE_TALK_MENTEE)
    return weighted(rng, RACE_TALK_ALLY if heritage.ethnicity in ALLY_ETHNICITIES else RACE_TALK_MENTOR)


def _hours(rng: random.Random, roles: tuple[str, ...]) -> str:
    if MENTOR in roles:
        return weighted(rng, (("half", 1), ("1", 8), ("2", 6), ("3", 2), ("4_more", 1)))
    return weighted(rng, (("half", 1), ("1", 7), ("2", 8), ("3", 3), ("4_more", 1)))


def _meeting(rng: random.Random, caring: str) -> list[str]:
    with_children = caring in ("children", "children_and_adult")
    chances = (
        *(("video", 0.93), ("phone", 0.4), ("in_person", 0.5)),
        *(("early_mornings", 0.08 if with_children else 0.24), ("daytime", 0.4), ("lunchtimes", 0.5)),
        *(("evenings", 0.62 if with_children else 0.5), ("weekends", 0.12 if with_children else 0.22)),
    )
    ways = [key for key, chance in chances if rng.random() < chance]
    return (ways or ["video"])[:6]
