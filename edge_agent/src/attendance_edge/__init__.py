"""The edge agent: terminals in, punches out, nothing lost between."""
