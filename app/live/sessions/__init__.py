"""Sessions: meetings of classes with professionals, offered, booked and held."""
