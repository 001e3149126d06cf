"""`python -m charter.framework score ANSWERS.json`: score a file by hand or by script.

Prints the result as JSON and exits 0; for anything that breaks the framework, prints one line on standard error
and exits 2. `-` reads standard input.
"""

import argparse
import io
import json
import sys
from pathlib import Path

from charter.framework.errors import FrameworkError
from charter.framework.offline import as_json, read_json, read_submission
from charter.framework.scoring import score


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0, or 2 for input that breaks the framework."""
    options = _parser().parse_args(arguments)
    try:
        framework, submission = read_submission(read_json(_text(options.answers)))
        printed = json.dumps(as_json(score(framework, submission)), ensure_ascii=False, indent=2)
    except FrameworkError as error:
        print(error.line(), file=sys.stderr)
        return 2
    print(printed)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m charter.framework", description="Score charter answers offline.")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("score", help="print the score of a file of answers as JSON")
    command.add_argument("answers", metavar="ANSWERS.json", help="the file, or - for standard input")
    return parser


def _text(name: str) -> str:
    """The file's text as UTF-8, whatever the locale; a byte order mark is forgiven."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise FrameworkError(f"{name} cannot be read: {why}.") from error


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale; what UTF-8 cannot say is escaped
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main())
