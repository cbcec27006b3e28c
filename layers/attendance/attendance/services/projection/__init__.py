"""The directory as sibling services tell it: their events, applied in the order of versions."""
