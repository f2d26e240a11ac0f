"""`QuoteExtractor.pipe`: order, errors, laziness, worker processes that die."""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
import spacy

from quoteattr import QuoteExtractor
from quoteattr.errors import DocumentError, InputTypeError, ModelMissingError, OptionError

TEXTS = [
    f"“Pier number {number} will open in May,” Mayor Ida Holm said. Jonas Brandt denied that it was late."
    for number in range(12)
]


@pytest.fixture(scope="module")
def extractor():
    return QuoteExtractor()


@pytest.fixture(scope="module")
def expected(extractor):
    return [extractor.extract(text) for text in TEXTS]


@pytest.mark.parametrize("n_process", [1, 2])
def test_order_and_content(extractor, expected, n_process):
    found = list(extractor.pipe(iter(TEXTS), batch_size=3, n_process=n_process))
    assert found == expected


@pytest.mark.parametrize("n_process", [1, 2])
def test_contexts(extractor, expected, n_process):
    pairs = ((text, {"id": number}) for number, text in enumerate(TEXTS))
    found = list(extractor.pipe(pairs, as_tuples=True, batch_size=5, n_process=n_process))
    assert found == [(quotes, {"id": number}) for number, quotes in enumerate(expected)]


@pytest.mark.parametrize("n_process", [1, 2])
def test_docs_and_blank_texts(extractor, expected, nlp, n_process):
    stream = [nlp(TEXTS[0]), "", TEXTS[1], nlp.make_doc(TEXTS[2]), "  "]
    found = list(extractor.pipe(stream, n_process=n_process))
    assert [quotes.text for quotes in found] == [TEXTS[0], "", TEXTS[1], TEXTS[2], "  "]
    assert [len(quotes) for quotes in found] == [
        len(expected[n]) if n is not None else 0 for n in (0, None, 1, 2, None)
    ]


def test_nothing_is_taken_ahead_of_need(extractor):
    taken = []
    endless = (taken.append(number) or TEXTS[number % 12] for number in itertools.count())
    stream = extractor.pipe(endless, batch_size=4)
    assert taken == []
    next(stream)
    assert len(taken) == 4
    for _ in range(4):
        next(stream)
    assert len(taken) == 8
    stream.close()


def test_processes_take_a_few_batches_ahead(extractor):
    taken = []
    endless = (taken.append(number) or TEXTS[number % 12] for number in itertools.count())
    stream = extractor.pipe(endless, batch_size=2, n_process=2)
    first = list(itertools.islice(stream, 20))
    assert len(first) == 20
    assert len(taken) <= 20 + 2 * 2 * 3
    stream.close()
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("n_process", [1, 2])
def test_bad_document_is_named(extractor, expected, n_process):
    stream = [(TEXTS[0], "a"), (17, "bad"), (TEXTS[1], "c")]
    pipe = extractor.pipe(stream, as_tuples=True, n_process=n_process)
    assert next(pipe) == (expected[0], "a")
    with pytest.raises(DocumentError, match=r"'bad'.*not int") as caught:
        next(pipe)
    assert caught.value.doc_id == "bad"


@pytest.mark.parametrize("n_process", [1, 2])
def test_bad_document_is_skipped(extractor, expected, caplog, n_process):
    with caplog.at_level(logging.WARNING, "quoteattr"):
        found = list(extractor.pipe([TEXTS[0], None, TEXTS[1]], on_error="skip", n_process=n_process))
    assert found == expected[:2]
    assert "Document 1 was left out" in caplog.text


@pytest.mark.parametrize("n_process", [1, 2])
def test_bad_document_is_handed_over(extractor, expected, n_process):
    errors = []
    found = list(
        extractor.pipe([b"", *TEXTS[:2], 3.5], on_error=errors.append, batch_size=2, n_process=n_process)
    )
    assert found == expected[:2]
    assert [(error.doc_id, type(error)) for error in errors] == [(0, DocumentError), (3, DocumentError)]


@pytest.mark.parametrize("n_process", [1, 2])
def test_doc_of_another_language(extractor, expected, n_process):
    doc = spacy.blank("de")("Anna sagte nein.")
    for token in doc:
        token.dep_, token.tag_ = "dep", "X"
    errors = []
    found = list(extractor.pipe([TEXTS[0], doc], on_error=errors.append, n_process=n_process))
    assert found == expected[:1]
    assert "'de'" in str(errors[0])


def test_cause_is_kept(extractor):
    with pytest.raises(DocumentError) as caught:
        list(extractor.pipe([3]))
    assert isinstance(caught.value.__cause__, InputTypeError)


def test_document_that_breaks_the_parse(nlp, expected, monkeypatch):
    extractor = QuoteExtractor(nlp)
    real = nlp.make_doc

    def fussy(text):
        if "number 1 " in text:
            raise ValueError("no such pier")
        return real(text)

    monkeypatch.setattr(nlp, "make_doc", fussy)
    errors = []
    found = list(extractor.pipe(TEXTS[:3], on_error=errors.append))
    assert found == [expected[0], expected[2]]
    assert [(error.doc_id, error.reason) for error in errors] == [(1, "ValueError: no such pier")]


@pytest.mark.parametrize("n_process", [1, 2])
def test_stream_that_fails_gives_out_what_it_had(extractor, expected, n_process):
    def broken():
        yield from TEXTS[:5]
        raise RuntimeError("disk gone")

    found = []
    with pytest.raises(RuntimeError, match="disk gone"):
        found.extend(iter_into(found, extractor.pipe(broken(), batch_size=2, n_process=n_process)))
    assert found == expected[:5]


def iter_into(found, stream):
    """Append to ``found`` what the stream gives before it fails."""
    for each in stream:
        found.append(each)
    return ()


@pytest.mark.parametrize(
    "options",
    [
        {"batch_size": 0},
        {"batch_size": 1.5},
        {"n_process": 0},
        {"n_process": -2},
        {"on_error": "ignore"},
        {"on_error": None},
    ],
)
def test_unknown_options(extractor, options):
    with pytest.raises(OptionError, match=next(iter(options))):
        extractor.pipe([], **options)


def test_pairs_are_needed(extractor):
    with pytest.raises(InputTypeError, match="item 0"):
        list(extractor.pipe([TEXTS[0]], as_tuples=True))


@pytest.mark.parametrize("n_process", [1, 2])
@pytest.mark.usefixtures("no_model")
def test_missing_model_is_no_documents_fault(n_process):
    with pytest.raises(ModelMissingError):
        list(QuoteExtractor().pipe(TEXTS, on_error="skip", n_process=n_process))


class Killer(str):
    """A text that kills the process which reads it, for as long as ``flag`` does not stop it."""

    def __new__(cls, text, flag=None):
        self = super().__new__(cls, text)
        self.flag = flag
        return self

    def __reduce__(self):
        return _kill, (str(self), self.flag, os.getpid())


def _kill(text, flag, parent):
    """What a worker runs to unpack a `Killer`."""
    if os.getpid() == parent or (flag is not None and os.path.exists(flag)):
        return text
    if flag is not None:
        open(flag, "w").close()
    os._exit(9)


def test_worker_that_dies_once_loses_nothing(extractor, expected, tmp_path, caplog):
    texts = [*TEXTS[:5], Killer(TEXTS[5], str(tmp_path / "died")), *TEXTS[6:]]
    with caplog.at_level(logging.WARNING, "quoteattr"):
        found = list(extractor.pipe(texts, batch_size=2, n_process=2))
    assert found == expected
    assert "worker process died" in caplog.text


def test_document_that_kills_every_worker_is_named(extractor, expected):
    texts = [*TEXTS[:5], Killer(TEXTS[5]), *TEXTS[6:]]
    errors = []
    found = list(extractor.pipe(texts, batch_size=3, n_process=2, on_error=errors.append))
    assert found == expected[:5] + expected[6:]
    assert [error.doc_id for error in errors] == [5]
    assert "died" in str(errors[0])


def test_document_that_kills_every_worker_raises_in_its_place(extractor, expected):
    found = []
    with pytest.raises(DocumentError, match="Document 5 was left out: the worker process"):
        iter_into(
            found, extractor.pipe([*TEXTS[:5], Killer(TEXTS[5]), *TEXTS[6:]], batch_size=3, n_process=2)
        )
    assert found == expected[:5]


def test_worker_killed_from_outside(extractor, expected):
    stream = extractor.pipe(TEXTS * 5, batch_size=2, n_process=2)
    found = [next(stream)]
    os.kill(multiprocessing.active_children()[0].pid, 9)
    found += stream
    assert found == expected * 5


SPAWN = """
import multiprocessing, spacy
from quoteattr import QuoteExtractor, models

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    texts = ["Mayor Ida Holm said that the pier was safe."] * 4
    for nlp in (None, spacy.load(models.default_name())):
        found = list(QuoteExtractor(nlp).pipe(texts, batch_size=2, n_process=2))
        print([quotes[0].speaker.name for quotes in found])
"""


KILLED = """
import itertools, os, signal
from quoteattr import QuoteExtractor

texts = itertools.repeat("“Pier number 4 will open in May,” Mayor Ida Holm said.")
for number, _ in enumerate(QuoteExtractor().pipe(texts, n_process=2, batch_size=4)):
    if number == 9:
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_workers_end_with_a_parent_that_is_killed():
    """They hold its output open: who reads that would wait for ever."""
    command = [sys.executable, "-c", KILLED]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as child:
        try:
            assert child.communicate(timeout=120) == (b"", None)
            assert child.returncode == -signal.SIGKILL
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)


def test_spawned_processes(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SPAWN, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert run.stdout.splitlines() == [str(["Ida Holm"] * 4)] * 2, run.stderr


def test_time_per_text_does_not_grow_with_the_stream(extractor):
    def seconds(count):
        start = time.process_time()
        assert sum(1 for _ in extractor.pipe(TEXTS[number % 12] for number in range(count))) == count
        return (time.process_time() - start) / count

    seconds(20)
    assert seconds(400) < 3 * seconds(100)
