"""The demo: readable files (README.md) and what turns them into pages and people; `manage.py load_demo` runs it."""
