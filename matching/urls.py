"""Addresses of finding a mentor."""

from django.urls import URLPattern, URLResolver, path

from matching.views import mentors, preferences, proposals, questions, round_runs, rounds, saved

ROUNDS = "programmes/<slug:slug>/rounds/"
ROUND = f"{ROUNDS}<uuid:pk>/"
RUN = f"{ROUND}runs/<uuid:run>/"
PAIR = f"{RUN}pairs/<int:pair>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", mentors.find, name="find"),
    path("mentors/<int:pk>/", mentors.mentor, name="mentor"),
    path("mentors/saved/", saved.saved, name="saved_mentors"),
    path("mentors/compare/", saved.compare, name="compare_mentors"),
    path("mentors/<int:pk>/save/", saved.save, name="mentor_save"),
    path("mentors/<int:pk>/let-go/", saved.let_go, name="mentor_let_go"),
    path("mentors/<int:pk>/ask/", mentors.ask, name="ask"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/question/<slug:question>/", questions.question, name="question"),
    path("preferences/question/<slug:question>/how/", questions.pick, name="question_pick"),
    path("preferences/mentor/question/<slug:question>/", questions.question_mentor, name="question_mentor"),
    path("preferences/mentor/question/<slug:question>/how/", questions.pick_mentor, name="question_pick_mentor"),
    path("preferences/about/<slug:key>/", preferences.preference, name="preference"),
    path("preferences/mentor/", preferences.preferences_mentor, name="preferences_mentor"),
    path("preferences/mentor/about/<slug:key>/", preferences.preference_mentor, name="preference_mentor"),
    path("suggestions/<uuid:pk>/not-for-me/", proposals.proposal_decline, name="proposal_decline"),
    # Matching rounds, for those who coordinate a programme.
    path(ROUNDS, rounds.rounds, name="rounds"),
    path(f"{ROUNDS}new/", rounds.round_new, name="round_new"),
    path(ROUND, rounds.round_page, name="round"),
    path(f"{ROUND}people/<slug:role>/", rounds.round_people, name="round_people"),
    path(f"{ROUND}together/<uuid:person>/", rounds.together, name="round_together"),
    path(f"{ROUND}changes/<int:change>/undo/", rounds.round_undo, name="round_undo"),
    path(f"{ROUND}compare/", rounds.round_compare, name="round_compare"),
    path(f"{ROUND}close/", rounds.round_close, name="round_close"),
    path(RUN, round_runs.run_page, name="run"),
    path(f"{RUN}cancel/", round_runs.run_cancel, name="run_cancel"),
    path(f"{RUN}publish/", round_runs.run_publish, name="run_publish"),
    path(PAIR, round_runs.pair_page, name="pair"),
    path(f"{PAIR}keep/", round_runs.pair_keep, name="pair_keep"),
    path(f"{PAIR}exclude/", round_runs.pair_exclude, name="pair_exclude"),
]
