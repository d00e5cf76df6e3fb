"""Accounts of the staff, by HTTP and by mail."""
