"""Due times in the profile's own zone to days, crontab lines and timers, and one run at a time."""
