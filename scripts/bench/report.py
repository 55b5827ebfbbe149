"""The figures as Markdown."""

COLUMNS = ("screen", "req/s", "p50 ms", "p95 ms", "CPU ms", "queries", "requests", "errors")


def markdown_table(columns, rows):
    """Return a Markdown table: the first column left, the others right."""
    lines = ["| " + " | ".join(columns) + " |", "|---|" + "---:|" * (len(columns) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def queries_text(counts):
    """Return `12`, or `12 (most 17)` for the usual count and the highest, from the counts of several requests."""
    if not counts:
        return "?"
    usual = max(sorted(set(counts)), key=counts.count)
    return str(usual) if max(counts) == usual else f"{usual} (most {max(counts)})"


def run_table(run):
    """Return heading and table of one size: `run` as bench.py makes it."""
    with_database = any(screen["database_cpu_ms"] for screen in run["screens"])
    columns = [*COLUMNS[:5], *(["CPU ms PostgreSQL"] if with_database else []), *COLUMNS[5:]]
    rows = [
        [
            screen["name"],
            screen["per_second"],
            screen["p50_ms"],
            screen["p95_ms"],
            screen["cpu_ms"],
            *([screen["database_cpu_ms"]] if with_database else []),
            queries_text(screen["queries"]),
            screen["requests"],
            screen["errors"],
        ]
        for screen in run["screens"]
    ]
    return "\n\n".join(
        [
            f"### {run['database']}, {run['participants']:,} participants in {run['groups']} groups",
            f"{run['signed_in']} people signed in, {run['connections']} connections, {run['workers']} workers. "
            f"Memory (PSS) {run['memory_mb']} MB for the workers, {run['memory_all_mb']} MB with the master. "
            f"Load average before: {run['load_before']}, yardstick {run['yardstick_ms']} ms. "
            f"Loading the demo took {run['load_seconds']} s; "
            f"the client used {run['client_cpu_ms']} ms of CPU per request. "
            f"check_progress afterwards: {run['check']}",
            markdown_table(columns, rows),
        ]
    )


def wire_table(wire):
    """Return heading and table of what one page sends over the wire, in kB (1,000 bytes)."""
    kinds = list(dict.fromkeys(kind for load in wire["loads"].values() for kind in load))
    rows = [
        [name, *(f"{load.get(kind, 0) / 1000:.1f}" for kind in kinds), f"{sum(load.values()) / 1000:.1f}"]
        for name, load in wire["loads"].items()
    ]
    return "\n\n".join(
        [f"### Over the wire: {wire['page']} ({wire['how']}), kB", markdown_table(["load", *kinds, "in all"], rows)]
    )
