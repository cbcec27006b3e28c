"""A company to look at: people, shifts of today, two emulated terminals, one edge agent."""
