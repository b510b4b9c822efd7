"""All faults against one binary: python3 run.py --binary target/debug/huiyin [--ci] [--only kill9,powercut] [--kills N] [--cuts N] [--pg-kills N] [--pg-crashes N]

Prints one line a check and "N passed, N failed, N skipped" at the end. A skipped check fails with --ci."""

import argparse
import os
import sys
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import diskfull
import eio
import kill9
import pgkill
import samekey
from diskfull import Skipped


def powercut_run(binary, rounds):
    if not os.path.exists("/dev/fuse"):
        raise Skipped("no /dev/fuse here (modprobe fuse)")
    try:
        import powercut
    except ImportError:
        raise Skipped("python3-fusepy is not installed") from None
    return powercut.run(binary, rounds)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--binary", required=True)
    options.add_argument("--ci", action="store_true")
    options.add_argument("--only", default="")
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--cuts", type=int, default=10)
    options.add_argument("--pg-kills", type=int, default=20)
    options.add_argument("--pg-crashes", type=int, default=5)
    given = options.parse_args()
    binary = os.path.abspath(given.binary)
    checks = {
        "samekey": lambda: samekey.run(binary),
        "diskfull": lambda: diskfull.run(binary),
        "eio": lambda: eio.run(binary),
        "powercut": lambda: powercut_run(binary, given.cuts),
        "kill9": lambda: kill9.run(binary, given.kills),
        "pgkill": lambda: pgkill.run(binary, given.pg_kills, given.pg_crashes),
    }
    wanted = given.only.split(",") if given.only else list(checks)
    passed = failed = skipped = 0
    for name in wanted:
        began = time.monotonic()
        try:
            line, verdict = checks[name](), "ok"
            passed += 1
        except Skipped as reason:
            line, verdict = str(reason), "SKIPPED"
            skipped += 1
        except Exception as error:  # a broken promise, or a check that broke: both are red
            line, verdict = f"{type(error).__name__}: {error}", "FAILED"
            failed += 1
            if type(error).__name__ != "Broken":
                traceback.print_exc()
        print(f"{verdict:8} {name:9} {time.monotonic() - began:5.0f} s  {line}", flush=True)
    print(f"\nfaults: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or (skipped and given.ci) or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
