"""The parts of the benchmark and the kill test that could be wrong without anybody noticing. Nothing here is timed."""

import socket
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
sys.path.insert(0, str(SCRIPTS))

from bench import inside  # noqa: E402 - scripts/ is no package
from bench.client import Away, Broken, Connection, Visitor  # noqa: E402
from bench.markup import read_page  # noqa: E402
from bench.measure import Result, percentile, spread, take_turns  # noqa: E402
from bench.processes import cpu_seconds, family_of, memory_mb, parse_pss  # noqa: E402
from bench.report import markdown_table, queries_text  # noqa: E402
from bench.screens import Job, StepPage  # noqa: E402
from bench.wire import add_up, names_in  # noqa: E402

STEP = b"""<form class="language"><input name="language" value="en"></form>
<form class="step table" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="token">
<textarea name="p-a-text">
Een &amp; twee</textarea><input type="hidden" name="p-a-edit_no" value="1">
<input type="hidden" name="p-a-writer" value="w">
<input type="radio" name="p-b-value" value="1"><input type="radio" name="p-b-value" value="2" checked>
<input type="date" name="p-c-value"><button name="act" value="end-done">Klaar</button></form>
<a href="/training/t/m/s/">Een <b>stap</b></a><link rel="stylesheet" href="/static/a.css">"""


# ── Figures ────────────────────────────────────────────────────────────────────
def test_percentile_is_a_value_that_was_measured():
    assert percentile([], 95) == 0
    assert percentile([7], 50) == 7
    assert percentile(range(1, 101), 95) == 95
    assert percentile([3, 1, 2], 50) == 2


def test_cpu_is_spread_over_all_requests_and_speed_counts_only_good_ones():
    result = Result(times=[10.0] * 4, errors=["500"], seconds=2.0, server_cpu=0.05)

    figures = result.figures()

    assert (figures["requests"], figures["errors"], figures["per_second"], figures["cpu_ms"]) == (5, 1, 2.0, 10.0)


def test_memory_is_read_in_megabytes():
    assert parse_pss("Rss: 900 kB\nPss:            1000 kB\nPss_Dirty: 3 kB\n") == pytest.approx(1.024)


def test_own_process_costs_and_holds_something():
    here = threading.get_native_id()

    assert here in family_of(here)
    assert cpu_seconds([here]) > 0
    assert memory_mb(here) > 1


def test_one_person_stays_on_one_connection():
    assert spread([["a1", "a2"], ["b1"], ["c1"]], 2) == [["a1", "a2", "c1"], ["b1"]]


def test_connections_take_turns_over_all_jobs():
    lanes = take_turns(["a", "b", "c", "d"], 8, 2)

    assert lanes == [["a", "c", "a", "c"], ["b", "d", "b", "d"]]


def test_queries_show_the_usual_count_and_the_most():
    assert queries_text([8, 8, 8]) == "8"
    assert queries_text([8, 8, 11]) == "8 (most 11)"


def test_table_is_markdown():
    assert markdown_table(["screen", "ms"], [["step", 7]]) == "| screen | ms |\n|---|---:|\n| step | 7 |"


# ── Reading pages and files ────────────────────────────────────────────────────
def test_only_the_form_of_the_step_is_read():
    page = read_page(STEP)

    assert [field.name for field in page.fields if field.is_sent] == [
        "p-a-text", "p-a-edit_no", "p-a-writer", "p-b-value", "p-c-value",
    ]  # fmt: skip
    assert page.fields[0].value == "Een & twee"
    assert (page.token, page.links, page.files) == ("token", [("/training/t/m/s/", "Een stap")], ["/static/a.css"])


def test_form_is_sent_as_a_browser_does():
    step = StepPage("/training/t/m/s/", 0, read_page(STEP).fields)

    untouched, written = dict(step.form("end-done")), dict(step.form("end-done", "Ja."))

    assert (untouched["p-a-text"], untouched["p-b-value"], untouched["act"]) == ("Een & twee", "2", "end-done")
    assert (written["p-a-text"], written["p-b-value"], written["p-c-value"]) == ("Ja.", "1", "")
    assert untouched["p-a-writer"] != written["p-a-writer"]
    assert step.slugs == ("m", "s")


def test_files_are_found_in_stylesheets_and_modules():
    assert names_in("/static/a.css", b'src: url("../b.woff2"); background: url(c.svg)') == ["../b.woff2", "c.svg"]
    assert names_in("/static/a.js", b'import { x } from "./b.js";import "./c.js";') == ["./b.js", "./c.js"]
    assert add_up([("/training/a/", 10), ("/static/a.css", 2), ("/static/b.css", 3)]) == {"page": 10, "css": 5}


# ── The client ─────────────────────────────────────────────────────────────────
@contextmanager
def answering(*answers):
    """A server that gives each of `answers` (bytes) to one request, all over one connection, and then hangs up."""

    def serve():
        connection, _address = listener.accept()
        with connection:
            for answer in answers:
                connection.recv(65_536)
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def test_client_reads_plain_and_chunked_answers():
    plain = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nSet-Cookie: sessionid=abc; Path=/\r\n\r\nja!"
    chunked = b"HTTP/1.1 302 Found\r\nTransfer-Encoding: chunked\r\nLocation: /x/\r\n\r\n2\r\nja\r\n1\r\n!\r\n0\r\n\r\n"

    with answering(plain, chunked) as port:
        connection, visitor = Connection(port), Visitor(port)
        first = visitor.ask(connection, "GET", "/")
        second = visitor.ask(connection, "POST", "/", [("a", "b")])
        connection.close()

    assert (first.status, first.body, first.size, visitor.cookies) == (200, b"ja!", len(plain), {"sessionid": "abc"})
    assert (second.status, second.body, second.size, second.location) == (302, b"ja!", len(chunked), "/x/")


def test_half_an_answer_is_no_answer():
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nja"

    with answering(half) as port, pytest.raises(Broken) as broken:
        Connection(port).exchange(b"GET / HTTP/1.1\r\n\r\n")

    assert broken.value.was_sent


def test_nobody_there_means_nothing_was_sent():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(Away) as away:
        Connection(port).exchange(b"GET / HTTP/1.1\r\n\r\n")

    assert not away.value.was_sent


@pytest.mark.parametrize(
    ("status", "location", "body", "fits"),
    [(302, "/training/a/", b"", True), (302, "/account/inloggen/", b"", False), (200, "", b"/training/", False)],
)
def test_answer_is_checked_by_status_and_marker(status, location, body, fits):
    from bench.client import Answer

    assert Job(b"", 302, b"/training/").fits(Answer(status, {"location": location}, body, 0)) is fits


# ── What the kill test compares ────────────────────────────────────────────────
PROMISE = {"person": "samira@example.nl", "prompt": "a", "promised": 5, "asked": 6, "saved": 4}


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ({"saved": 4, "newest": 5}, 0),
        ({"saved": 6, "newest": 6}, 0),  # a write that was never acknowledged may have been done
        ({"saved": 4, "newest": 4}, 1),
        ({"saved": 3, "newest": 5}, 1),
        ({"saved": 0, "newest": 0}, 2),
        (None, 1),
    ],
)
def test_what_was_promised_has_to_be_there(answer, number):
    assert len(inside.losses_of(PROMISE, answer)) == number


def test_nothing_promised_is_nothing_lost():
    assert inside.losses_of(PROMISE | {"promised": 0, "saved": 0}, None) == []


def test_rows_that_stand_there_twice_are_named():
    assert inside.twice("step", ["a", "b", "a"]) == ["step a: 2 rows"]


def test_comparison_finds_what_was_done_and_what_was_not(samira, enrolment, module, exercise):
    from training.domain.answers import Writing, save_answer, save_draft
    from training.domain.progress import begin_step, finish_step

    done, begun, *_others = module.step_list
    prompt = next(prompt for prompt in exercise.prompt_list if prompt.block_type == "open")
    finish_step(enrolment, module, done.key)
    begin_step(enrolment, module, begun.key)
    save_answer(enrolment, exercise, prompt, Writing({"text": "Mijn woorden 1"}, writer="w", edit_no=1))
    save_draft(enrolment, exercise, prompt, Writing({"text": "Mijn woorden 2"}, writer="w", based_on=1, edit_no=2))
    promise = {"person": samira.email, "prompt": prompt.id, "promised": 2, "asked": 2, "saved": 1}

    def compare(finished, **changes):
        steps = [[samira.email, module.slug, step.slug] for step in finished]
        return inside.compare({"people": [samira.email], "finished": steps, "words": [promise | changes]})

    assert compare([done]) == {"lost": [], "doubled": [], "steps": 1, "answers": 1}
    assert len(compare([done, begun])["lost"]) == 1
    assert len(compare([done], promised=3)["lost"]) == 1
    assert len(compare([done], saved=2)["lost"]) == 1
    assert len(compare([done], asked=1)["doubled"]) == 1


def test_forgetting_leaves_the_others_alone(samira, daan, module):
    from training.domain.progress import finish_step

    step = module.step_list[0]
    for person in (samira, daan):
        finish_step(person.enrolments.get(), module, step.key)

    inside.forget([samira.email])

    assert inside.count_done([samira.email]) == 0
    assert inside.count_done([daan.email]) == 1
