"""A soak: generated texts with faults thrown in, for so many minutes; what was survived, lost, doubled.

usage: python benchmarks/soak.py [--minutes 30] [--seed 1]

Rounds of these kinds, in turn:

stream      texts in two processes, among them things that are no text, German documents, texts too long
killed      the same while worker processes are killed
unreadable  the command line on a folder with a dead link and bytes that are no UTF-8 among its files
stopped     the command line interrupted, terminated or killed, again and again, and continued with --resume
full disk   the command line's output hits the largest size that a file may have, then --resume; /dev/full
huge        one text of some 300,000 characters

A document is *lost* if neither its quotes nor its error came out, *doubled* if either came out twice, *wrong*
if its quotes differ from those of an undisturbed run or an exit code is not the documented one. Anything but
noughts there makes the exit code 1. Needs Linux.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import spacy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from fragments import KINDS, sample

from quoteattr import QuoteExtractor, Quotes
from quoteattr.errors import DocumentError

MAX_CHARS = 20_000
TOO_LONG = "x " * MAX_CHARS
ENDED = 120  # seconds after a signal in which a command and its workers have to end
OUTLIVED = 1000  # in the place of an exit code: they did not
COMMAND = [sys.executable, "-m", "quoteattr", "extract"]


class Tally(Counter[str]):
    """What one kind of round met, by name, with the trouble it had in words."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble: list[str] = []

    def check(self, good: bool, name: str, what: object) -> None:
        """Count one more ``name`` where something is not as it should be."""
        if not good:
            self[name] += 1
            self.trouble.append(f"{name}: {what}")


def articles(chance: random.Random, count: int) -> list[str]:
    """Texts that look like articles, with debris between them."""
    prose = [" ".join(chance.choices(KINDS["sentences"], k=chance.randrange(2, 12))) for _ in range(count)]
    texts = prose + sample(count, chance.randrange(10**9))
    chance.shuffle(texts)
    return texts[:count]


def bad_things(chance: random.Random) -> list[object]:
    """What no reader should be given."""
    german = spacy.blank("de")("Anna sagte nein.")
    for token in german:
        token.dep_, token.tag_ = "dep", "X"
    return chance.sample([None, 7, b"bytes", ["list"], {}, object, 1.5, german, TOO_LONG], 5)


def stream(chance: random.Random, tally: Tally, disturb: Callable[[], None] | None = None) -> None:
    """Texts and things that are none, in two processes."""
    texts: list[object] = [*articles(chance, 120), *bad_things(chance)]
    chance.shuffle(texts)
    extractor = QuoteExtractor(acts="all", max_chars=MAX_CHARS)
    expected = extractor.outcomes(texts)
    errors: list[DocumentError] = []
    found: dict[object, Quotes] = {}
    if disturb:
        disturb()
    for quotes, key in extractor.pipe(
        zip(texts, range(len(texts)), strict=True),
        as_tuples=True,
        n_process=2,
        batch_size=8,
        on_error=errors.append,
    ):
        tally.check(key not in found, "doubled", key)
        found[key] = quotes
    failed = Counter(error.doc_id for error in errors)
    died = {error.doc_id for error in errors if "died" in error.reason}
    for key, outcome in enumerate(expected):
        tally.check(key in found or key in failed, "lost", key)
        tally.check(failed[key] + (key in found) <= 1, "doubled", key)
        good = found.get(key) == outcome if isinstance(outcome, Quotes) else key in failed
        tally.check(good or key in died, "wrong", texts[key])
    tally["documents"] += len(texts)
    tally["quotes"] += sum(map(len, found.values()))
    tally["faults"] += len(failed)
    tally["reported as killed twice"] += len(died)


def killed(chance: random.Random, tally: Tally) -> None:
    """A stream whose workers are killed: by their ids, and only those that this process started."""
    stop = threading.Event()

    def kill() -> None:
        while not stop.wait(chance.uniform(0.5, 3)):
            for child in multiprocessing.active_children()[:1]:
                child.kill()
                tally["kills"] += 1

    killer = threading.Thread(target=kill, daemon=True)
    try:
        stream(chance, tally, killer.start)
    finally:
        stop.set()
        killer.join()


def huge(chance: random.Random, tally: Tally) -> None:
    """One long text, offsets checked."""
    text = ""
    while len(text) < 300_000:
        text += "\n\n".join(articles(chance, 50))
    quotes = QuoteExtractor(acts="all").extract(text)
    for quote in quotes:
        tally.check(all(text[s.start : s.end] == s.text for s in quote.spans), "wrong", quote)
    tally["documents"] += 1
    tally["quotes"] += len(quotes)


def files(folder: Path, chance: random.Random, count: int) -> Path:
    """A folder of articles."""
    place = folder / "in"
    place.mkdir()
    for number, text in enumerate(articles(chance, count)):
        data = text.encode("utf-8", errors="replace")
        (place / f"{number:04}.txt").write_bytes(data)
    return place


def run(
    arguments: list[str], after: float | None = None, how: int = 0, file_size: int | None = None
) -> tuple[int, str]:
    """The command line's exit code and what it said; stopped ``after`` some seconds, if at all."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    if file_size is not None:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (file_size, file_size))
    try:
        _, said = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(how)
        try:
            _, said = process.communicate(timeout=ENDED)
        except subprocess.TimeoutExpired:  # its workers hold standard error open
            os.killpg(process.pid, signal.SIGKILL)
            return OUTLIVED, process.communicate()[1]
    return process.returncode, said


def lines(path: Path) -> Counter[str]:
    """The lines of a file with how often each stands there."""
    return Counter(path.read_text(encoding="utf-8").splitlines()) if path.exists() else Counter()


def compare(tally: Tally, expected: Counter[str], found: Counter[str]) -> None:
    """Count what is missing from an output and what is there too often."""
    for line, times in (expected - found).items():
        tally.check(False, "lost", f"{times} × {line[:80]}")
    for line, times in (found - expected).items():
        tally.check(False, "doubled", f"{times} × {line[:80]}")
    tally["quotes"] += sum(found.values())


def undisturbed(place: Path, folder: Path, tally: Tally) -> Counter[str]:
    """The lines that a run without faults writes."""
    code, said = run([str(place), "-o", str(folder / "whole.jsonl")])
    tally.check(code == 0, "wrong", f"exit {code}: {said[-300:]}")
    return lines(folder / "whole.jsonl")


def unreadable(chance: random.Random, tally: Tally) -> None:
    """Files that cannot be read among those that can: named, and the others read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = files(folder, chance, 40)
        expected = undisturbed(place, folder, tally)
        bad = [place / "0007b.txt", place / "0019b.txt", place / "0031b.txt"]
        bad[0].write_bytes(b"\xff\xfe\xfa not UTF-8 \x80")
        bad[1].symlink_to(folder / "nowhere.txt")
        bad[2].mkdir()
        code, said = run([str(place), str(bad[1]), "-o", str(folder / "out.jsonl"), "-j", "2"])
        tally.check(code == 1, "wrong", f"exit {code}: {said[-300:]}")
        tally.check(bad[0].name in said, "wrong", f"not named: {said[-300:]}")
        compare(tally, expected, lines(folder / "out.jsonl"))
        tally["documents"] += 40
        tally["faults"] += len(bad)


def stopped(chance: random.Random, tally: Tally) -> None:
    """A run that is stopped several times and continued."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = files(folder, chance, 250)
        expected = undisturbed(place, folder, tally)
        output = folder / "out.jsonl"
        # One that comes before the command is ready for it ends the process by itself, as a shell's 143 too.
        codes = {signal.SIGINT: (130, -2, 0), signal.SIGTERM: (143, -15, 0), signal.SIGKILL: (-9, 0)}
        for attempt in range(12):
            how = chance.choice(list(codes))
            after = None if attempt == 11 else chance.uniform(3, 9)
            jobs = chance.choice(["1", "2"])
            code, said = run([str(place), "-o", str(output), "--resume", "-j", jobs], after, how)
            tally.check(code in codes[how], "wrong", f"exit {code} after {how}: {said[-300:]}")
            tally["stops"] += code != 0
            if code == 0:
                break
        compare(tally, expected, lines(output))
        tally["documents"] += 250


def full_disk(chance: random.Random, tally: Tally) -> None:
    """An output that cannot be written to its end, then continued where there is room."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = files(folder, chance, 60)
        expected = undisturbed(place, folder, tally)
        output = folder / "out.jsonl"
        size = (folder / "whole.jsonl").stat().st_size
        code, said = run([str(place), "-o", str(output)], file_size=chance.randrange(size // 4, size // 2))
        tally.check(code == 3, "wrong", f"exit {code} at the limit: {said[-300:]}")
        code, said = run([str(place), "-o", str(output), "--resume"])
        tally.check(code == 0, "wrong", f"exit {code} with --resume: {said[-300:]}")
        compare(tally, expected, lines(output))
        if Path("/dev/full").exists():
            code, said = run([str(place), "-f", "jsonl", "-o", "/dev/full"])
            tally.check(code in (2, 3), "wrong", f"exit {code} at /dev/full: {said[-300:]}")
        tally["documents"] += 60
        tally["faults"] += 2


ROUNDS: dict[str, Callable[[random.Random, Tally], None]] = {
    "stream": stream,
    "killed": killed,
    "unreadable": unreadable,
    "stopped": stopped,
    "full disk": full_disk,
    "huge": huge,
}


def memory() -> float:
    """The memory that this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def soak(minutes: float, seed: int) -> Iterator[tuple[str, Tally]]:
    """Rounds until the time is over; each kind's tally as it stands after every one of its rounds."""
    chance = random.Random(seed)
    tallies = {name: Tally() for name in ROUNDS}
    end = time.monotonic() + 60 * minutes
    for name in cycle(ROUNDS):
        if time.monotonic() > end:
            return
        start = time.monotonic()
        ROUNDS[name](chance, tallies[name])
        tallies[name]["rounds"] += 1
        tallies[name]["seconds"] += round(time.monotonic() - start)
        yield name, tallies[name]


def main() -> int:
    """Soak, and print what was met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    QuoteExtractor().extract("Ann Lee said it rained.")
    before = memory()
    start = time.monotonic()
    found: dict[str, Tally] = {}
    for name, tally in soak(options.minutes, options.seed):
        found[name] = tally
        print(f"{time.monotonic() - start:6.0f} s  {memory():5.0f} MB  {name:10}  {dict(tally)}", flush=True)
    print(f"\n{(time.monotonic() - start) / 60:.1f} minutes; {before:.0f} MB before, {memory():.0f} MB after")
    for name, tally in found.items():
        print(f"{name:10}  {dict(tally)}")
        for trouble in tally.trouble[:5]:
            print(f"    {trouble}")
    return int(any(tally.trouble for tally in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
