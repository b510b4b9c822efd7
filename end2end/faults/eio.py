"""fsync answers EIO: the page cache may no longer be what the disk holds, so the process ends without an answer.

strace injects the error into a running server, into the fsync of a filing and of a photo; a fresh start then finds every
promise kept, and a retry files once."""

import http.client
import os
import random
import shutil
import subprocess
import time

from diskfull import Skipped
from huiyin import Broken, Filings, Ledger, Server, Workspace, check_promises, check_verify, fresh_city, photo


def attach(process, log):
    """strace on all threads of `process`; every sync from now on fails. Returns once it is attached.

    The server writes of its own accord as well (jobs, figures): such a write may meet the fault within these moments, the
    server ends and strace with it. That it could trace is plain from its log."""
    pid = process.pid
    tracer = subprocess.Popen(["strace", "-f", "-y", "-p", str(pid), "-e", "trace=fsync,fdatasync,sync_file_range", "-e",
                               "inject=fsync,fdatasync,sync_file_range:error=EIO", "-o", log], stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with open(f"/proc/{pid}/status") as status:  # stays readable after the end: the process has not been waited for
            if any(line.startswith("TracerPid:") and line.split()[1] != "0" for line in status):
                time.sleep(0.3)
                return tracer
        if tracer.poll() is not None:
            if first_failed(log):
                return tracer
            raise Skipped(f"strace may not trace here: {tracer.stderr.read().strip()[-120:]}")
        time.sleep(0.02)
    raise Skipped("strace did not attach within 10 s")


def file_in_vain(server, ledger, filings):
    """A filing whose commit fails: no answer, or one that promises nothing."""
    key, body = Filings.key(), filings.next()
    ledger.asked(key, body)
    status, answer = server.file(body, key)
    if status < 500:
        raise Broken(f"answered {status} though nothing reached the disk: {answer}")


def upload_in_vain(server, filings):
    """A photo whose fsync fails; no row of the database is written for it."""
    if uploaded := server.upload(photo(filings.chance), Filings.key()):
        raise Broken(f"the photo {uploaded} was taken though it never reached the disk")


def first_failed(log):
    """What the first failed sync was of, as strace names it; empty where none failed."""
    if not os.path.exists(log):
        return ""
    with open(log, errors="replace") as lines:
        return next((line for line in lines if "(INJECTED)" in line), "")


def run(binary, filings_rounds=3, photo_rounds=2, seed=1, say=print):
    if not shutil.which("strace"):
        raise Skipped("strace is not installed")
    with Workspace("eio") as folder:
        data = fresh_city(binary, os.path.join(folder, "data"))
        ledger = Ledger(os.path.join(folder, "ledger"))
        trace = os.path.join(folder, "strace.log")
        met = {"filing": 0, "photo": 0, "own": 0}
        for number in range(filings_rounds + 3 * photo_rounds + 2):
            what = "filing" if met["filing"] < filings_rounds else "photo"
            server = Server(binary, data, log=os.path.join(folder, "server.log")).start()
            tracer = None
            try:
                filings = Filings(server.choices(), seed * 100 + number)
                for _ in range(random.Random(number).randrange(1, 10)):
                    key, body = Filings.key(), filings.next()
                    ledger.asked(key, body)
                    status, answer = server.file(body, key)
                    if status != 201:
                        raise Broken(f"before the fault: {status} {answer}")
                    ledger.acknowledged(key, answer)
                time.sleep(1)  # the figures and the notices follow what was filed: their commit would fail first
                if os.path.exists(trace):
                    os.remove(trace)
                tracer = attach(server.process, trace)
                # A write of the server's own met the fault before anybody asked for anything: checked like the others, not counted.
                own = bool(first_failed(trace))
                try:
                    if what == "photo":
                        upload_in_vain(server, filings)
                    else:
                        file_in_vain(server, ledger, filings)
                except (OSError, http.client.HTTPException):
                    pass  # the line went dead: nothing was promised
                try:
                    server.process.wait(15)
                except subprocess.TimeoutExpired:
                    raise Broken(f"the process lives on after a failed fsync of a {what}") from None
                if server.process.returncode == 0:
                    raise Broken("the process ended as if all were well")
            finally:
                server.kill()
                if tracer:
                    try:
                        tracer.wait(10)
                    except subprocess.TimeoutExpired:
                        tracer.kill()
                        tracer.wait()
            # On a slow machine the database may have met the fault before the photo did: once more.
            met["own" if own else "photo" if "/photos/" in first_failed(trace) else "filing"] += 1
            server = Server(binary, data, log=os.path.join(folder, "server.log")).start()
            try:
                counts = check_promises(server, ledger)
            finally:
                server.stop()
            check_verify(server)
            if met["photo"] == photo_rounds:
                break
        else:
            raise Broken(f"the fault met {met['photo']} photos instead of {photo_rounds}: {first_failed(trace)}")
        return (f"{met['filing']} failed fsyncs of the database and {met['photo']} of photos, each ended the process unanswered; "
                f"{counts['acked']} filings all there, verify ok")
