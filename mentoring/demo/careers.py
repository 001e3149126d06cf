"""What somebody does and where: profession, band, employer, setting, years and title that go together."""

import random
from dataclasses import dataclass

from mentoring.demo.data import Profession, organisations, professions, programmes, titles
from mentoring.demo.draws import weighted
from mentoring.demo.schema import AGES, BANDS, MENTEE, MENTOR, YEARS, DemoOrganisation

ACADEMIC_FROM = BANDS.index("6")
JUNIOR, ROTATIONAL = "Newly qualified ", "Rotational "
WITH_ROTATIONS = ("acute_hospital", "rehabilitation_hospital", "mental_health_hospital")

YEARS_OF_BAND: dict[str, tuple[tuple[str, float], ...]] = {
    "3": (("under_2", 5), ("2_4", 3), ("5_9", 1)),
    "4": (("under_2", 3), ("2_4", 5), ("5_9", 2)),
    "5": (("under_2", 6), ("2_4", 4)),
    "6": (("2_4", 6), ("5_9", 5), ("10_14", 1)),
    "7": (("5_9", 5), ("10_14", 4), ("15_19", 1)),
    "8a": (("10_14", 4), ("15_19", 4), ("20_29", 2)),
    "8b": (("10_14", 1), ("15_19", 4), ("20_29", 4)),
    "8c": (("15_19", 2), ("20_29", 6), ("30_more", 2)),
    "8d": (("20_29", 6), ("30_more", 3)),
    "9": (("20_29", 4), ("30_more", 5)),
}
AGE_OF_YEARS: dict[str, tuple[tuple[str, float], ...]] = {
    "under_2": (("under_25", 5), ("25_34", 4), ("35_44", 1)),
    "2_4": (("under_25", 1), ("25_34", 7), ("35_44", 2)),
    "5_9": (("25_34", 6), ("35_44", 4), ("45_54", 1)),
    "10_14": (("35_44", 7), ("45_54", 2)),
    "15_19": (("35_44", 5), ("45_54", 5)),
    "20_29": (("45_54", 7), ("55_64", 3)),
    "30_more": (("55_64", 8), ("65_over", 1)),
}


@dataclass(frozen=True, slots=True)
class Career:
    """Somebody's work. `years` and `age` are keys of the catalogue's options."""

    profession: Profession
    band: str
    organisation: DemoOrganisation
    setting: str
    town: str
    title: str
    years: str
    age: str
    programmes: tuple[str, ...]

    @property
    def agenda_for_change(self) -> bool:
        """Whether the band is the real grade and not the nearest to it."""
        return self.organisation.kind == "nhs_trust" and self.profession.key != "medicine"


def draw_career(rng: random.Random, roles: tuple[str, ...], *, abroad: bool) -> Career:
    """A career that fits the roles: mentors are more senior, and who is both stands between."""
    fitting = [(p, p.weight) for p in professions() if p.mentor or MENTOR not in roles]
    profession = weighted(rng, fitting)
    band = _band(rng, profession, roles)
    organisation, setting = _place(rng, profession, band)
    years = _years(rng, band, abroad=abroad)
    return Career(
        profession=profession,
        band=band,
        organisation=organisation,
        setting=setting,
        town=rng.choice(organisation.towns),
        title=_title(rng, profession, band, setting, years),
        years=years,
        age=_age(rng, years),
        programmes=_programmes(rng, profession, organisation),
    )


def _band(rng: random.Random, profession: Profession, roles: tuple[str, ...]) -> str:
    if MENTOR not in roles:
        return rng.choice(profession.mentee)
    if MENTEE in roles:
        return min(profession.mentor, key=BANDS.index)
    return rng.choice(profession.mentor)


def _place(rng: random.Random, profession: Profession, band: str) -> tuple[DemoOrganisation, str]:
    teaches = BANDS.index(band) >= ACADEMIC_FROM
    places = [
        ((organisation, setting), organisation.weight * weight / sum(w for _, w in organisation.settings))
        for organisation in organisations()
        for setting, weight in organisation.settings
        if setting in profession.settings and (teaches or setting != "university")
    ]
    return weighted(rng, places)


def _years(rng: random.Random, band: str, *, abroad: bool) -> str:
    years = weighted(rng, YEARS_OF_BAND[band])
    later = YEARS.index(years) + 1
    # Years abroad count, and those who came often wait longer at a band.
    return YEARS[later] if abroad and later < len(YEARS) and rng.random() < 0.4 else years


def _age(rng: random.Random, years: str) -> str:
    age = weighted(rng, AGE_OF_YEARS[years])
    assert age in AGES
    return age


def _title(rng: random.Random, profession: Profession, band: str, setting: str, years: str) -> str:
    academic = setting == "university"
    own = dict(profession.titles).get(band) if not academic else None
    template = rng.choice((own or titles(academic)[band]).split(", "))
    noun = profession.noun
    title = template.format(noun=noun, Noun=noun[0].upper() + noun[1:], work=profession.work, field=profession.field)
    if title.startswith(ROTATIONAL) and setting not in WITH_ROTATIONS:
        title = title.removeprefix(ROTATIONAL).capitalize()
    if title.startswith(JUNIOR) and years != YEARS[0]:
        title = title.removeprefix(JUNIOR).capitalize()
    return title


def _programmes(rng: random.Random, profession: Profession, organisation: DemoOrganisation) -> tuple[str, ...]:
    run = [programme for programme in programmes() if organisation.key in programme.organisations]
    allied = [p.key for p in run if p.allied_health_only]
    everyone = [p.key for p in run if not p.allied_health_only]
    if not (profession.allied and allied):
        return tuple(everyone)
    chance = rng.random()
    if chance < 0.65:
        return tuple(allied)
    return (*allied, *everyone) if chance < 0.85 else tuple(everyone)
