"""The base of all that a story is made of."""

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class StoryModel(BaseModel):
    """A part of a story: camelCase outside; what no page names is ignored."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)
