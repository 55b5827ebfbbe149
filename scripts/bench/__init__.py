"""What scripts/bench.py and scripts/kill_test.py are made of. Standard library and the site's own dependencies only."""
