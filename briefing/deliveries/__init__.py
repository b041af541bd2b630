"""7. renditions > deliveries: into a folder or to standard output."""
