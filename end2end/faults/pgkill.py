"""SIGKILL on PostgreSQL under load: of huiyin, and of the database server beneath it, in a cluster of this check's own.

Every acknowledged filing is there afterwards, once. A database server that was killed and comes back is found again by
the running huiyin, without a restart. What a power cut does to PostgreSQL's own files is PostgreSQL's matter."""

import glob
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time

from diskfull import Skipped
from huiyin import ROOT, Broken, Ledger, Load, Server, Workspace, check_promises, check_verify
from kill9 import kill_rounds

SERVE_ROLE = "huiyin_serve"


class Cluster:
    """A PostgreSQL made by scripts/postgres.sh in a folder of its own; its processes are killed by their ids only."""

    def __init__(self):
        # Not in the check's own folder: PostgreSQL runs as another user, who may not enter that.
        self.home = tempfile.mkdtemp(prefix="huiyin-pg-", dir="/var/tmp")
        self.env = dict(os.environ, HUIYIN_POSTGRES_DIR=self.home)

    def script(self, verb):
        return subprocess.run([os.path.join(ROOT, "scripts", "postgres.sh"), verb], env=self.env, capture_output=True, text=True, timeout=120)

    def start(self, timeout=30):
        """Starts it; a killed one is refused until the last of its processes has gone."""
        until = time.monotonic() + timeout
        while True:
            done = self.script("start")
            if done.returncode == 0:
                return done.stdout.strip().splitlines()[-1]
            if "no PostgreSQL found" in done.stderr:
                raise Skipped(done.stderr.strip())
            if time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start again: {done.stderr.strip()[-400:]}")
            time.sleep(0.2)

    def processes(self):
        """The postmaster, then its children."""
        with open(os.path.join(self.home, "data", "postmaster.pid")) as file:
            postmaster = int(file.readline())
        children = []
        for stat in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(stat) as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
            if int(fields[1]) == postmaster:
                children.append(int(stat.split("/")[2]))
        return [postmaster, *children]

    def kill(self, all_at_once):
        """The postmaster alone, whose children then end by themselves, or all in one moment."""
        for process in self.processes()[: None if all_at_once else 1]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def remove(self):
        self.script("stop")
        shutil.rmtree(self.home, ignore_errors=True)


def psql(url, statement):
    found = shutil.which("psql") or next(iter(sorted(glob.glob("/usr/lib/postgresql/*/bin/psql"))), None)
    if not found:
        raise Skipped("psql is not installed")
    subprocess.run([found, url, "-qc", statement], check=True, timeout=60)


def city_on(cluster, binary, data):
    """A migrated database with a role that may serve; the address of that role."""
    admin = cluster.start()
    psql(admin, f"CREATE ROLE {SERVE_ROLE} LOGIN")
    psql(admin, "CREATE DATABASE city")
    owner = admin.replace("/postgres?", "/city?")
    code, output = Server(binary, data, url=owner).command("migrate", "--serve-role", SERVE_ROLE)
    if code != 0:
        raise RuntimeError(f"huiyin migrate ended with {code}: {output[-400:]}")
    return owner.replace("postgres://huiyin@", f"postgres://{SERVE_ROLE}@")


def wait_for_database(server, timeout=30):
    """Until the running server has found its database again."""
    until = time.monotonic() + timeout
    while server.get("/readyz")[0] != 200:
        if server.process.poll() is not None:
            raise Broken(f"the server ended with {server.process.returncode} when its database was killed:\n{server.tail()}")
        if time.monotonic() > until:
            raise Broken(f"not ready {timeout} s after the database came back: {server.get('/readyz')}")
        time.sleep(0.05)


def crash_rounds(cluster, server, ledger, rounds, seed):
    """Kills the database server under load, `rounds` times, beneath one running huiyin; answers how many filings were refused."""
    chance, refused = random.Random(seed), 0
    for number in range(rounds):
        load = Load(server, ledger, (seed + 1) * 1000 + number).start()
        time.sleep(chance.uniform(0.2, 0.8))
        cluster.kill(all_at_once=number % 2 == 1)
        time.sleep(0.3)
        load.stop()
        # Without its database it says "later", never yes and never that the fault is in what was sent.
        odd = {status: count for status, count in load.other.items() if status != 503}
        if odd:
            raise Broken(f"unexpected answers without a database: {odd} {load.last_other}")
        refused += sum(load.other.values())
        cluster.start()
        wait_for_database(server)
        check_promises(server, ledger, sample=40, seed=number)
    return refused


def run(binary, kills=20, crashes=5, seed=1, say=print):
    cluster = Cluster()
    try:
        with Workspace("pgkill") as folder:
            data = os.path.join(folder, "data")
            os.makedirs(data)
            url = city_on(cluster, binary, data)
            ledger, log = Ledger(os.path.join(folder, "ledger")), os.path.join(folder, "server.log")
            kill_rounds(binary, data, ledger, log, kills, seed, url, sample=40)
            server = Server(binary, data, url=url, log=log).start()
            try:
                refused = crash_rounds(cluster, server, ledger, crashes, seed)
                acked = check_promises(server, ledger)["acked"]
            finally:
                server.stop()
            check_verify(server)
            if acked < kills + crashes:
                raise Broken(f"only {acked} filings in {kills + crashes} rounds: the load did not load")
            return (f"huiyin killed {kills} times, PostgreSQL {crashes} times ({refused} refused meanwhile): "
                    f"{acked} acknowledged filings, 0 lost, 0 doubled, verify ok")
    finally:
        cluster.remove()
