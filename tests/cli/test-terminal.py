#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-terminal.py BUILD [TEST…]: retourctl beside a terminal that holds the data directory, the private socket between them, and
the exchange with an OMS that answers, does not, or is another. Speaks TAP."""
import contextlib
import datetime
import fcntl
import glob
import json
import os
import signal
import socket
import struct
import subprocess
import time

from chain import (DATA, DONE, FAILED, MALFORMED, NOT_FOUND, OFFLINE, PATIENCE, REFUSED, holds, run_tests, same, wait_for)


@contextlib.contextmanager
def running(chain, data, *printer, **environment):
    """A terminal on that directory, as long as the block lasts."""
    process = start(chain, data, *printer, **environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        same(process.wait(20) if process.returncode is None else process.returncode, process.expected, open(process.log).read())


def double(chain, data, *printer, **environment):
    chain.made += 1
    return chain.programs.start([os.path.join(chain.programs.build, "tests", "cli", "terminal-double"), data, *printer],
                                f"terminal-{chain.made}.log", G_MESSAGES_DEBUG="", **environment)


def start(chain, data, *printer, **environment):
    process = double(chain, data, *printer, **environment)
    process.expected = 0

    def ready():
        assert process.poll() is None, open(process.log).read()
        return "ready" in open(process.log).read()

    wait_for(ready, "the terminal")
    return process


def begin(chain, *words, data, text=None):
    """retourctl, not waited for."""
    return subprocess.Popen([chain.programs.retourctl, "--data", data, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            stdin=subprocess.DEVNULL, env=chain.programs.environment())


def end(process, expect, patience=60):
    out, err = process.communicate(timeout=patience)
    same((process.returncode, err if process.returncode != expect else ""), (expect, ""), process.args)
    return out, err


def ask(data, request, hang_up=True, patience=30):
    """Bytes to the private socket; what comes back, until the other side hangs up."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(patience)
        line.connect(os.path.join(data, "control"))
        try:
            line.sendall(request)
            if hang_up:
                line.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        answer = b""
        try:
            while True:
                got = line.recv(65536)
                if not got:
                    break
                answer += got
        except ConnectionResetError:
            pass
    return json.loads(answer) if answer else None


def beside(chain):
    """beside a terminal who reads looks, who writes hands over, and both say the same as without"""
    data = chain.terminal()
    alone = chain.ctl("search", "--language", "fr", "martin", data=data).stdout
    draft = chain.draft()
    with running(chain, data):
        same(chain.ctl("search", "--language", "fr", "martin", data=data).stdout, alone)
        number = chain.ctl("return", chain.write(draft), data=data).stdout.strip()
        same(chain.json("return", "-", data=data, text=json.dumps(draft))["number"], number, "again, from standard input")
        same(chain.json("proof", "show", number, data=data)["number"], number)
        same(chain.json("status", data=data)["enrolled"], True)
        same(chain.json("order", draft["order"], data=data)["number"], draft["order"])
        chain.json("outbox", "list", data=data)
        same(chain.json("audit", "verify", data=data)["whole"], True)
        same(chain.json("doctor", data=data)["healthy"], True)
        paper = chain.programs.path("slips")
        os.makedirs(paper)
        for before, language in ((0, "fr"), (1, "en")):
            printed = chain.json("proof", "print", number, "--printer", f"dir:{paper}", "--language", language, data=data)
            same((printed["print"], printed["duplicate"]), ("printed", before))
        holds(chain.ctl("return", chain.write(chain.draft(order="W99999999")), data=data, expect=NOT_FOUND).stderr, "order: ")
        holds(chain.ctl("return", "-", data=data, text="{", expect=MALFORMED).stderr, "return: ")
        holds(chain.ctl("enrol", "--url", "https://127.0.0.1:1", "--code", "X", "--pin", f"sha256//{'A' * 43}=", data=data, expect=DATA).stderr,
              "in use by process")
        chain.ctl("sync", data=data)
        same(chain.json("proof", "show", number, data=data)["sync"], "acknowledged")
    same(os.path.exists(os.path.join(data, "control")), False, "the socket is gone with its terminal")
    same([r["number"] for r in chain.sandbox.returns() if r["id"] == draft["id"]], [number], "at the OMS")


def second_terminal(chain):
    """a second terminal on the same directory ends with a message that names the first"""
    data = chain.terminal()
    with running(chain, data) as first:
        done = subprocess.run([os.path.join(chain.programs.build, "tests", "cli", "terminal-double"), data], capture_output=True, text=True,
                              timeout=30, env=chain.programs.environment())
        same(done.returncode, 1)
        holds(done.stderr, f"in use by process {first.pid}")
        chain.record(data)


def crowd(chain):
    """eight at once, with a terminal and without: every return gets its own number"""
    data = chain.terminal()
    for handed_over in (True, False):
        with running(chain, data) if handed_over else contextlib.nullcontext():
            callers = [begin(chain, "return", chain.write(chain.draft()), data=data) for _ in range(8)]
            numbers = {end(caller, DONE)[0] for caller in callers}
        same(len(numbers), 8)
    same(chain.sql(data, "select count(*), count(distinct number) from returns"), [(16, 16)])
    chain.check(data)


def exchange_in_terminal(chain):
    """sync beside a terminal answers once an exchange was made after it was asked for, and says when there is none in time"""
    data = chain.terminal()
    with running(chain, data):
        chain.ctl("sync", data=data)
        for _ in range(2):
            before = chain.json("status", data=data)["last_pull"]
            answer = chain.json("sync", data=data)
            same((answer["exchanged"], answer["phase"], answer["to_send"]), (True, "up_to_date", 0))
            assert chain.json("status", data=data)["last_pull"] > before, "no pull after it was asked for"
        both = [begin(chain, "sync", data=data) for _ in range(2)]
        for caller in both:
            end(caller, DONE)
        try:
            chain.sandbox.admin("faults", "delay=2500", parse=False)
            began = time.monotonic()
            done = chain.ctl("sync", "--timeout", "1", data=data, expect=FAILED)
            holds(done.stderr, "not done after 1 s")
            assert time.monotonic() - began < 15
        finally:
            chain.sandbox.admin("faults", parse=False)


def exchange_that_fails(chain):
    """sync with an OMS that is down, in trouble, or a portal is status 5, soon, whatever is remembered; then it mends by itself"""
    data, beside_terminal = chain.enrolled("D"), chain.terminal()
    number = chain.record(data)
    try:
        for fault, phase in (("error=503", "offline"), ("portal", "portal"), ("refuse", "offline"), ("wrong-nonce", "portal")):
            chain.sandbox.admin("faults", fault, parse=False)
            began = time.monotonic()
            done = chain.ctl("sync", data=data, expect=OFFLINE)
            holds(done.stderr, f"sync: {phase}: ", fault)
            holds(done.stdout, f"{phase}, 1 to send", fault)
            assert time.monotonic() - began < 15, fault
        chain.sandbox.stop()
        began = time.monotonic()
        answer = chain.json("sync", data=data, expect=OFFLINE)
        same((answer["exchanged"], answer["phase"], answer["to_send"]), (False, "offline", 1))
        with running(chain, beside_terminal):
            for _ in range(2):
                done = chain.ctl("sync", data=beside_terminal, expect=OFFLINE)
                holds(done.stderr, "sync: offline: ")
            assert chain.json("return", chain.write(chain.draft()), data=beside_terminal)["provisional"], "known to be offline"
            chain.sandbox.start()
            wait_for(lambda: chain.ctl("sync", data=beside_terminal, expect=None).returncode == DONE, "the terminal back", 60, 1)
        assert time.monotonic() - began < 90
    finally:
        if chain.sandbox.process.poll() is not None:
            chain.sandbox.start()
        chain.sandbox.admin("faults", parse=False)
    chain.ctl("sync", data=data)
    same(chain.json("proof", "show", number, data=data)["sync"], "acknowledged")


def another_authority():
    return subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
                           os.devnull, "-subj", "/CN=other", "-days", "9"], capture_output=True, timeout=30, check=True).stdout


def another_oms(chain):
    """sync with a pin or an authority that is not the OMS's, and of a terminal that was revoked, is status 5 and says security"""
    def sync(data):
        done = chain.ctl("sync", data=data, expect=OFFLINE)
        holds(done.stderr, "sync: security: ")
        holds(done.stdout, "1 to send")

    data = chain.terminal()
    chain.record(data)
    with open(os.path.join(data, "identity", "pins"), "w") as stream:
        stream.write("sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    sync(data)
    data = chain.terminal()
    chain.record(data)
    with open(os.path.join(data, "identity", "ca.pem"), "wb") as stream:
        stream.write(another_authority())
    sync(data)
    data = chain.enrolled("R")
    chain.record(data)
    with open(os.path.join(data, "identity", "enrolment.json")) as stream:
        text = stream.read()
    terminal = next(t["terminal_id"] for t in chain.sandbox.admin("terminals") if t["terminal_id"] in text)
    chain.sandbox.admin("revoke", terminal, parse=False)
    sync(data)


def enrolment(chain):
    """enrol says what is mistyped before the code is spent, and believes no other OMS; a code is good once"""
    data = chain.programs.path("enrolling")
    ticket = chain.sandbox.admin("enrol", "--store", "0214", "--terminal", "E")
    url, code, pin, authority = ticket["url"], ticket["code"], ticket["pin"], chain.write(ticket["ca_pem"].encode())
    other_pin = f"sha256//{'A' * 43}="

    def attempt(expect, part="", url=url, code=code, pin=pin, ca=authority, terminal="E"):
        words = ["enrol", "--url", url, "--code", code, "--terminal", terminal]
        words += ["--pin", pin] if pin else []
        words += ["--ca", ca] if ca else []
        done = chain.ctl(*words, data=data, expect=expect)
        holds(done.stderr, part, words)
        return done

    for address in ("http://127.0.0.1", "127.0.0.1", "https://", "ftp://x"):
        attempt(MALFORMED, "--url: expected https://", url=address)
    for letter in ("", "e", "EE", "É", "1"):
        attempt(MALFORMED, "--terminal: expected a letter", terminal=letter)
    attempt(MALFORMED, "--ca: expected", ca=chain.write(b"garbage"))
    attempt(MALFORMED, "--ca: ", ca="/nonexistent")
    attempt(MALFORMED, "--pin: expected", pin="sha256//short=")
    same(os.path.exists(data), False, "nothing was made")
    attempt(OFFLINE, url="https://127.0.0.1:1")
    attempt(OFFLINE, pin=other_pin)
    attempt(OFFLINE, pin=other_pin, ca=None)
    attempt(OFFLINE, ca=chain.write(another_authority()))
    attempt(REFUSED, code="AAAA-BBBB-CCCC-DDDD")
    attempt(REFUSED, code="\x01\"\n")
    same(os.path.exists(os.path.join(data, "identity", "enrolment.json")), False, "not enrolled")
    attempt(DONE, pin=None)
    attempt(REFUSED)
    chain.ctl("sync", data=data)
    chain.record(data)
    attempt(REFUSED, "1 operations wait for 127.0.0.1", url="https://oms.example.fr")
    chain.ctl("sync", data=data)
    chain.sql(data, "delete from identity")
    chain.record(data)
    same(chain.json("status", data=data)["terminal"], "E", "an enrolment that was cut off is made whole")


def taken_by_sync(chain):
    """while retourctl sync runs it does what others want written"""
    data = chain.enrolled("S")
    try:
        chain.sandbox.admin("faults", "delay=2000", parse=False)
        exchange = begin(chain, "sync", data=data)
        wait_for(lambda: os.path.exists(os.path.join(data, "control")), "the socket of sync")
        number = chain.record(data)
        assert exchange.poll() is None, "sync was over too soon to try"
        joined = begin(chain, "sync", data=data)
        end(exchange, DONE)
        end(joined, DONE)
    finally:
        chain.sandbox.admin("faults", parse=False)
    same(chain.json("proof", "show", number, data=data)["number"], number)


def printing(chain):
    """a printer that is silent keeps nobody from recording: neither in a terminal nor beside retourctl"""
    data = chain.terminal()
    number = chain.record(data)
    for handed_over in (True, False):
        with socket.socket() as printer, running(chain, data) if handed_over else contextlib.nullcontext():
            printer.bind(("127.0.0.1", 0))
            printer.listen()
            printer.settimeout(PATIENCE)
            job = begin(chain, "proof", "print", number, "--printer", f"tcp://127.0.0.1:{printer.getsockname()[1]}", data=data)
            line, _ = printer.accept()
            began = time.monotonic()
            chain.record(data)
            assert time.monotonic() - began < 9, "recording waited for the printer"
            assert job.poll() is None, "the printer was given up too soon to try"
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.close()
            end(job, FAILED)
    same(chain.json("proof", "show", number, data=data)["copies"], 0, "nothing of it left")


def left_behind(chain):
    """a socket and a lock left by a terminal that was killed stand in nobody's way"""
    data = chain.terminal()
    process = start(chain, data)
    process.kill()
    process.wait(10)
    assert os.path.exists(os.path.join(data, "control"))
    chain.record(data)
    with running(chain, data):
        chain.record(data)
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(os.path.join(data, "control"))
    chain.record(data)
    os.unlink(os.path.join(data, "control"))
    with open(os.path.join(data, "control"), "w") as stream:
        stream.write("no socket at all")
    chain.record(data)
    with running(chain, data):
        same(os.stat(os.path.join(data, "control")).st_mode & 0o777, 0o600)
        chain.record(data)
    same(chain.sql(data, "select count(*) from returns"), [(5,)])


def held(chain):
    """a program that holds the lock and takes nothing is waited for, then named, with status 4"""
    data = chain.terminal()
    with open(os.path.join(data, "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        chain.ctl("status", data=data)
        waiting = begin(chain, "return", chain.write(chain.draft()), data=data)
        done = chain.ctl("return", chain.write(chain.draft()), data=data, expect=DATA)
        holds(done.stderr, f"in use by process {os.getpid()}")
        end(waiting, DATA)
        patient = begin(chain, "return", chain.write(chain.draft()), data=data)
        time.sleep(0.7)
    end(patient, DONE)


def garbage(chain):
    """garbage at the private socket is answered or hung up on, and the terminal works on"""
    data = chain.terminal()
    with running(chain, data) as terminal:
        for request, status in ((b"\n", MALFORMED), (b"{}\n", MALFORMED), (b"[]\n", MALFORMED), (b"\xff\x00\x01" * 1000, MALFORMED),
                                (b'{"arguments":[]}\n', MALFORMED), (b'{"arguments":["nonsense"]}\n', MALFORMED),
                                (b'{"arguments":"return"}\n', MALFORMED), (b'{"arguments":[["return"]]}\n', MALFORMED),
                                (b'{"arguments":["return","x\\u0000y"]}\n', MALFORMED), (b'{"arguments":["return"', MALFORMED),
                                (b'{"arguments":["return","-"],"input":"x"}\n', MALFORMED),
                                (b'{"arguments":["return","-"],"input":-1}\n', MALFORMED),
                                (b'{"arguments":["return","-"],"input":5}\nab', MALFORMED),
                                (b'{"arguments":["return","-"],"input":1}\nabc', MALFORMED),
                                (b'{"arguments":["return","/etc/passwd"]}\n', MALFORMED), (b'{"arguments":["return","--nonsense"]}\n', MALFORMED),
                                (b'{"arguments":["status"]}\n', DATA), (b'{"arguments":["doctor"]}\n', DATA),
                                (b'{"arguments":["enrol","--url","https://x"]}\n', DATA), (b'{"arguments":["outbox","retry","x"]}\n', NOT_FOUND),
                                (b'{"arguments":["sync","--timeout","x"]}\n', MALFORMED), (b"[" * 100000 + b"\n", MALFORMED),
                                (b"x" * (1 << 20), MALFORMED)):
            answer = ask(data, request)
            same(answer["status"], status, request[:60])
            assert answer["err"].startswith("retourctl: "), (request[:60], answer)
        same(ask(data, b""), None, "nothing at all")
        idle = []
        for _ in range(20):
            line = socket.socket(socket.AF_UNIX)
            line.connect(os.path.join(data, "control"))
            idle.append(line)
        chain.record(data)
        for line in idle:
            line.close()
        gone = socket.socket(socket.AF_UNIX)
        gone.connect(os.path.join(data, "control"))
        draft = json.dumps(chain.draft()).encode()
        gone.sendall(json.dumps({"arguments": ["return", "-"], "input": len(draft)}).encode() + b"\n" + draft)
        gone.close()
        wait_for(lambda: chain.ctl("outbox", "list", data=data), "outbox")
        same(terminal.poll(), None)
    same(chain.sql(data, "select count(*) from returns"), [(2,)], "who asked and left is served all the same")


def large(chain):
    """a request of 60 MiB is refused by retourctl and by the terminal, which does not grow"""
    data = chain.terminal()
    usual = json.dumps(chain.draft())
    padded = chain.write((usual[:-1] + ',"padding":"' + "x" * (15 << 20) + '"}').encode())
    with running(chain, data) as terminal:
        done = chain.ctl("return", "-", data=data, text=b" " * (60 << 20), expect=MALFORMED)
        holds(done.stderr, "larger than 16 MiB")
        answer = ask(data, b'{"arguments":["return","-"],"input":62914560}\n' + b" " * (60 << 20))
        same((answer["status"], "larger than 16 MiB" in answer["err"]), (MALFORMED, True))
        answer = ask(data, b" " * (60 << 20))
        same(answer["status"], MALFORMED)
        chain.ctl("return", padded, data=data)
        with open(f"/proc/{terminal.pid}/status") as stream:
            peak = next(int(line.split()[1]) for line in stream if line.startswith("VmHWM"))
        assert peak < 600 << 10, f"{peak >> 10} MiB"


def long_path(chain):
    """a data directory whose path is too long for a socket is reached all the same"""
    folder = chain.programs.path("d" * 60, "e" * 60)
    os.makedirs(os.path.dirname(folder))
    os.rename(chain.terminal(), folder)
    with running(chain, folder):
        same(os.stat(os.path.join(folder, "control")).st_mode & 0o777, 0o600)
        chain.record(folder)
    chain.record(folder)


def has_socket(process):
    folder = f"/proc/{process}/fd"
    try:
        return any(os.readlink(os.path.join(folder, name)).startswith("socket:") for name in os.listdir(folder))
    except FileNotFoundError:
        return False


def hung_up(chain):
    """a terminal that ends, or is killed, while it is asked: retourctl says so, and every number it printed is in the store"""
    data = chain.terminal()
    try:
        chain.sandbox.admin("faults", "delay=4000", parse=False)
        with running(chain, data) as terminal:
            caller = begin(chain, "sync", data=data)
            wait_for(lambda: has_socket(caller.pid), "sync asking")
            time.sleep(0.3)
            terminal.send_signal(signal.SIGTERM)
            holds(end(caller, FAILED)[1], "hung up before it answered")
    finally:
        chain.sandbox.admin("faults", parse=False)
    printed = []
    for pause in (0.0, 0.05, 0.1, 0.2):
        terminal = start(chain, data)
        terminal.expected = -signal.SIGKILL
        callers = [begin(chain, "return", chain.write(chain.draft()), data=data) for _ in range(3)]
        time.sleep(pause)
        terminal.kill()
        terminal.wait(10)
        for caller in callers:
            out, err = caller.communicate(timeout=60)
            assert caller.returncode in (DONE, FAILED), err
            printed += [out.strip()] if caller.returncode == DONE else []
    stored = [number for (number,) in chain.sql(data, "select number from returns")]
    same([n for n in printed if stored.count(n) != 1], [], "printed and not stored once")
    chain.check(data)


def printer_of_terminal(chain):
    """what is printed without naming a printer comes out of the one that the terminal was started with"""
    data = chain.terminal()
    number = chain.record(data)
    paper = chain.programs.path("terminal-paper")
    other = chain.programs.path("other-paper")
    os.makedirs(paper)
    os.makedirs(other)
    with running(chain, data, f"dir:{paper}"):
        same(chain.json("proof", "print", number, data=data)["print"], "printed")
        same((bool(os.listdir(paper)), os.listdir(other)), (True, []))
        same(chain.json("proof", "print", number, "--printer", f"dir:{other}", data=data)["duplicate"], 1)
        assert os.listdir(other), "the one that is named goes before"
    chain.ctl("proof", "print", number, data=data, expect=MALFORMED)


def begun_anew(chain):
    """a database that was emptied or lost is not begun anew until it is set aside, and its numbers do not come again"""
    for how in ("emptied", "missing"):
        data = chain.terminal()
        before = [chain.record(data) for _ in range(3)]
        path = os.path.join(data, "retour.db")
        os.remove(path)
        if how == "emptied":
            open(path, "x").close()
        process = double(chain, data)
        same(process.wait(20), 1)
        holds(open(process.log).read(), f"retour.db is {'empty' if how == 'emptied' else how}")
        chain.ctl("doctor", "--set-aside", data=data)
        with running(chain, data):
            wait_for(lambda: chain.ctl("status", data=data, expect=None).returncode == DONE, "the new database")
            chain.ctl("sync", data=data)
            after = chain.record(data)
        assert after > max(before), (before, after)
        holds(chain.ctl("doctor", "--set-aside", data=data, expect=MALFORMED).stderr, "is whole")


def set_while_running(chain):
    """scenario 25: the clock is set back and forth while the terminal runs: ids go on, returns keep the OMS's time, nothing is held up"""
    data = chain.enrolled("J")
    library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")[0]
    moment = chain.programs.path("moment")

    def set_clock(to):
        with open(moment + ".new", "w") as file:
            file.write(to + "\n")
        os.replace(moment + ".new", moment)

    set_clock("+0")
    ids = []
    with running(chain, data, LD_PRELOAD=library, FAKETIME_TIMESTAMP_FILE=moment, FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1",
                 ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0:detect_leaks=0"):
        chain.ctl("sync", data=data)
        for to in ("+0", "-2h", "-26h", "+3h", "+0"):
            set_clock(to)
            recorded = chain.json("return", chain.write(chain.draft(id=None)), data=data)
            ids.append(recorded["id"])
            at = datetime.datetime.fromisoformat(recorded["recorded_at"].replace("Z", "+00:00"))
            skew = (at - datetime.datetime.now(datetime.timezone.utc)).total_seconds()
            assert abs(skew) < 20, f"clock {to}: recorded {skew} s away from the OMS's time"
            # A new connection finds the OMS's certificate not valid yet; one that is open still goes on.
            done = chain.ctl("sync", data=data, expect=None)
            if done.returncode != DONE:
                assert to.startswith("-") and "security" in done.stderr, (to, done.returncode, done.stderr)
            status = chain.json("status", data=data)
            same(status["attention"], 0, to)
        wait_for(lambda: chain.ctl("sync", data=data, expect=None).returncode == DONE, "an exchange once the clock is right", 60, 1)
        same(chain.json("status", data=data)["to_send"], 0)
    same(ids, sorted(set(ids)), "ids only grow")
    told = [each["id"] for each in chain.sandbox.returns()]
    same([told.count(each) for each in ids], [1] * len(ids), "at the OMS each once")


run_tests([beside, printer_of_terminal, begun_anew, second_terminal, crowd, exchange_in_terminal, exchange_that_fails, another_oms, enrolment, taken_by_sync, printing, left_behind,
           held, garbage, large, long_path, hung_up, set_while_running], orders=900)
