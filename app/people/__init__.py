"""Staff accounts and their login. Students never have one."""
