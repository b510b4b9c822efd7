"""One Idempotency-Key twenty times at once, after a restart, after a lost answer, with another body: one case, one receipt."""

import json
import os
import threading

from huiyin import Broken, Filings, Ledger, Server, Workspace, check_promises, check_verify, fresh_city


def together(server, body, key, times):
    answers, barrier = [None] * times, threading.Barrier(times)

    def one(number):
        connection = server.connection()
        connection.connect()
        barrier.wait()
        answers[number] = server.file(body, key, connection)
        connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def run(binary, rounds=10, url=None, say=print):
    with Workspace("samekey") as folder:
        data = fresh_city(binary, os.path.join(folder, "data"), {"HUIYIN_DATABASE_URL": url} if url else None)
        ledger = Ledger(os.path.join(folder, "ledger"))
        server = Server(binary, data, url=url, log=os.path.join(folder, "server.log")).start()
        try:
            filings, first = Filings(server.choices(), 7), []
            for _ in range(rounds):
                key, body = Filings.key(), filings.next()
                ledger.asked(key, body)
                answers = together(server, body, key, 20)
                if {status for status, _ in answers} - {200, 201}:
                    raise Broken(f"answers were {sorted(status for status, _ in answers)}")
                if len({(answer["number"], answer["receipt_code"]) for _, answer in answers}) != 1:
                    raise Broken("twenty tries with one key gave more than one receipt")
                ledger.acknowledged(key, answers[0][1])
                first.append((key, body, answers[0][1]))
            # The answer is lost: the client hangs up before reading it.
            key, body = Filings.key(), filings.next()
            ledger.asked(key, body)
            connection = server.connection()
            connection.request("POST", "/api/v1/cases", json.dumps(body).encode(), {"Content-Type": "application/json", "Idempotency-Key": key})
            connection.close()
            for stop in (server.kill, server.stop):
                stop()
                server.start()
                for key, body, answer in first:
                    status, again = server.file(body, key)
                    if status not in (200, 201) or (again["number"], again["receipt_code"]) != (answer["number"], answer["receipt_code"]):
                        raise Broken(f"after a restart the key gave {status} {again}")
            key, body, _ = first[0]
            for change in ({"description": body["description"] + "。"}, {"place": {"address": "别处 1 号"}}, {"visibility": "private"}):
                status, answer = server.file({**body, **change}, key)
                if status != 422:
                    raise Broken(f"another filing under a used key was answered {status}: {answer}")
            for bad in ("short", "x" * 65, ""):
                status, _ = server.file(body, bad)
                if status != 400:
                    raise Broken(f"the key {bad!r} was answered {status} instead of 400")
            counts = check_promises(server, ledger)
            server.stop()
            check_verify(server)
            return f"{rounds} keys × 20 at once, kill, restart, lost answer: {counts['acked']} cases, one receipt each; another body 422"
        finally:
            server.kill()
