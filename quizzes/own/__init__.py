"""Questions of teachers' own: kept in sets, brought in and taken out as GIFT."""
