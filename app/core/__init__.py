"""What every room stands on: settings, database and writer, events, jobs, errors, logs."""
