"""CSV imports: the rows of a file, taken by the use cases behind the REST bodies."""
