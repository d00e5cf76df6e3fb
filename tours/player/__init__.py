"""Walking a tour: the pages, the finds, the mission."""
