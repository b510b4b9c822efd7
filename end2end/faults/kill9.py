"""SIGKILL under load: every acknowledged filing is there after the restart, once. N rounds on one growing database."""

import os
import random
import time

from huiyin import Broken, Ledger, Load, Server, Workspace, check_promises, check_verify, fresh_city


def kill_rounds(binary, data, ledger, log, rounds, seed, url=None, sample=100):
    """Serves, files, kills, serves again and looks, `rounds` times; verifies every ten."""
    chance = random.Random(seed)
    for number in range(rounds):
        server = Server(binary, data, url=url, log=log).start()
        try:
            load = Load(server, ledger, seed * 100 + number).start()
            time.sleep(chance.uniform(0.05, 0.6))
            server.kill()
            load.stop()
            if load.other:
                raise Broken(f"unexpected answers under load: {load.other} {load.last_other}")
            server.start()
            check_promises(server, ledger, sample=sample, seed=number)
        finally:
            server.kill()
        if number % 10 == 9 or number == rounds - 1:
            check_verify(server)


def run(binary, rounds=50, seed=1, say=print):
    with Workspace("kill9") as folder:
        data, log = fresh_city(binary, os.path.join(folder, "data")), os.path.join(folder, "server.log")
        ledger = Ledger(os.path.join(folder, "ledger"))
        kill_rounds(binary, data, ledger, log, rounds, seed)
        # The whole ledger once, at the end.
        server = Server(binary, data, log=log).start()
        try:
            acked = check_promises(server, ledger)["acked"]
        finally:
            server.stop()
        if acked < rounds:
            raise Broken(f"only {acked} filings in {rounds} rounds: the load did not load")
        return f"{rounds} kills, {acked} acknowledged filings, 0 lost, 0 doubled, verify ok"
