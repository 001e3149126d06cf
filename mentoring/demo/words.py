"""Pools of words for what people write to each other in the demo. {name}: the first name of the reader.

Everything is invented. Tuples are drawn from with a seeded random.Random, so their order matters.
"""

ASK_MESSAGES = (
    ("Hello {name}, your journey reads like the one I would like to be on. Could we have a first conversation?"),
    "Dear {name}, I am preparing for my next post and would value somebody who says plainly what is missing.",
    ("Hello {name}, you offer shadowing, and I have never seen how a lead’s week looks. May I ask for an hour?"),
    ("Hello {name}, I liked what you say about feedback. I would like to get better at hearing it, and at giving it."),
    ("Dear {name}, I am new to the area and still learning how things are decided here. Would you talk it through?"),
    ("Hello {name}, I have an interview in the spring and tend to undersell myself. Could you help me practise?"),
    ("Hello {name}, I am torn between teaching and managing, and you seem to have done both. May I ask you how?"),
    ("Dear {name}, I would like to talk openly about being the only one in my team, with somebody who listens."),
    ("Hello {name}, I have a small project that works and no idea how to make it known. Would you have a look?"),
    ("Hello {name}, a colleague told me how much she learned from you. I would be glad of a first conversation."),
    "Dear {name}, I am returning after a break and would like to plan it well. Could we meet by video?",
    "Hello {name}, I trained abroad as you did and have questions that nobody around me can answer.",
)
ACCEPT_WORDS = (
    "I would be glad to. Shall we find half an hour next week and see how we get on?",
    "Thank you for asking. Let us have a first conversation, and you decide afterwards.",
    "Yes, with pleasure. Tell me beforehand what would make the hour worth it for you.",
    "I read your message twice, and yes. Evenings suit me best.",
    "Happy to meet. I have some questions about what you want, and you will have some about me.",
)
DECLINE_WORDS = (
    "Thank you for asking me. My places are taken until the summer, and you deserve somebody with time now.",
    "I am honoured, and I cannot take this on at the moment. It says nothing about you.",
    "Your goals are good ones; somebody closer to research would serve you better than I could.",
    "I work too near to your manager for you to speak freely, so I had better not. I wish you well.",
    "I am about to take leave and would not want to start something I cannot keep up.",
    "Thank you, truly. I have promised my two mentees my hours this year.",
)
WITHDRAW_WORDS = (
    "Thank you for thinking it over. I have found somebody in the meantime.",
    "My plans have changed and I would rather ask again when I know them.",
    "I have decided to join a circle first. Thank you for your time.",
)
GOALS = (
    "Be ready for my next interview by March",
    "Lead one small project from start to finish",
    "Speak at one meeting each month, early",
    "Write up my audit and send it somewhere",
    "Decide between teaching and managing",
    "Spend three days in a service that is new to me",
    "Ask for feedback twice a month and write down what I heard",
    "Find two people outside my team who know my work",
    "Write a personal statement that I am not embarrassed by",
    "Learn how our budget is made",
    "Have the conversation about my development plan",
    "Give a talk to students about my route here",
)
SESSION_TOPICS = (
    "What we want from this, and how we will know",
    "The last interview: what they asked and what they meant",
    "Reading a job description line by line",
    "A difficult conversation, rehearsed",
    "Who knows my work, and who should",
    "What to do when something is said",
    "Energy: what gives it and what takes it",
    "Looking back over six months",
    "Shadowing: what I noticed",
    "Saying no, and to whom",
)
REFLECTIONS = (
    "I noticed how quickly I explain myself before anyone has asked. I will try a pause.",
    "Hearing how decisions are made took away some of the mystery and some of my excuses.",
    "The rehearsal was uncomfortable and worth it; my first sentence is now a sentence.",
    "I came with five problems and left with one, which is better.",
    "I had taken a comment as a verdict. Seen from outside, it was only a comment.",
    "I wrote to the lead of the project as we agreed, and she answered the same day.",
    "We talked about race for the first time at work without my having to begin.",
    "I want to remember the question: what would you do if you were already good enough?",
    "Shadowing the meeting showed me that most people had not read the papers either.",
    "I am more tired than I admit, and planning a free week was the most useful part.",
)
SPONSORSHIP_NOTES = (
    "Introduced to the lead for education, who is looking for a speaker",
    "Name put forward for the falls project",
    "Shadowed the clinical governance meeting",
    "Two practice interviews with a colleague from another service",
    "Personal statement read and returned with notes",
    "Invited to the regional network and seated beside its chair",
    "Asked to lead the leaflet review",
    "Nominated for the rising leaders course",
    "Co-wrote a short piece for the staff journal",
    "Told about an acting-up post before it closed",
)
SPONSORSHIP_OUTCOMES = (
    "Gave the talk in June",
    "Joined the project group for six months",
    "Was offered the secondment",
    "Not this time; asked to apply again",
    "Two new contacts who answer",
    "Still open",
)
ENDORSEMENTS: dict[str, tuple[str, ...]] = {
    "listening": (
        "She heard the thing I had not said yet.",
        "I never had to repeat myself, and I never felt hurried.",
        "He waits until you have finished, which is rarer than it sounds.",
    ),
    "impartiality": (
        "I could talk about my team without being told whose side to take.",
        "Fair to people who were not in the room, and to me.",
    ),
    "challenge": (
        "Asked me the question that I had been walking round for a year.",
        "Kind, and did not let me off.",
        "Told me that my plan was a wish, and then helped me to make it a plan.",
    ),
    "understanding": (
        "I did not have to explain the background first.",
        "Saw quickly what was about me and what was about the place I work in.",
    ),
    "authenticity": (
        "Shared what went wrong as readily as what went well.",
        "The same person in every meeting.",
    ),
    "integrity": (
        "Did what was promised, each time, on the day.",
        "What I said stayed where I said it.",
    ),
    "solidarity": (
        "Spoke up for me when I was not there, and told me afterwards.",
        "Stood beside me without standing in front of me.",
        "I stopped feeling that I was the only one.",
    ),
}
KIND_ENDINGS = (
    "We did what we set out to do. Thank you.",
    "It was good, and it is enough for now.",
    "Our diaries won. I leave with more than I came with.",
    "We were not the right pair, and could say so to each other.",
    "A new post takes me elsewhere; I will write when I have settled in.",
)
BOUNDARIES = (
    "We write on working days and do not expect an answer at weekends.",
    "What is said here stays here, unless somebody is at risk.",
    "We both may call a pause without giving a reason.",
    "We do not discuss patients by name.",
    "We speak about our managers fairly and only as far as it helps.",
)
CIRCLE_NAMES = (
    "First year in post",
    "Towards band 7",
    "Trained elsewhere, working here",
    "Parents on rotation",
    "Quiet leaders",
    "Research beginners",
)
CIRCLE_GROUND_RULES = (
    "We begin and end on time.",
    "Everyone speaks before anyone speaks twice.",
    "Stories stay, lessons may leave.",
    "We ask before we advise.",
    "Cameras are a choice.",
)
CIRCLE_PRIORITIES = (
    "Knowing of posts before they close",
    "Honest feedback after interviews",
    "Managers who ask about development",
    "Somebody to ring after a bad day",
    "Time for mentoring in the job plan",
    "Seeing people like us at band 8",
    "Help with writing",
    "Secondments that are open to all",
)
ALLY_COMMITMENTS = (
    "I name racism when I see it, and do not leave it to the person it was aimed at.",
    "I say people’s names in rooms they are not in.",
    "I believe what I am told without asking for evidence first.",
    "I ask who is missing before a panel meets.",
    "I go on learning at my own expense.",
    "I own my mistakes and do not ask to be comforted for them.",
)
TRAININGS = (
    "Allyship in practice",
    "Bias and decision making",
    "Mentoring skills, foundation",
    "Coaching conversations",
    "Safe recruitment for panel members",
    "Talking about race at work",
)
REGISTER_OF: dict[str, str] = {
    **dict.fromkeys(
        (
            *(
                "arts_therapy",
                "biomedical_science",
                "clinical_science",
                "dietetics",
                "hearing_aid_dispensing",
            ),
            *("occupational_therapy", "operating_department_practice", "orthoptics", "paramedicine"),
            *("physiotherapy", "podiatry", "practitioner_psychology", "prosthetics_orthotics", "radiography"),
            "speech_language_therapy",
        ),
        "Health and Care Professions Council",
    ),
    **dict.fromkeys(
        (
            *("adult_nursing", "childrens_nursing", "learning_disability_nursing", "mental_health_nursing"),
            *("public_health_nursing", "nursing_associate", "midwifery"),
        ),
        "Nursing and Midwifery Council",
    ),
    "medicine": "General Medical Council",
    "dentistry": "General Dental Council",
    "pharmacy": "General Pharmaceutical Council",
    "pharmacy_technician": "General Pharmaceutical Council",
    "social_work": "the social work regulator of their nation",
}
"""The register that a profession's people are on; professions that are not regulated are left out."""
