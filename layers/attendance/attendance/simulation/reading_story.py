"""From JSON to a story, or the path of the first mistake."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from attendance.simulation.story import Story
from attendance.simulation.story_error import StoryError, path_of

TAG_ERRORS = ("union_tag_invalid", "union_tag_not_found")
DOING = (
    *("punch", "checkIn", "checkOut", "markAbsent", "correct", "sweep"),
    *("setPolicy", "addShift", "editShift", "assign", "mapNumber"),
)


def read_story(story: object) -> Story:
    """The story of a JSON value. Raises StoryError with the path of its first mistake."""
    if not isinstance(story, Mapping):
        raise StoryError("story", "expected an object with timezone, shifts and events")
    try:
        return Story.model_validate(story)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise StoryError(path_of(_steps(first)), _expected(first)) from None


def _steps(error: ErrorDetails) -> list[str | int]:
    """The path without the tag that tells events apart."""
    steps = list(error["loc"])
    if len(steps) > 2 and steps[0] == "events" and steps[2] in DOING:
        del steps[2]
    if error["type"] in TAG_ERRORS:
        steps.append("do")
    return steps


def _expected(error: ErrorDetails) -> str:
    if error["type"] == "missing":
        return "expected a value; it is missing"
    if error["type"] in TAG_ERRORS:
        return "expected one of " + ", ".join(DOING)
    told = error["msg"].removeprefix("Value error, ").removeprefix("expected ")
    return f"expected {told.removeprefix('Input should be ')}"
