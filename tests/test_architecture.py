"""The house rules that a linter does not know."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APPS = ("mentoring", "matching", "charter")


def modules() -> Iterator[Path]:
    """Every Python file of ours that is not a test or a migration."""
    for app in APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{child.lineno}"
        for path in modules()
        for function in functions(path)
        for child in ast.walk(function)
        if isinstance(child, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_no_function_is_longer_than_forty_lines() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in modules()
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= 40
    ]
    assert found == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    found = [str(path.relative_to(ROOT)) for path in modules() if path.read_text().count("\n") > 400]
    assert found == []


def test_no_room_is_called_after_what_does_not_belong_anywhere() -> None:
    names = {"utils", "common", "helpers", "misc", "shared"}
    assert [path for path in modules() if {path.stem, path.parent.name} & names] == []


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    found = []
    for path in modules():
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert found == []


@pytest.mark.parametrize("package", ["matching.engine", "matching.catalogue", "charter.framework"])
def test_pure_packages_never_load_django(package: str) -> None:
    script = f"import {package}, sys; print([m for m in sys.modules if m.partition('.')[0] == 'django'])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_page_loads_what_only_matching_rounds_need() -> None:
    script = (
        "import django, sys; django.setup(); from mentoring.urls import urlpatterns; "
        "print(sorted({m.partition('.')[0] for m in sys.modules} & {'scipy', 'ortools'}))"
    )
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "mentoring.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
