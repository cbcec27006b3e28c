"""The REST API for people: attendance, directory, the web page."""
