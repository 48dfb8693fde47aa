"""For tests in Python: a server in a thread, and the pytest plugin. Importing it starts nothing."""
