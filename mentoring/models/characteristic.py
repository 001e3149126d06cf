"""What people can be alike or unlike in, what they said, and what they allowed."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mentoring.enums import Family, Kind, Purpose
from mentoring.models.person import Person
from mentoring.models.programme import Programme
from mentoring.models.trail import tracked

HELD = "held"
"""In the place of a purpose: kept, and used for nothing until the person says yes to what the words have become.

Not among `Purpose`, for nobody chooses it; and whoever reads answers for a purpose leaves it out without knowing.
"""
HELD_CHOICE = (HELD, "Nothing, until you say yes to the new words")


class CharacteristicQuerySet(models.QuerySet["Characteristic"]):
    """Characteristics in the words of the domain."""

    def asked_in(self, programmes: models.QuerySet[Programme]) -> "CharacteristicQuerySet":
        """What at least one of these programmes asks.

        Each asks what it has not switched off, and what waits for a programme to ask only where it was switched on.
        """
        here = ProgrammeCharacteristic.objects.filter(programme=OuterRef("pk"), characteristic=OuterRef(OuterRef("pk")))
        on, off = here.filter(asked=True), here.filter(asked=False)
        return self.filter(
            Q(on_request=False, programme=None) & Exists(programmes.order_by().exclude(Exists(off)))
            | Exists(programmes.order_by().filter(Exists(on))),
            retired=False,
        )

    def asked_of_anybody(self) -> "CharacteristicQuerySet":
        """What somebody in no programme is asked."""
        return self.filter(on_request=False, programme=None, retired=False)


class Characteristic(models.Model):
    """One thing people can be alike or unlike in.

    Its rows come from the catalogue (`matching/catalogue`), but for those that a programme asks of its own people.
    What is `on_request` nobody is asked until a programme has said why.
    """

    key = models.SlugField(primary_key=True, max_length=40)
    # Given once by the loader and never to another: what is packed for matching names a characteristic by it.
    number = models.PositiveSmallIntegerField(unique=True, editable=False)
    family = models.CharField(max_length=20, choices=Family.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80)
    question = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    low = models.CharField(max_length=80, blank=True, help_text="A scale's pole at 1.")
    high = models.CharField(max_length=80, blank=True, help_text="A scale's pole at 5.")
    step = models.PositiveSmallIntegerField(default=20)
    directions = ArrayField(models.CharField(max_length=12), default=list)
    complements = models.JSONField(default=dict, blank=True)
    counterpart = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    derived = models.CharField(max_length=20, blank=True)
    words = models.JSONField(default=dict, blank=True)
    retired = models.BooleanField(default=False)
    on_request = models.BooleanField(default=False)
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="own_characteristics")

    objects = CharacteristicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "number"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_surface(self) -> bool:
        """Whether it is about identity, and so needs a purpose and consent."""
        return self.family == Family.SURFACE

    @property
    def needs_reason(self) -> bool:
        """Whether a programme that asks it says why: special category data, and its own questions about identity."""
        return (
            self.on_request or bool(self.words.get("special_category")) or (self.is_surface and bool(self.programme_id))
        )

    @property
    def why(self) -> str:
        """Why it is asked at all, told to those who wonder."""
        return str(self.words.get("why", ""))

    @property
    def items(self) -> list[tuple[str, bool]]:
        """The statements a scale is made of, and whether each speaks for the low pole."""
        return [(str(text), bool(turned)) for text, turned in self.words.get("items", [])]


class ProgrammeCharacteristic(models.Model):
    """What a programme decided about asking for one thing; without a row the catalogue's default stands."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="characteristics")
    characteristic = models.ForeignKey(Characteristic, models.CASCADE, related_name="+")
    asked = models.BooleanField()
    reason = models.TextField(max_length=600, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "characteristic"], name="programme_characteristic_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="sensitive_needs_reason",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("topic", "mentoring_characteristic")],
                func="""
                    SELECT * INTO topic FROM mentoring_characteristic WHERE key = NEW.characteristic_id;
                    IF NEW.asked AND topic.on_request AND trim(NEW.reason) = '' THEN
                        RAISE EXCEPTION 'asking this needs a reason' USING ERRCODE = 'check_violation';
                    ELSIF topic.programme_id IS NOT NULL AND topic.programme_id <> NEW.programme_id THEN
                        RAISE EXCEPTION 'another programme asks this' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"characteristic {self.characteristic_id} of programme {self.programme_id}"


class Option(models.Model):
    """One answer that a category, ordinal or multi characteristic offers."""

    characteristic = models.ForeignKey(Characteristic, models.CASCADE, related_name="options")
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    parent = models.SlugField(max_length=60, blank=True)
    parent_label = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField()
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["characteristic", "key"], name="option_once"),
        ]

    def __str__(self) -> str:
        return self.label


class ConsentText(models.Model):
    """The words a person agreed to. A version is never edited; new words are a new version.

    Where they are `material` (they allow something else than the words before), an earlier yes no longer says enough:
    the database puts every answer that stands on one to no use, until the person has said yes to the new words.
    """

    version = models.PositiveSmallIntegerField(primary_key=True)
    words = models.TextField()
    since = models.DateField()
    material = models.BooleanField(default=True)

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="material_words_hold_the_values",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                condition=pgtrigger.Condition("NEW.material"),
                # Whoever is writing an answer on the words before is waited for, so that none slips by.
                func=f"""
                    LOCK TABLE mentoring_characteristicvalue IN EXCLUSIVE MODE;
                    UPDATE mentoring_characteristicvalue AS answer SET purpose = '{HELD}'
                      FROM mentoring_consent AS yes
                     WHERE yes.id = answer.consent_id AND yes.text_id < NEW.version AND answer.purpose <> '{HELD}';
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"consent text {self.version}"


@tracked("person", "characteristic", "purpose", "text", "withdrawn_at")
class Consent(models.Model):
    """One person's explicit yes to one use of one thing about their identity, kept after it is withdrawn."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    characteristic = models.ForeignKey(Characteristic, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "characteristic"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_live",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="withdrawn_consent_takes_the_value",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.Condition("OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL"),
                func="DELETE FROM mentoring_characteristicvalue WHERE consent_id = NEW.id; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class CharacteristicValueQuerySet(models.QuerySet["CharacteristicValue"]):
    """Answers in the words of the domain."""

    def in_use(self) -> "CharacteristicValueQuerySet":
        """Those that may be used for anything at all."""
        return self.filter(Q(purpose__isnull=True) | ~Q(purpose=HELD))

    def held(self) -> "CharacteristicValueQuerySet":
        """Those that wait for the person's yes to new words."""
        return self.filter(purpose=HELD)


@tracked("person", "characteristic", noticed=("options", "point", "purpose"))
class CharacteristicValue(models.Model):
    """What one person said about one characteristic.

    A value whose consent is for words that have changed in what they allow is `held`: kept, and used for nothing.

    `options` holds one key (category, ordinal) or up to six (multi); `point` is 1 to 5 (scale). A value about
    identity stands only on a live consent for the same person, characteristic and purpose: the database
    refuses it otherwise, and removes it when that consent is withdrawn.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="values")
    characteristic = models.ForeignKey(Characteristic, models.CASCADE, related_name="+")
    options = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    point = models.PositiveSmallIntegerField(null=True, blank=True)
    # Null where nothing about identity is said: a purpose is not a text that may be empty.
    purpose = models.CharField(max_length=12, choices=[*Purpose.choices, HELD_CHOICE], null=True, blank=True)  # noqa: DJ001
    consent = models.ForeignKey(Consent, models.CASCADE, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = CharacteristicValueQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "characteristic"], name="value_once"),
            models.CheckConstraint(
                name="value_options_or_point",
                condition=Q(options__len__gte=1, options__len__lte=6, point__isnull=True)
                | Q(options__len=0, point__gte=1, point__lte=5),
            ),
            models.CheckConstraint(
                name="value_purpose_with_consent",
                condition=Q(purpose__isnull=True, consent__isnull=True)
                | Q(purpose__isnull=False, consent__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["options"], name="value_by_option"),
            models.Index(fields=["characteristic", "person"], name="value_by_characteristic"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="identity_needs_live_consent",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("about_identity", "boolean")],
                func=f"""
                    SELECT family = 'surface' INTO about_identity
                      FROM mentoring_characteristic WHERE key = NEW.characteristic_id;
                    IF about_identity AND NOT EXISTS (
                        SELECT FROM mentoring_consent
                         WHERE id = NEW.consent_id AND person_id = NEW.person_id
                           AND characteristic_id = NEW.characteristic_id AND withdrawn_at IS NULL
                           AND (NEW.purpose = '{HELD}' OR purpose = NEW.purpose AND text_id >= (
                               SELECT coalesce(max(version), 0) FROM mentoring_consenttext WHERE material
                           )) FOR SHARE
                    ) THEN
                        RAISE EXCEPTION 'a value about identity needs live consent'
                              USING ERRCODE = 'check_violation';
                    ELSIF NOT about_identity AND NEW.purpose IS NOT NULL THEN
                        RAISE EXCEPTION 'only what is about identity has a purpose'
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="answer_takes_the_place_of_not_saying",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    DELETE FROM mentoring_notsaid
                     WHERE person_id = NEW.person_id AND characteristic_id = NEW.characteristic_id;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"value {self.pk}"


class NotSaid(models.Model):
    """One person was asked and would rather not say: they are not asked again, and nothing is known.

    An answer takes its place; the two never stand side by side.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="not_said")
    characteristic = models.ForeignKey(Characteristic, models.CASCADE, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "characteristic"], name="not_said_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="not_beside_an_answer",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT FROM mentoring_characteristicvalue
                                WHERE person_id = NEW.person_id AND characteristic_id = NEW.characteristic_id) THEN
                        RAISE EXCEPTION 'there is an answer' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"not said {self.pk}"
