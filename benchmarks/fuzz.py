"""Coverage-guided fuzzing of the reading of marks and of all that reads a file, with atheris.

usage: pip install atheris && python benchmarks/fuzz.py [TARGET ...] [--seconds 60] [--corpus FOLDER]

The targets are those of ``tests/fuzz_targets.py``; by default all, one after the other, for so many seconds
each. What was learned (inputs that reach something new) is kept in FOLDER, so that the next run goes on from
there. An input that breaks a promise, hangs or takes 2 GB is written there as TARGET-crash-…, -timeout-… or
-oom-…, and ends its target; the exit code is then 1. atheris has wheels for Linux and macOS.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HANGS = 600  # seconds for one input; ten of the processor are too many already (fuzz_targets.within_time)
TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path.insert(0, str(TESTS))


def dictionary() -> str:
    """Words that a fuzzer would be long in finding, in libFuzzer's form: marks, keys, signs of formats."""
    from fragments import FRAGMENTS

    keys = ["text", "id", "attributions", "content", "source", "cue", "kind", "aliases", "confidence"]
    keys += ["options", "end", "document", "finished", "quotes", "engine", "spans", "speaker", "members"]
    words = {*FRAGMENTS, *(f'"{key}": ' for key in keys), "[[quote]]\n", "T1\t", "E1\tAttribution:", "\n\0\n"}
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass")) for word in words)
    return "".join(f'"{word}"\n' for word in sorted(quoted) if word)


def fuzz(target: str, options: list[str]) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["quoteattr", "tomllib", "tomli", "json", "csv"]):
        from fuzz_targets import TARGETS

    atheris.Setup([sys.argv[0], *options], TARGETS[target])
    atheris.Fuzz()


def run(target: str, seconds: int, corpus: Path) -> int:
    """Fuzz one target in a process of its own; its exit code, after a line of figures."""
    from fuzz_targets import SEEDS

    place = corpus / target.replace(" ", "-")
    place.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]):
        (place / f"seed-{number}").write_bytes(seed)
    words = corpus / "dictionary"
    words.write_text(dictionary(), encoding="ascii")
    limits = [f"-max_total_time={seconds}", f"-timeout={HANGS}", "-rss_limit_mb=2048", "-max_len=4096"]
    options = [f"-dict={words}", f"-artifact_prefix={place}-", "-print_final_stats=1", *limits, str(place)]
    start, before = time.monotonic(), os.times()
    child = subprocess.run(
        [sys.executable, __file__, "--inside", target, *options],
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    said = child.stderr.splitlines()
    inputs = next((line.split()[-1] for line in said if "number_of_executed_units" in line), "?")
    kept = sum(1 for _ in place.iterdir())
    took = time.monotonic() - start
    print(
        f"{target:12} {inputs:>9} inputs, {kept:5} kept, {cpu:6.0f} s of CPU in {took:.0f} s, "
        f"{'nothing found' if child.returncode == 0 else 'FOUND'}",
        flush=True,
    )
    if child.returncode:
        print("\n".join(said[-30:]), flush=True)
    return child.returncode


def main() -> int:
    """Read the arguments and fuzz."""
    from fuzz_targets import TARGETS

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    unknown = set(options.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix="fuzz-"))
    codes = [run(target, options.seconds, corpus) for target in options.targets or TARGETS]
    return int(any(codes))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        fuzz(sys.argv[2], sys.argv[3:])
    else:
        raise SystemExit(main())
