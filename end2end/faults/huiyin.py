"""Runs one server and talks to it: start, wait until ready, kill, file, track. Standard library only."""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
import uuid
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SETTINGS = {
    # Faults are looked for in the store, not in the load rule: the generator is one address.
    "HUIYIN_FILINGS_PER_ADDRESS": "1000000",
    "HUIYIN_FILINGS_PER_SECOND": "1000000",
    "HUIYIN_STAGED_PER_HOUR": "1000000",
    "HUIYIN_LOOKUPS_PER_MINUTE": "1000000",
    "HUIYIN_LOOKUPS_PER_SECOND": "1000000",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One `huiyin serve` on a data folder. Every process it starts is ended by its own id."""

    def __init__(self, binary, data, port=None, url=None, settings=None, wrap=(), log=None):
        self.binary, self.data, self.port = binary, data, port or free_port()
        # Nothing of the caller's settings: the server refuses names it does not know.
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
        self.env.update(SETTINGS)
        self.env.update(settings or {})
        self.env.update(HUIYIN_DATA_DIR=data, HUIYIN_ADDR=f"127.0.0.1:{self.port}")
        if url:
            self.env["HUIYIN_DATABASE_URL"] = url
        self.wrap, self.process = list(wrap), None
        self.log_path = log or os.path.join(tempfile.gettempdir(), f"huiyin-{self.port}-{os.getpid()}.log")

    def command(self, *arguments, timeout=600):
        """Runs `huiyin …` to its end; returns (exit code, output)."""
        done = subprocess.run([self.binary, *arguments], env=self.env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, timeout=timeout)
        return done.returncode, done.stdout

    def start(self, timeout=60, wait=True):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([*self.wrap, self.binary, "serve"], env=self.env, cwd=ROOT, stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL)
        if wait:
            self.wait_ready(timeout)
        return self

    def wait_ready(self, timeout=60):
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.tail()}")
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError(f"not ready after {timeout} s:\n{self.tail()}")

    def tail(self, lines=15):
        try:
            with open(self.log_path, errors="replace") as log:
                return "".join(log.readlines()[-lines:])
        except OSError:
            return ""

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        if self.process:
            self.process.wait(30)

    def stop(self, timeout=30):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode if self.process else None

    # -- speaking HTTP ----------------------------------------------------
    def connection(self, timeout=20):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def get(self, path):
        connection = self.connection()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def post(self, path, body, headers=None, connection=None):
        own = connection is None
        connection = connection or self.connection()
        try:
            connection.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            raw = answer.read()
            try:
                return answer.status, json.loads(raw)
            except ValueError:
                return answer.status, {"raw": raw[:200].decode("utf-8", "replace")}
        finally:
            if own:
                connection.close()

    def file(self, body, key, connection=None):
        return self.post("/api/v1/cases", body, {"Idempotency-Key": key}, connection)

    def upload(self, photo, key, connection=None):
        """A photo for the filing with `key`; its id, or None where it was not taken."""
        own = connection is None
        connection = connection or self.connection()
        try:
            connection.request("POST", "/api/v1/uploads", photo, {"Content-Type": "image/png", "Idempotency-Key": key})
            answer = connection.getresponse()
            raw = answer.read()
            return json.loads(raw).get("id") if answer.status == 201 else None
        finally:
            if own:
                connection.close()

    def track(self, receipt_code, connection=None):
        return self.post("/api/v1/track", {"receipt_code": receipt_code}, None, connection)

    def choices(self):
        """Codes that a resident can really choose: (leaf categories, communities)."""
        categories, leaves = json.loads(self.get("/api/v1/categories")[1]), []
        queue = list(items_of(categories))
        while queue:
            node = queue.pop()
            children = node.get("children") or []
            if children:
                queue.extend(children)
            # The portal takes no alarms, and a tip is another kind of case.
            elif not node["code"].startswith(("emergency-", "tip-")):
                leaves.append(node["code"])
        communities = [item["code"] for item in items_of(json.loads(self.get("/api/v1/communities")[1]))]
        return sorted(leaves), sorted(communities)


def items_of(answer):
    return answer if isinstance(answer, list) else answer.get("items", answer.get("categories", answer.get("communities", [])))


WORDS = ["路灯不亮", "井盖松动", "垃圾没有清运", "占道经营", "楼道堆物", "下水道堵了", "噪声扰民", "绿化带有枯树", "路面塌陷", "共享单车乱停"]


class Filings:
    """Bodies from a seed: the same seed files the same cases."""

    def __init__(self, choices, seed):
        self.categories, self.communities = choices
        self.chance = random.Random(seed)

    def next(self):
        chance = self.chance
        return {
            "kind": "whistle",
            "category": chance.choice(self.categories),
            "community": chance.choice(self.communities),
            "description": f"{chance.choice(WORDS)}，第 {chance.randrange(10**9)} 号灯杆旁边，已经三天了。",
            "place": {"address": f"站前路 {chance.randrange(1, 400)} 号"},
        }

    @staticmethod
    def key():
        return uuid.uuid4().hex + uuid.uuid4().hex[:8]


def photo(chance):
    """A small real PNG, made here: the checks carry no binary file."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + chance.randbytes(3 * 48) for _ in range(48))
    head = struct.pack(">IIBBBBB", 48, 48, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Ledger:
    """What a server has promised: every 2xx, written with O_SYNC by somebody else than the server, before the next step.

    `asked` holds what was sent; one asked and not acknowledged may exist once or not at all, never twice.
    """

    def __init__(self, path):
        self.path, self.lock = path, threading.Lock()
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_SYNC, 0o600)

    def write(self, line):
        with self.lock:
            os.write(self.file, (json.dumps(line, ensure_ascii=False) + "\n").encode())

    def asked(self, key, body):
        self.write({"asked": key, "body": body})

    def acknowledged(self, key, answer):
        self.write({"key": key, "number": answer["number"], "receipt_code": answer["receipt_code"]})

    def read(self):
        asked, acknowledged = {}, {}
        with open(self.path) as lines:
            for line in lines:
                entry = json.loads(line)
                if "asked" in entry:
                    asked[entry["asked"]] = entry["body"]
                else:
                    acknowledged[entry["key"]] = entry
        return asked, acknowledged


class Load:
    """Writers that file until told to stop, each on a kept-alive connection; never more than `most` filings in all."""

    def __init__(self, server, ledger, seed, writers=8, most=20000):
        self.server, self.ledger, self.most = server, ledger, most
        self.choices = server.choices()
        self.stopping, self.count, self.lock = threading.Event(), 0, threading.Lock()
        self.other, self.threads, self.photos = {}, [], 0
        for number in range(writers):
            self.threads.append(threading.Thread(target=self.work, args=(Filings(self.choices, seed * 1000 + number),), daemon=True))

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def work(self, filings):
        connection = self.server.connection()
        while not self.stopping.is_set() and self.count < self.most:
            key, body = Filings.key(), filings.next()
            try:
                # One filing in six brings a photo: its bytes lie outside the database.
                if filings.chance.random() < 1 / 6:
                    uploaded = self.server.upload(photo(filings.chance), key, connection)
                    body["photos"] = [uploaded] if uploaded else []
                    self.photos += bool(uploaded)
                self.ledger.asked(key, body)
                status, answer = self.server.file(body, key, connection)
            except (OSError, http.client.HTTPException):
                connection.close()
                connection = self.server.connection()
                time.sleep(0.02)
                continue
            with self.lock:
                if status in (200, 201):
                    self.count += 1
                else:
                    self.other[status] = self.other.get(status, 0) + 1
                    self.last_other = answer
            if status in (200, 201):
                self.ledger.acknowledged(key, answer)
        connection.close()

    def stop(self, timeout=30):
        self.stopping.set()
        for thread in self.threads:
            thread.join(timeout)
        return self.count


class Broken(Exception):
    """A promise that was not kept; the text says which."""


def check_promises(server, ledger, sample=None, seed=0):
    """Against a running server: each acknowledged filing can be read by its code, once, and its key gives the same receipt.

    With `sample`, at most so many of each sort are looked at (the newest always: those a fault would take).
    Returns counts; raises Broken with the first lie."""
    asked, acknowledged = ledger.read()
    numbers = [entry["number"] for entry in acknowledged.values()]
    if len(set(numbers)) != len(numbers):
        raise Broken("two filings have one number")
    entries = list(acknowledged.values())
    if sample and len(entries) > sample:
        entries = entries[-sample // 2:] + random.Random(seed).sample(entries[:-sample // 2], sample // 2)
    connection, lost, changed = server.connection(), [], []
    for entry in entries:
        status, answer = server.track(entry["receipt_code"], connection)
        if status != 200 or answer.get("number") != entry["number"]:
            lost.append((entry["number"], status))
    if lost:
        raise Broken(f"{len(lost)} acknowledged filings lost, first {lost[0]}")
    for entry in entries[-20:]:
        status, answer = server.file(asked[entry["key"]], entry["key"], connection)
        if status not in (200, 201) or answer.get("number") != entry["number"] or answer.get("receipt_code") != entry["receipt_code"]:
            changed.append((entry["number"], status, answer.get("number")))
    if changed:
        raise Broken(f"the same key gave another receipt: {changed[0]}")
    # Asked and never answered: a retry must make at most one, and twice the same.
    unknown = [key for key in asked if key not in acknowledged][-20:]
    for key in unknown:
        first, second = server.file(asked[key], key, connection), server.file(asked[key], key, connection)
        if asked[key].get("photos") and 400 <= first[0] < 500 and second[0] == first[0]:
            continue  # the photo that waited went with the power: filed not at all is right too
        if first[0] not in (200, 201) or second[1].get("number") != first[1].get("number"):
            raise Broken(f"a retry of an unanswered filing: {first} then {second}")
        if first[1]["number"] in numbers:
            raise Broken(f"a retry got the number of another filing: {first[1]['number']}")
        ledger.acknowledged(key, first[1])
    connection.close()
    return {"acked": len(acknowledged), "read": len(entries), "unanswered": len(unknown)}


def check_verify(server):
    code, output = server.command("verify")
    if code != 0:
        raise Broken(f"huiyin verify ended with {code}: {output.strip()[-400:]}")


def fresh_city(binary, folder, settings=None):
    """A data folder with the demo city, made durable by a plain stop."""
    os.makedirs(folder, exist_ok=True)
    server = Server(binary, folder, settings=settings)
    for command in ("migrate", "seed"):
        code, output = server.command(command)
        if code != 0:
            raise RuntimeError(f"huiyin {command} ended with {code}: {output[-400:]}")
    return folder


class Workspace:
    """A temporary folder, removed when the check passed; kept and named when it did not."""

    def __init__(self, name, base=None):
        self.path = tempfile.mkdtemp(prefix=f"huiyin-{name}-", dir=base)

    def __enter__(self):
        return self.path

    def __exit__(self, kind, value, trace):
        if kind is None:
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            print(f"  kept for a look: {self.path}", flush=True)
        return False
