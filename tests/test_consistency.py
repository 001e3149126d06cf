"""The codebase tests itself: nothing unused, nothing that leads nowhere."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from mentoring.celery import app

ROOT = Path(__file__).parents[1]
APPS = ("mentoring", "matching", "charter")
# Found by name by Django, allauth or the design system's form renderer.
BY_CONVENTION = re.compile(r"^(\d{3}(_csrf)?\.html|account/|admin/|allauth/|mfa/|socialaccount/|django/forms/)")


def sources() -> str:
    """All our code and templates as one text."""
    files = [path for app_name in APPS for path in (ROOT / app_name).rglob("*.py")]
    return "\n".join(path.read_text() for path in [*files, *(ROOT / "templates").rglob("*.html")])


def url_names(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[str]:
    """The names of all addresses of ours."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns)
        elif pattern.name and not pattern.callback.__module__.startswith("allauth"):
            yield pattern.name


def test_every_template_is_used() -> None:
    text = sources()
    names = [str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.*")]
    assert [name for name in names if not BY_CONVENTION.match(name) and f'"{name}"' not in text] == []


def test_no_block_uses_a_name_that_another_block_has_set() -> None:
    """What `{% … as name %}` has set is gone with its block: elsewhere it is nothing, silently, and leads nowhere."""
    lost = []
    for path in (ROOT / "templates").rglob("*.html"):
        blocks = re.findall(r"{% block (\w+) %}(.*?){% endblock", path.read_text(), re.DOTALL)
        names = [set(re.findall(r"{% [^%]* as (\w+) %}", body)) for _, body in blocks]
        for (block, body), own in zip(blocks, names, strict=True):
            used = set(re.findall(r"(?:{{ |=)(\w+)", body))
            lost += [(path.name, block, name) for name in sorted(set().union(*names) & used - own)]
    assert lost == []


def test_beat_wakes_only_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    wanted = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert wanted <= set(app.tasks)


def test_every_task_of_ours_is_woken_by_beat() -> None:
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.partition(".")[0] in APPS}
    assert ours == {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_no_two_addresses_share_a_name() -> None:
    assert [name for name, count in Counter(url_names()).items() if count > 1] == []


def test_no_registry_host_and_no_machine_path_is_written_anywhere() -> None:
    hosts = "|".join(["py" + "pi.org", "python" + "hosted", "npm" + "js", "/wo" + "rk/[a-z.]", "/fa" + "rm/[a-z]"])
    found = [
        str(path.relative_to(ROOT))
        for folder in (*APPS, "templates", "static", "docs", "requirements", "tests")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix not in {".pyc", ".png", ".xlsx"} and re.search(hosts, path.read_text(errors="replace"))
    ]
    assert found == []
