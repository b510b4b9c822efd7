"""A power cut under load: what was not synced is gone (lossyfs.py), what was acknowledged is not.

Database, photos, checkpoints and keys all lie on the forgetting disk. Every other round keeps a random part of the
unsynced pages and names, as a real disk may. The negative control is a
plant (end2end/plants): with synchronous=NORMAL this check must go red."""

import os
import random
import shutil
import subprocess
import sys
import time

import lossyfs
from huiyin import Broken, Ledger, Load, Server, Workspace, check_promises, check_verify, fresh_city


class Disk:
    def __init__(self, folder, source, keep, seed):
        self.state, self.mount = os.path.join(folder, "state"), os.path.join(folder, "mount")
        os.makedirs(self.state)
        os.makedirs(self.mount)
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lossyfs.py")
        self.process = subprocess.Popen([sys.executable, script, self.state, self.mount, "--from", source, "--keep", keep, "--seed", str(seed)])
        for _ in range(500):
            if os.path.ismount(self.mount):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        self.process.kill()
        raise RuntimeError("the forgetting disk could not be mounted")

    def cut(self):
        try:
            os.close(os.open(os.path.join(self.mount, lossyfs.CUT), os.O_CREAT | os.O_WRONLY))
        except OSError:
            pass

    def unmount(self):
        for tool in ("fusermount", "fusermount3"):
            if shutil.which(tool):
                subprocess.run([tool, "-u", "-z", self.mount], stderr=subprocess.DEVNULL)
                break
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run(binary, rounds=10, seed=1, seconds=1.5, settings=None, say=print):
    chance, acked, lost_pages, lost_names, photos = random.Random(seed), 0, 0, 0, 0
    with Workspace("powercut") as folder:
        data = fresh_city(binary, os.path.join(folder, "data-0"))
        ledger = Ledger(os.path.join(folder, "ledger"))
        for number in range(rounds):
            here = os.path.join(folder, f"round-{number}")
            os.makedirs(here)
            disk = Disk(here, data, "some" if number % 2 else "none", seed * 100 + number)
            server = Server(binary, disk.mount, settings=settings, log=os.path.join(folder, "server.log"))
            try:
                server.start()
                load = Load(server, ledger, seed * 100 + number).start()
                time.sleep(chance.uniform(0.3, seconds))
                disk.cut()
                time.sleep(0.1)
                server.kill()
                load.stop()
                photos += load.photos
            finally:
                server.kill()
                disk.unmount()
            after = os.path.join(folder, f"data-{number + 1}")
            stats = lossyfs.restore(disk.state, after)
            lost_pages, lost_names = lost_pages + stats["lost_pages"], lost_names + stats["lost_names"]
            shutil.rmtree(here)
            # The machine comes up again with what the disk kept.
            server = Server(binary, after, settings=settings, log=os.path.join(folder, "server.log")).start()
            try:
                # The newest first: a cut takes those. The last round reads back every one.
                acked = check_promises(server, ledger, sample=None if number == rounds - 1 else 400, seed=number)["acked"]
            finally:
                server.stop()
            check_verify(server)
            shutil.rmtree(data)
            data = after
        if acked < rounds:
            raise Broken(f"only {acked} filings in {rounds} rounds: the load did not load")
        if not photos:
            raise Broken("no photo was taken in: the cut did not try them")
        if not lost_pages:
            raise Broken("the disk forgot nothing: the cut did not cut")
        return f"{rounds} cuts, {lost_pages} unsynced pages and {lost_names} names dropped, {acked} acknowledged filings, {photos} photos, 0 lost, verify ok"
