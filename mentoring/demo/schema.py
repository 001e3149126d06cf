"""The shapes of demo material: people, preferences, organisations, programmes. Plain frozen data."""

from dataclasses import dataclass

Value = str | int | list[str]

BANDS = ("2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9")
YEARS = ("under_2", "2_4", "5_9", "10_14", "15_19", "20_29", "30_more")
AGES = ("under_25", "25_34", "35_44", "45_54", "55_64", "65_over")
SURFACE = ("ethnicity", "gender", "age_band", "trained_in", "caring", "first_language", "lived_experiences")
SCALES = (
    *("feedback", "structure", "challenge", "planning", "focus", "thinking", "closeness", "replies"),
    *("openness", "conscientiousness"),
)

MENTEE, MENTOR = "mentee", "mentor"
COORDINATOR, CHARTER_LEAD, ASSESSOR, ADMINISTRATOR = "coordinator", "charter_lead", "assessor", "administrator"
ROLES = (MENTEE, MENTOR, COORDINATOR, CHARTER_LEAD, ASSESSOR, ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class DemoPreference:
    """What one side asks of the other: `options` only with the direction one_of."""

    characteristic: str
    direction: str
    strength: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An employer that does not exist.

    `kind`: nhs_trust, local_authority, university, voluntary or independent. `settings`: the kinds of place
    its people work in, with weights.
    """

    key: str
    name: str
    short_name: str
    kind: str
    region: str
    domain: str
    weight: float
    towns: tuple[str, ...]
    settings: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class DemoProgramme:
    """A mentoring scheme. An empty `positive_action_reason` means none is recorded."""

    key: str
    slug: str
    name: str
    description: str
    organisations: tuple[str, ...]
    positive_action_reason: str
    mentee_share: int
    allied_health_only: bool


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One invented person.

    `key` is unique among cast and drawn people. `family_name` is empty for somebody with a single name.
    `values` and `purposes` are keyed by the catalogue's characteristics; the employer is `organisation` and
    not among them. `purposes` names every surface characteristic that has a value, and nothing else.
    `capacity` is 0 for who is no mentor.
    """

    key: str
    email: str
    first_name: str
    family_name: str
    pronouns: str
    job_title: str
    town: str
    headline: str
    journey: str
    organisation: str
    programmes: tuple[str, ...]
    roles: tuple[str, ...]
    capacity: int
    values: dict[str, Value]
    purposes: dict[str, str]
    as_mentee: tuple[DemoPreference, ...] = ()
    as_mentor: tuple[DemoPreference, ...] = ()

    @property
    def name(self) -> str:
        """The whole name as shown."""
        return f"{self.first_name} {self.family_name}".strip()

    @property
    def is_mentee(self) -> bool:
        """Looks for a mentor."""
        return MENTEE in self.roles

    @property
    def is_mentor(self) -> bool:
        """Offers to mentor."""
        return MENTOR in self.roles
