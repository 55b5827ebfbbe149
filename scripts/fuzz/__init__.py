"""The parts of scripts/fuzz_requests.py."""
