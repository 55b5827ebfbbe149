"""Everything about a person's own data: what there is (registry), and what happens with it (docs/own-data.md)."""
