"""The what-if as a command: `python -m attendance.simulate < story.json`."""

import json
import sys

from attendance.simulation import StoryError, simulate


def main() -> int:
    """Answer the story on standard input; 2 and the path of the mistake if it is malformed."""
    try:
        answer = simulate(json.loads(sys.stdin.buffer.read()))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        print(f"story: expected JSON: {error}", file=sys.stderr)
        return 2
    except StoryError as error:
        print(error, file=sys.stderr)
        return 2
    json.dump(answer, sys.stdout, indent=2, ensure_ascii=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
