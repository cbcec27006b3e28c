"""The collections of a company: one way to make, list, read, change and remove their objects."""
