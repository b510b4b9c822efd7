"""The disk is full: a filing is answered 507, nothing is half written, and room alone (no restart) heals it."""

import os
import subprocess
import time

from huiyin import Broken, Filings, Ledger, Server, Workspace, check_promises, check_verify, fresh_city


class Skipped(Exception):
    pass


class SmallDisk:
    def __init__(self, path, megabytes):
        if os.geteuid() != 0:
            raise Skipped("a small disk needs root (mount -t tmpfs)")
        os.makedirs(path)
        self.path = path
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", path], capture_output=True, text=True)
        if done.returncode != 0:
            raise Skipped(f"mount -t tmpfs: {done.stderr.strip()}")

    def fill(self):
        """Takes every last page, so that nothing the server wants fits."""
        with open(os.path.join(self.path, "ballast"), "ab", buffering=0) as ballast:
            for size in (1 << 20, 1 << 16, 4096):
                try:
                    while True:
                        ballast.write(b"\0" * size)
                except OSError:
                    pass

    def empty(self):
        os.unlink(os.path.join(self.path, "ballast"))

    def unmount(self):
        subprocess.run(["umount", "-l", self.path], check=False)


def run(binary, seed=1, say=print):
    with Workspace("diskfull") as folder:
        disk = SmallDisk(os.path.join(folder, "disk"), 256)
        server = None
        try:
            data = fresh_city(binary, os.path.join(disk.path, "data"))
            ledger = Ledger(os.path.join(folder, "ledger"))
            server = Server(binary, data, log=os.path.join(folder, "server.log")).start()
            process = server.process.pid
            filings = Filings(server.choices(), seed)

            def file(expect):
                key, body = Filings.key(), filings.next()
                ledger.asked(key, body)
                status, answer = server.file(body, key)
                if status in (200, 201):
                    ledger.acknowledged(key, answer)
                if status not in expect:
                    raise Broken(f"answered {status} instead of {expect}: {answer}")
                return status

            for _ in range(20):
                file((201,))
            disk.fill()
            # The write-ahead file has some room of its own: sooner than 2,000 filings it is used up.
            full = 0
            for _ in range(2000):
                if file((201, 507)) == 507:
                    full += 1
                    if full == 10:
                        break
            if full == 0:
                raise Broken("a full disk was never noticed")
            if server.get("/healthz")[0] != 200:
                raise Broken("/healthz is not 200 on a full disk")
            if server.get("/cases")[0] != 200:
                raise Broken("a full disk took the public pages down")
            disk.empty()
            time.sleep(0.2)
            for _ in range(20):
                file((201,))
            if server.process.poll() is not None or server.process.pid != process:
                raise Broken("the server was restarted")
            counts = check_promises(server, ledger)
            server.stop()
            check_verify(server)
            return f"{full} answers of 507, then {counts['acked']} filings all there without a restart, verify ok"
        finally:
            if server:
                server.kill()
            disk.unmount()
