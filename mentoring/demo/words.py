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
