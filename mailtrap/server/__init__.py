"""The mail server: the only owner of sockets that take mail."""
