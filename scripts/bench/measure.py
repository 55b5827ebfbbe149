"""Sending many requests over a few connections and taking the time of each, from a process of its own."""

import contextlib
import multiprocessing
import os
import threading
import time
from dataclasses import dataclass, field

from bench.client import Broken, Connection


@dataclass
class Result:
    """What one measurement found. `times` in ms, `seconds` from the first request to the last answer."""

    times: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    seconds: float = 0.0
    client_cpu: float = 0.0
    server_cpu: float = 0.0
    database_cpu: float = 0.0

    def __add__(self, other):
        return Result(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def number(self):
        return len(self.times) + len(self.errors)

    def figures(self):
        """Return the figures of the report: requests per second, ms per request (also of CPU), number and errors."""
        number = max(1, self.number)
        return {
            "requests": self.number,
            "errors": len(self.errors),
            "per_second": round(len(self.times) / self.seconds, 1) if self.seconds else 0.0,
            "p50_ms": round(percentile(self.times, 50), 1),
            "p95_ms": round(percentile(self.times, 95), 1),
            "cpu_ms": round(self.server_cpu * 1000 / number, 2),
            "database_cpu_ms": round(self.database_cpu * 1000 / number, 2),
            "client_cpu_ms": round(self.client_cpu * 1000 / number, 2),
        }


def percentile(values, share):
    """Return the smallest of `values` that `share` percent of them do not exceed; 0 when there are none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def drive(server, lanes, seconds=60, cluster=None):
    """Send `lanes` (lists of Job), each over a connection of its own, all at once; return the Result.

    After `seconds` no new request is begun. The CPU of the server (and of a PostgreSQL of our own) is read around it.
    """
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    child = multiprocessing.get_context("fork").Process(target=send_all, args=(theirs, server.port, lanes, seconds))
    before, database = server.cpu_seconds(), cluster.cpu_seconds() if cluster else 0.0
    child.start()
    try:
        result = ours.recv()
    finally:
        child.join(10)
        if child.is_alive():
            child.kill()
    result.server_cpu = server.cpu_seconds() - before
    result.database_cpu = cluster.cpu_seconds() - database if cluster else 0.0
    return result


def send_all(pipe, port, lanes, seconds):
    """The child process: a thread for each lane; sends the Result back through `pipe`."""
    results = [Result() for _lane in lanes]
    used, started = os.times(), time.perf_counter()
    threads = [
        threading.Thread(target=send_lane, args=(port, lane, started + seconds, result), daemon=True)
        for lane, result in zip(lanes, results, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = sum(results, Result())
    total.seconds = time.perf_counter() - started
    total.client_cpu = sum(os.times()[:2]) - sum(used[:2])
    with contextlib.suppress(BrokenPipeError):
        pipe.send(total)


def send_lane(port, lane, until, result):
    connection = Connection(port)
    for job in lane:
        started = time.perf_counter()
        if started > until:
            break
        try:
            answer = connection.exchange(job.request)
        except Broken as error:
            result.errors.append(f"no answer: {error}")
            continue
        if job.fits(answer):
            result.times.append((time.perf_counter() - started) * 1000)
        else:
            result.errors.append(f"{answer.status} {answer.location} instead of {job.status} {job.marker.decode()}")
    connection.close()


def spread(jobs_of_people, connections):
    """Deal people's lists of jobs over the connections; one person's stay on one connection, in their order."""
    lanes = [[] for _connection in range(connections)]
    for place, jobs in enumerate(jobs_of_people):
        lanes[place % connections] += jobs
    return lanes


def take_turns(jobs, number, connections):
    """Give each connection an equal share of `number` requests: `jobs` in turn, each from another place in them."""
    share = -(-number // connections)
    return [[jobs[(lane + turn * connections) % len(jobs)] for turn in range(share)] for lane in range(connections)]
