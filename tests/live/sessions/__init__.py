"""Sessions: offered, booked, written of, kept in calendars, and guests who come by a link."""
