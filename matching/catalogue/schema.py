"""The shape of the catalogue: frozen dataclasses and the rules that say what goes with which kind."""

from dataclasses import dataclass

FAMILIES = ("surface", "values", "working_styles", "professional")
KINDS = ("category", "ordinal", "multi", "scale")
DIRECTIONS = ("same", "different", "one_of", "above", "complements")
ROLES = ("everyone", "mentee", "mentor")
DERIVED = ("organisation",)

# What the engine can compute for each kind; a characteristic may offer fewer on screen.
DIRECTIONS_OF_KIND = {
    "category": ("same", "different", "one_of", "complements"),
    "ordinal": ("same", "different", "one_of", "above"),
    "multi": ("same", "different", "one_of", "complements"),
    "scale": ("same", "different"),
}

PLACEHOLDERS = ("name", "shared", "theirs", "mine")
FULL_AGREEMENT = 60
DEFAULT_STEP = 20
MULTI_MOST = 6
"""Nobody chooses more than six options of a multi characteristic."""
OPTIONS_MOST = 40
"""No multi characteristic has more options than this."""
SCALE_MIDDLE = 3

# From these agreements on a match is told as strong or partial; see `tone`.
STRONG_SAME, STRONG_DIFFERENT, PARTIAL_FROM = FULL_AGREEMENT, 45, 30


class CatalogueError(ValueError):
    """The catalogue's data break a rule; the message names the file, the characteristic and the rule."""


@dataclass(frozen=True, slots=True)
class GroupData:
    """A parent group of a category's options. `inline` is how it reads inside a sentence."""

    key: str
    label: str
    inline: str


@dataclass(frozen=True, slots=True)
class OptionData:
    """One option. `label` stands alone on screen, `inline` inside a sentence, `parent` is a group's key."""

    key: str
    label: str
    inline: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class PolesData:
    """The two ends of a scale: labels for the ends, and words inside a sentence.

    Those are low for 1 and 2, middle for 3, high for 4 and 5.
    """

    low: str
    high: str
    low_inline: str
    middle_inline: str
    high_inline: str


@dataclass(frozen=True, slots=True)
class ItemData:
    """One statement of a scale that is asked by statements. A reversed one speaks for the low pole."""

    text: str
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class ReasonsData:
    """Words about one direction.

    `preference` says what is asked for ("someone who …"). The others are told by the asker's side about the
    other person; they hold {name}, {shared}, {theirs} and {mine}. `partial` is empty where the agreement is
    all or nothing.
    """

    direction: str
    preference: str
    strong: str
    partial: str
    weak: str


@dataclass(frozen=True, slots=True)
class CharacteristicData:
    """One characteristic, as the data give it.

    `step` is the agreement lost per step of an ordinal. `complements` pairs each option with the options
    that fit it. `counterpart` is the characteristic whose set answers this one's. `derived` names where the
    options come from when the data hold none. `special_category` marks data on racial or ethnic origin and
    the like (UK GDPR article 9), which an import never stores. `asked_of` says who is asked at all; `on_request`
    that nobody is until a programme asks for it with a reason; `why` what is told to those who wonder. `items` are
    the statements a scale is made of.
    `label` is said by the person themselves, `label_of_other` of somebody else ("Where they work"). `unknown`
    is about the one who has not said it.
    """

    key: str
    family: str
    kind: str
    label: str
    question: str
    label_of_other: str
    hint: str
    unknown: str
    directions: tuple[str, ...]
    reasons: tuple[ReasonsData, ...]
    groups: tuple[GroupData, ...] = ()
    options: tuple[OptionData, ...] = ()
    poles: PolesData | None = None
    step: int | None = None
    complements: tuple[tuple[str, tuple[str, ...]], ...] = ()
    counterpart: str | None = None
    derived: str | None = None
    special_category: bool = False
    on_request: bool = False
    why: str = ""
    items: tuple[ItemData, ...] = ()
    asked_of: str = "everyone"

    @property
    def is_surface(self) -> bool:
        """Whether answers carry a purpose and a mentor may not require anything of it."""
        return self.family == "surface"

    @property
    def option_keys(self) -> tuple[str, ...]:
        """Keys of the options, in order (for an ordinal, from low to high)."""
        return tuple(option.key for option in self.options)


def tone(kind: str, direction: str, agreement: int) -> str:
    """How an agreement is told: "strong", "partial" or "weak".

    A set (multi) is partial as soon as one option is shared, since that option can be named.
    """
    strong = STRONG_DIFFERENT if direction == "different" else STRONG_SAME
    partial = 1 if kind == "multi" else PARTIAL_FROM
    if agreement >= strong:
        return "strong"
    return "partial" if agreement >= partial else "weak"


def all_or_nothing(kind: str, direction: str) -> bool:
    """Whether the agreement can only be 0 or 60, so that there is nothing partial to tell."""
    return direction == "one_of" or (kind == "category" and direction == "complements")
