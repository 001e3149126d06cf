"""What a mentee says of their mentor: marks and words in confidence, and words for all to read."""

from typing import Any, Final

from django import forms

from mentoring.domain import endorsement as endorsing
from mentoring.domain import feedback as domain
from mentoring.enums import AllyAct, Skill
from mentoring.forms.renderer import Checkboxes, LongText, Radios
from mentoring.models import Endorsement, EndorsementReport, Feedback, Person

STATEMENTS: Final = {
    Skill.LISTENING: "Listens, and hears what I mean",
    Skill.IMPARTIALITY: "Is fair, whatever I bring",
    Skill.CHALLENGE: "Challenges me in ways that help",
    Skill.UNDERSTANDING: "Understands what my work and life are like",
    Skill.AUTHENTICITY: "Is real with me",
    Skill.INTEGRITY: "Keeps their word, and what I tell them",
    Skill.SOLIDARITY: "Stands by me",
    AllyAct.HUMILITY: "Is honest about what they do not know",
    AllyAct.RACE: "Makes room to talk about race and racism, if I want to",
    AllyAct.BELIEF: "Believes me, and never makes me justify myself",
    AllyAct.DOORS: "Opens doors, and does not only give advice",
}
_MARKS: Final = [("5", "Very much"), ("4", "Mostly"), ("3", "Somewhat"), ("2", "A little"), ("1", "Not at all")]
LEFT_OPEN: Final = ("", "I would rather leave this open")


class FeedbackForm(forms.Form):
    """Seven skills, four things that allies do, and words for the mentor. All of it may be left open."""

    def __init__(self, *args: Any, mentor: Person, by: Person, given: Feedback | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mentor, self.by = mentor, by
        marks = {mark.item: mark.mark for mark in given.marks.all()} if given else {}
        for item, statement in STATEMENTS.items():
            self.fields[item] = forms.ChoiceField(
                label=statement,
                choices=[*_MARKS, LEFT_OPEN],
                required=False,
                initial=str(marks.get(item) or ""),
                widget=Radios(attrs={"class": "nhsuk-radios--small"}),
            )
        self.fields["words"] = forms.CharField(
            label=f"Anything you would like {mentor.called} to know",
            help_text="What helped, or what you would like more of. It is passed on only together with the words of "
            "four others or more, in no order and without dates. Even so, they may guess from how you write that it "
            "is you.",
            max_length=600,
            required=False,
            initial=given.words if given else "",
            widget=LongText(attrs={"rows": 5}),
        )

    @property
    def skills(self) -> list[forms.BoundField]:
        """The questions about skills."""
        return [self[item] for item in Skill]

    @property
    def acts(self) -> list[forms.BoundField]:
        """The questions about what allies do."""
        return [self[item] for item in AllyAct]

    def save(self) -> None:
        """Keep it in place of what was said before."""
        marks = {str(item): int(self.cleaned_data[item]) for item in STATEMENTS if self.cleaned_data[item]}
        domain.give_feedback(mentor=self.mentor, said=domain.Said(marks, self.cleaned_data["words"]), by=self.by)


class EndorsementForm(forms.Form):
    """A word for a mentor."""

    skills = forms.MultipleChoiceField(
        label="What they are good at",
        help_text="Choose as many as are true.",
        choices=Skill.choices,
        required=False,
        widget=Checkboxes(attrs={"class": "nhsuk-checkboxes--small"}),
    )
    words = forms.CharField(
        label="In your own words",
        help_text="For somebody who wonders whether to ask them. Leave out what would be told of others.",
        max_length=600,
        required=False,
        widget=LongText(attrs={"rows": 5}),
    )
    named = forms.ChoiceField(
        label="Whose words are they?",
        choices=[("yes", "Show my name beside them"), ("no", "Leave my name out")],
        widget=Radios(
            hints={
                "yes": "A name gives words weight. Whoever sees this mentor sees it.",
                "no": "With so few mentees they may guess it is you.",
            }
        ),
        error_messages={"required": "Choose whether your name stands beside your words."},
    )

    def __init__(self, *args: Any, mentor: Person, by: Person, written: Endorsement | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mentor, self.by = mentor, by
        if written:
            named = "yes" if written.named else "no"
            self.initial = {"skills": written.skills, "words": written.words, "named": named}

    def save(self) -> None:
        """Write it, or write it anew."""
        said = self.cleaned_data
        endorsing.endorse(
            mentor=self.mentor, named=said["named"] == "yes", skills=said["skills"], words=said["words"], by=self.by
        )


class ReplyForm(forms.Form):
    """A mentor's public answer."""

    words = forms.CharField(
        label="Your answer",
        help_text="It stands under their words, for all who see you. Leave it empty to take it back.",
        max_length=600,
        required=False,
        widget=LongText(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, endorsement: Endorsement, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"words": endorsement.reply}
        self.endorsement, self.by = endorsement, by

    def save(self) -> None:
        """Keep the answer."""
        endorsing.reply(endorsement=self.endorsement, words=self.cleaned_data["words"], by=self.by)


class ReportForm(forms.Form):
    """What is wrong with public words."""

    why = forms.CharField(
        label="What is wrong with it?",
        help_text="A coordinator of the programme reads this. Nobody else is told that you wrote to them.",
        max_length=600,
        widget=LongText(attrs={"rows": 4}),
        error_messages={"required": "Say in a few words what is wrong with it."},
    )

    def __init__(self, *args: Any, endorsement: Endorsement, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.endorsement, self.by = endorsement, by

    def save(self) -> None:
        """Pass it on."""
        endorsing.report(endorsement=self.endorsement, why=self.cleaned_data["why"], by=self.by)


class DecideReportForm(forms.Form):
    """A coordinator's decision."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("keep", "Leave it standing"), ("take_down", "Take it down")],
        widget=Radios(hints={"take_down": "Its writer is told that you did, and can talk to you."}),
        error_messages={"required": "Choose what you decide."},
    )
    note = forms.CharField(
        label="Why",
        help_text="For other coordinators. Needed where you take it down.",
        max_length=600,
        required=False,
        widget=LongText(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, report: EndorsementReport, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.by = report, by

    def save(self) -> None:
        """Decide all open reports on these words."""
        take_down = self.cleaned_data["decision"] == "take_down"
        endorsing.decide_report(report=self.report, take_down=take_down, note=self.cleaned_data["note"], by=self.by)
