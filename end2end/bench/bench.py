"""make bench: what a page costs, what a filing costs, beside peers measured in the same run. Prints one Markdown table.

    python3 bench.py --binary target/release/huiyin --work target/bench [--cases 20000,1000000] [--seconds 5] [--append docs/BENCHMARKS.md]

Method. CPU per page is (user + system time of the server process, /proc/PID/stat) / answers, over wrk with 64 kept-alive
connections; cached and with HUIYIN_PAGE_CACHE=off. nginx serves the very bytes (Brotli body from disk) under the same
load. Filing: 64 connections, each filing its own key; beside it the same statements sent to the store alone
(huiyin bench-store) and the bare rate of write + fdatasync of 4 KB in the same folder. Everything runs on this machine,
load and server on the same cores: ratios count, not the numbers alone."""

import argparse
import datetime
import http.client
import json
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "faults"))
from huiyin import Filings, Server, free_port  # noqa: E402

# Twenty times what Next.js 16 did on this kind of machine with 20,000 cases: its list 235, its detail 384 pages a second.
FASTER = {"list": "4,700 / ", "case": "7,680 / "}

HERE = os.path.dirname(os.path.abspath(__file__))
TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid):
    """(now, most so far) in MB."""
    with open(f"/proc/{pid}/status") as status:
        found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+)", status.read(), re.M))
    return int(found["VmRSS"]) / 1024, int(found["VmHWM"]) / 1024


def wrk(url, seconds, connections=64, script=None, headers=(), arguments=()):
    """(answers per second, answers, answers that were not 2xx or 3xx, p99 in ms)"""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", script]
    done = subprocess.run([*command, url, *(["--", *arguments] if arguments else [])], capture_output=True, text=True)
    out = done.stdout
    total = re.search(r"(\d+) requests in", out)
    if not total:
        raise RuntimeError(f"wrk said: {out} {done.stderr}")
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    scale = {"us": 0.001, "ms": 1, "s": 1000}
    return float(rate[1]), int(total[1]), int(bad[1]) if bad else 0, float(p99[1]) * scale[p99[2]] if p99 else 0.0


def fetch(port, path, encoding=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": encoding or "identity"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def fsync_rate(folder, seconds=2):
    path = os.path.join(folder, "fsync-probe")
    handle, count = os.open(path, os.O_CREAT | os.O_WRONLY), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        os.pwrite(handle, b"x" * 4096, 4096 * (count % 1000))
        os.fdatasync(handle)
        count += 1
    os.close(handle)
    os.unlink(path)
    return count / seconds


class Nginx:
    """Serves given bytes, already compressed, as a plain static file server would."""

    def __init__(self, folder, bodies):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "www"))
        self.port = free_port()
        for name, body in bodies.items():
            with open(os.path.join(folder, "www", name), "wb") as out:
                out.write(body)
        config = os.path.join(folder, "nginx.conf")
        with open(config, "w") as out:
            out.write(f"""daemon off; worker_processes auto; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; tcp_nopush on; open_file_cache max=100; keepalive_requests 100000000; default_type text/html;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{self.port}; root {folder}/www; add_header Content-Encoding br; }} }}
""")
        if os.geteuid() == 0:  # its workers run as another user
            for path, _, _ in os.walk(folder):
                os.chmod(path, 0o755)
        self.process = subprocess.Popen(["nginx", "-e", f"{folder}/error.log", "-c", config, "-g", "user root;" if os.geteuid() == 0 else ""])
        for _ in range(100):
            try:
                fetch(self.port, "/")
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("nginx did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, value, beside="", budget=""):
        self.rows.append((what, value, beside, budget))
        print(f"  {what:58} {value:>18}  {beside}", flush=True)

    def markdown(self):
        lines = ["| what | measured | beside | must / aim |", "| --- | ---: | --- | --- |"]
        return "\n".join(lines + [f"| {' | '.join(row)} |" for row in self.rows])


def prepared(binary, work, cases):
    """A data folder with `cases` simulated cases, kept for the next run of the same binary's schema."""
    folder = os.path.join(work, f"city-{cases}")
    if not os.path.exists(os.path.join(folder, ".ready")):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        server, began = Server(binary, folder), time.monotonic()
        for command in (["migrate"], ["seed"], ["simulate", "--cases", str(cases), "--seed", "1"]):
            code, output = server.command(*command, timeout=4 * 3600)
            if code != 0:
                raise RuntimeError(f"huiyin {' '.join(command)} ended with {code}: {output[-400:]}")
        with open(os.path.join(folder, ".ready"), "w") as ready:
            ready.write(str(time.monotonic() - began))
    with open(os.path.join(folder, ".ready")) as ready:
        return folder, float(ready.read())


def started(server):
    began = time.monotonic()
    server.start(timeout=600)
    while server.get("/readyz")[0] != 200:
        if time.monotonic() - began > 600:
            raise RuntimeError(f"/readyz is never 200: {server.get('/readyz')}")
        time.sleep(0.005)
    return time.monotonic() - began


def pages(server):
    answer = json.loads(server.get("/api/v1/cases?limit=1")[1])
    items = answer.get("items") or answer.get("cases")
    _, communities = server.choices()
    wanted = {"home": "/", "list": "/cases", "case": f"/cases/{items[0]['number']}", "communities": "/communities",
              "community": f"/communities/{communities[0]}", "services": "/services?q=%E8%80%81%E5%B9%B4", "whistle form": "/whistle"}
    for name, path in wanted.items():
        if server.get(path)[0] != 200:
            raise RuntimeError(f"{name}: {path} answers {server.get(path)[0]}")
    return wanted


def measure_pages(binary, folder, cases, seconds, work, table):
    server = Server(binary, folder, log=os.path.join(work, "server.log"))
    start = started(server)
    table.add(f"{cases:,} cases: start until /readyz", f"{start:.2f} s", "", "3 s / 0.5 s" if cases >= 10**6 else "")
    table.add(f"{cases:,} cases: memory after start", f"{memory(server.process.pid)[0]:.0f} MB")
    try:
        wanted = pages(server)
        bodies, sizes = {}, {}
        for name, path in wanted.items():
            plain, coded = fetch(server.port, path), fetch(server.port, path, "br")
            bodies[name] = coded[1]
            sizes[name] = (len(plain[1]), len(coded[1]), coded[0].headers.get("Content-Encoding"))
            if "no-store" in (coded[0].headers.get("Cache-Control") or ""):
                # It bears a key of its own: never kept, so there is nothing to set beside nginx.
                table.add(f"{cases:,} cases: {name}, bytes over the wire", f"{len(coded[1]):,} B", f"never kept; {coded[0].headers.get('Content-Encoding') or 'identity'}; {len(plain[1]):,} B plain")
                bodies.pop(name)
        nginx = Nginx(os.path.join(work, "nginx"), {name.replace(" ", "-"): body for name, body in bodies.items()})
        try:
            for name, path in wanted.items():
                if name not in bodies:
                    continue
                url = f"http://127.0.0.1:{server.port}{path}"
                wrk(url, 1, headers=["Accept-Encoding: br"])
                before = cpu_seconds(server.process.pid)
                rate, answers, bad, p99 = wrk(url, seconds, headers=["Accept-Encoding: br"])
                spent = (cpu_seconds(server.process.pid) - before) / answers * 1000
                before = cpu_seconds(nginx.process.pid) + sum(map(cpu_seconds, children(nginx.process.pid)))
                peer, peer_answers, peer_bad, _ = wrk(f"http://127.0.0.1:{nginx.port}/{name.replace(' ', '-')}", seconds, headers=["Accept-Encoding: br"])
                peer_spent = (cpu_seconds(nginx.process.pid) + sum(map(cpu_seconds, children(nginx.process.pid))) - before) / peer_answers * 1000
                if bad or peer_bad:
                    raise RuntimeError(f"{name}: {bad} bad answers, nginx {peer_bad}")
                plain, coded, how = sizes[name]
                table.add(f"{cases:,} cases: {name}, cached, CPU a page", f"{spent:.3f} ms", f"nginx {peer_spent:.3f} ms", "0.1 / 0.04 ms")
                table.add(f"{cases:,} cases: {name}, cached, pages/s", f"{rate:,.0f}", f"nginx {peer:,.0f}: ratio {rate / peer:.2f}; p99 {p99:.1f} ms", f"{FASTER.get(name, '- / ')}0.5 of nginx")
                table.add(f"{cases:,} cases: {name}, bytes over the wire", f"{coded:,} B", f"{how or 'identity'}; {plain:,} B plain")
        finally:
            nginx.stop()
        now, most = memory(server.process.pid)
        table.add(f"{cases:,} cases: memory under page load", f"{now:.0f} MB", f"most {most:.0f} MB", "400 / 250 MB" if cases >= 10**6 else "200 / 120 MB")
    finally:
        server.stop()
    server = Server(binary, folder, settings={"HUIYIN_PAGE_CACHE": "off"}, log=os.path.join(work, "server.log"))
    started(server)
    try:
        for name, path in wanted.items():
            url = f"http://127.0.0.1:{server.port}{path}"
            wrk(url, 1, headers=["Accept-Encoding: br"])
            before = cpu_seconds(server.process.pid)
            rate, answers, bad, p99 = wrk(url, seconds, headers=["Accept-Encoding: br"])
            spent = (cpu_seconds(server.process.pid) - before) / answers * 1000
            if bad:
                raise RuntimeError(f"{name} uncached: {bad} bad answers")
            table.add(f"{cases:,} cases: {name}, uncached, CPU a page", f"{spent:.3f} ms", f"{rate:,.0f} pages/s; p99 {p99:.1f} ms", "-" if name == "whistle form" else "0.6 / 0.25 ms")
        for name, budget in (("list", "30 / 5 ms"), ("home", ""), ("community", ""), ("services", "10 / 3 ms")):
            times = sorted(one_request(server.port, wanted[name]) for _ in range(300))
            table.add(f"{cases:,} cases: {name}, uncached, p95 of one at a time", f"{times[int(len(times) * 0.95)]:.2f} ms", f"median {statistics.median(times):.2f} ms", budget)
    finally:
        server.stop()


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as found:
            return [int(child) for child in found.read().split()]
    except OSError:
        return []


def one_request(port, path):
    began = time.perf_counter()
    fetch(port, path)
    return (time.perf_counter() - began) * 1000


def measure_filing(binary, folder, cases, seconds, work, table):
    if cases <= 100_000:
        copy = os.path.join(work, "filing")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
    else:  # many gigabytes: filed into itself, and made anew the next time
        copy = folder
        os.unlink(os.path.join(folder, ".ready"))
    raw = fsync_rate(copy)
    server = Server(binary, copy, log=os.path.join(work, "server.log"))
    started(server)
    bodies = os.path.join(work, "bodies.lua")
    filings = Filings(server.choices(), 1)
    with open(bodies, "w") as out:
        out.write("return {\n" + "".join(f"  [==[{json.dumps(filings.next(), ensure_ascii=False)}]==],\n" for _ in range(500)) + "}\n")
    try:
        url = f"http://127.0.0.1:{server.port}/api/v1/cases"
        wrk(url, 1, script=os.path.join(HERE, "file.lua"), arguments=[bodies, "warm"])
        before = cpu_seconds(server.process.pid)
        rate, answers, bad, p99 = wrk(url, seconds, script=os.path.join(HERE, "file.lua"), arguments=[bodies, "run"])
        spent = (cpu_seconds(server.process.pid) - before) / max(answers, 1) * 1000
        if bad:
            raise RuntimeError(f"{bad} of {answers} filings were not answered 201")
        now, most = memory(server.process.pid)
    finally:
        server.stop()
    code, output = server.command("bench-store", "--writers", "64", "--seconds", str(seconds))
    alone = json.loads(output.strip().splitlines()[-1])["filings_per_second"] if code == 0 else None
    beside = f"store alone {alone:,.0f}/s: ratio {rate / alone:.2f}; " if alone else ""
    table.add(f"{cases:,} cases: durable filing over HTTP, 64 writers", f"{rate:,.0f}/s", f"{beside}raw fdatasync {raw:,.0f}/s; p99 {p99:.0f} ms", "0.5 / 0.8 of the store alone")
    table.add(f"{cases:,} cases: CPU a filing", f"{spent:.3f} ms", f"memory {now:.0f} MB, most {most:.0f} MB")
    measure_desk(server, cases, table)
    code, output = server.command("verify", timeout=3600)
    if code != 0:
        raise RuntimeError(f"verify after filing ended with {code}: {output[-300:]}")
    if copy != folder:
        shutil.rmtree(copy)


def measure_desk(server, cases, table):
    """Whole lives (file, call, report in, resolve, rate) and the worklists, by the use cases alone."""
    code, output = server.command("bench-desk", "--writers", "64", "--cases", "2000", timeout=3600)
    if code != 0:
        raise RuntimeError(f"bench-desk ended with {code}: {output[-300:]}")
    told = json.loads(output.strip().splitlines()[-1])
    steps = "; ".join(f"{name} {step['per_second']:,.0f}/s, {step['cpu_ms']:.2f} ms" for name, step in told["steps"].items())
    table.add(f"{cases:,} cases: whole lives, 64 at once", f"{told['lives_per_second']:,.0f}/s", f"each step, CPU one took: {steps}", "126 / 500")
    for name, took in told["worklists"].items():
        table.add(f"{cases:,} cases: worklist of {name}, p95 of one at a time", f"{took['p95_ms']:.2f} ms", f"median {took['p50_ms']:.2f} ms, without HTML", "30 / 5 ms")


def measure_streams(binary, work, table, streams=2_000):
    """What open pages of the desk take: a member of staff of the demo city, signed in as in a browser, `streams` times."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4 * streams), hard))
    folder, port = os.path.join(work, "streams"), free_port()
    shutil.rmtree(folder, ignore_errors=True)
    # Half of the connections may be streams, half of those of the desk.
    wide = {"MAX_CONNECTIONS": 4 * streams + 400, "MAX_CONNECTIONS_PER_ADDRESS": 4 * streams, "STREAMS": 2 * streams + 100, "DESK_STREAMS_PER_ADDRESS": streams}
    env = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    env.update({f"HUIYIN_{name}": str(value) for name, value in wide.items()})
    with open(os.path.join(work, "streams.log"), "w") as log:
        process = subprocess.Popen([binary, "demo", "--addr", f"127.0.0.1:{port}", "--data-dir", folder], env=env, stdout=log, stderr=log)
    opened = []
    try:
        staff = signed_in(port, "secretary-xianggang")
        time.sleep(3)
        before = memory(process.pid)[0]
        head = f"GET /desk/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\nCookie: {staff}\r\nSec-Fetch-Site: same-origin\r\n\r\n"
        for _ in range(streams):
            opened.append(socket.create_connection(("127.0.0.1", port), timeout=30))
            opened[-1].sendall(head.encode())
            answer = opened[-1].recv(300)
            if b" 200 " not in answer.split(b"\r\n")[0]:
                raise RuntimeError(f"stream {len(opened)}: {answer[:80]!r}")
        time.sleep(5)
        table.add(f"{streams:,} open streams of the desk: memory they take", f"{memory(process.pid)[0] - before:.0f} MB", f"{before:.0f} MB before", "150 MB")
    finally:
        for stream in opened:
            stream.close()
        process.terminate()
        process.wait(30)


def signed_in(port, login, patience=600):
    """The cookie of a member of staff of a demonstration, which shows the code that an authenticator would."""
    def ask(method, path, cookies="", form=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Cookie": cookies, "Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urllib.parse.urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        set_cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        connection.close()
        return answer.status, set_cookies, body
    until = time.monotonic() + patience
    while True:
        try:
            if ask("GET", "/readyz")[0] == 200:
                break
        except OSError:
            pass
        if time.monotonic() > until:
            raise RuntimeError("the demonstration is never ready")
        time.sleep(0.5)
    _, under_way, page = ask("POST", "/sign-in", form={"login": login, "password": "demo-of-huiyin"})
    code = re.search(r"\b\d{6}\b", re.search(r"callout.*?</div>", page, re.S)[0])[0]
    _, cookies, _ = ask("POST", "/sign-in", "; ".join(under_way), {"act": "code", "code": code})
    return next(cookie for cookie in cookies if "staff" in cookie)


def packed(port, path):
    """A static file as it goes out once the server has compressed it, which it does in its first seconds."""
    until = time.monotonic() + 30
    while True:
        answer, body = fetch(port, path, "br")
        if answer.headers.get("Content-Encoding") == "br" or len(body) < 1000 or time.monotonic() > until:
            return body
        time.sleep(0.1)


def measure_visit(binary, folder, work, table):
    """HTML + CSS + JS of a first visit, then the WASM of the islands, Brotli."""
    server = Server(binary, folder, log=os.path.join(work, "server.log"))
    started(server)
    try:
        for path in ("/", "/whistle"):
            html = fetch(server.port, path)[1].decode()
            first = len(fetch(server.port, path, "br")[1])
            parts = {}
            for asset in sorted(set(re.findall(r'(?:href|src)="(/pkg/[^"]+\.(?:css|js))"', html))):
                parts[asset] = len(packed(server.port, asset))
            total = first + sum(parts.values())
            table.add(f"first visit of {path}, before interaction", f"{total / 1000:.1f} kB", f"HTML {first:,} B, " + ", ".join(f"{name.split('.')[-1].upper()} {size:,} B" for name, size in parts.items()), "60 / 30 kB")
        site = os.environ.get("HUIYIN_SITE_DIR", "target/site")
        wasm = [os.path.join(path, name) for path, _, names in os.walk(site) for name in names if name.endswith(".wasm")]
        for path in wasm:
            code = subprocess.run(["brotli", "-c", "-q", "11", path], capture_output=True) if shutil.which("brotli") else None
            size = len(code.stdout) if code and code.returncode == 0 else None
            table.add("WASM of the islands", f"{size / 1000:.1f} kB" if size else f"{os.path.getsize(path) / 1000:.1f} kB plain", f"{os.path.getsize(path):,} B plain", "")
    finally:
        server.stop()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--binary", required=True)
    options.add_argument("--work", required=True)
    options.add_argument("--cases", default="20000,1000000")
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--append")
    given = options.parse_args()
    binary, work = os.path.abspath(given.binary), os.path.abspath(given.work)
    os.makedirs(work, exist_ok=True)
    table = Table()
    for cases in [int(word) for word in given.cases.split(",")]:
        folder, took = prepared(binary, work, cases)
        table.add(f"{cases:,} cases: simulated", f"{took:.0f} s", f"{cases / took:,.0f} cases/s")
        if cases == int(given.cases.split(",")[0]):
            measure_visit(binary, folder, work, table)
            measure_streams(binary, work, table)
        measure_pages(binary, folder, cases, given.seconds, work, table)
        measure_filing(binary, folder, cases, given.seconds, work, table)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    head = f"## {datetime.date.today()}, {commit or 'no commit'}, {os.cpu_count()} cores"
    print(f"\n{head}\n\n{table.markdown()}")
    if given.append:
        with open(given.append, "a") as out:
            out.write(f"\n{head}\n\n{table.markdown()}\n")


if __name__ == "__main__":
    sys.exit(main())
