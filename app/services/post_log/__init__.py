"""The post: what arrives is logged, given to somebody, acknowledged and answered in time."""
