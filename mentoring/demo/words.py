"""Pools of words for what people write to each other in the demo. {name}: the first name of the reader.

Everything is invented. Tuples are drawn from with a seeded random.Random, so their order matters.
"""

ASK_MESSAGES = (
    ("Hello {name}, your journey reads like the one I would like to be on. Could we have a first conversation?"),
    "Dear {name}, I am preparing for my next post and would value somebody who says plainly what is missing.",
    ("Hello {name}, I have never seen how a lead’s week looks from the inside. May I ask for an hour of yours?"),
    ("Hello {name}, I would like to get better at hearing it, and at giving it."),
    ("Dear {name}, I am new to the area and still learning how things are decided here. Would you talk it through?"),
    ("Hello {name}, I have an interview in the spring and tend to undersell myself. Could you help me practise?"),
    ("Hello {name}, I am torn between teaching and managing, and would like to think it through aloud."),
    ("Dear {name}, I would like to talk openly about being the only one in my team, with somebody who listens."),
    ("Hello {name}, I have a small project that works and no idea how to make it known. Would you have a look?"),
    ("Hello {name}, I have read your profile twice and would be glad of a first conversation."),
    "Dear {name}, I am returning after a break and would like to plan it well. Could we meet by video?",
    "Hello {name}, I have questions about moving up that nobody around me can answer. Could we talk?",
)

DECLINE_WORDS = (
    "Thank you for asking me. My places are taken until the summer, and you deserve somebody with time now.",
    "I am honoured, and I cannot take this on at the moment. It says nothing about you.",
    "Your goals are good ones; somebody closer to research would serve you better than I could.",
    "I work too near to your manager for you to speak freely, so I had better not. I wish you well.",
    "I am about to take leave and would not want to start something I cannot keep up.",
    "Thank you, truly. I have promised my two mentees my hours this year.",
)

WANTS = (
    "To get ready for my next post, with somebody who tells me plainly what is missing.",
    "To be less careful in meetings, and to hear how others found their voice.",
    "A way into research that does not depend on whom I already know.",
    "Somebody outside my line of management to think aloud with, once a month.",
    "Practice for interviews, and an honest reading of my applications.",
    "To see how decisions are really made, and to sit in once or twice.",
    "To find my feet after coming back from leave.",
    "To be put forward for things I never hear of in time.",
    "To decide between a clinical and a leadership path without being hurried.",
    "To talk about what it is like to be the only one in the room, and then about the work.",
)

ENDORSEMENTS = (
    "I came with a plan and left with a better one. She asked the question that I had been avoiding.",
    "Put my name forward for a secondment I had not heard of, and then helped me prepare for it.",
    "I never had to explain why something hurt. That alone saved an hour each time.",
    "Honest about what they did not know, and then found somebody who did.",
    "Read three versions of my application and was kind about all of them.",
    "Told me plainly when I was wrong, and stood beside me when I was right.",
    "Kept every meeting, even in the winter rota. It taught me what reliable looks like.",
    "Made it easy to talk about race, and just as easy not to.",
    "I learnt to speak earlier in meetings. It sounds small; it is not.",
    "A mentor who listens to the end of the sentence.",
)

ENDORSEMENT_REPLIES = (
    "Thank you. I learnt as much from you.",
    "You did the work; I only held the door.",
)

FEEDBACK_WORDS = (
    "The mock interview helped most. I would like more of that.",
    "I felt believed from the first hour. Thank you.",
    "Please tell me sooner when you think I am on the wrong track.",
    "It would help to have the next date fixed before we part.",
    "I would like to sit in on one of your board meetings, if that can be.",
    "Talking about being the only one in the room was a relief.",
    "More challenge, please. I can take it.",
    "The introductions you made changed my year.",
)

MENTORED = (
    "Students on placement for nine years, and two colleagues who lead teams of their own now.",
    "Mostly people in their first post. Three of them are band 7 today.",
    "Colleagues who came to work here from abroad, in their first winter.",
)

COMMITMENT_WORDS = (
    "I am still learning, and I do my own reading.",
    "I will not ask you to explain racism to me.",
)

QUALIFICATIONS = (
    ("MSc Advanced Clinical Practice", "University of Salford"),
    ("Postgraduate certificate in education", "Open University"),
    ("MSc Leadership in Health and Social Care", "King’s College London"),
    ("MRes Clinical Research", "University of Leeds"),
)

TRAININGS = {
    "allyship": ("Active allyship", "Inclusive mentoring, two days"),
    "bias": ("Recognising bias in appraisal", "Cultural humility in supervision"),
    "mentoring": ("Coaching skills for clinicians", "Mentoring across difference"),
}
