"""What a teacher prints or takes away: cards, call sheets, tables."""
