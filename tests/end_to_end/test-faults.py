#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-faults.py BUILD [TEST…]: a network of bad manners between the real retourctl and the real sandbox: connections cut, reset,
hushed, slow, doubled; answers swapped, stale, torn; storms of errors; portals; strangers in the OMS's place. Whatever happens, the
return stays in the outbox until it is answered, the OMS has it once, and a stranger is told nothing. Speaks TAP."""
import json
import os
import ssl
import subprocess
import sys
import time
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from chain import DONE, FAILED, OFFLINE, run_tests, same, wait_for  # noqa: E402
from fault_proxy import Insider, Manner, Proxy, Stranger  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)  # old TLS is what is wanted
PORTAL = b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n"
made = {}


def terminal(chain, letter):
    """An enrolled terminal of that letter, made once."""
    if letter not in made:
        made[letter] = chain.enrolled(letter)
    return made[letter]


def point_at(data, port):
    """The terminal believes the same OMS as before, at another port."""
    path = os.path.join(data, "identity", "enrolment.json")
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    name = next(n for n, value in document.items() if isinstance(value, str) and value.startswith("https://127.0.0.1:"))
    document[name] = f"https://127.0.0.1:{port}"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)


def waits(chain, data):
    return chain.json("status", data=data)["to_send"]


def settle(chain, data, numbers):
    """The network is good again: everything is sent, once. What got no answer has its time to wait."""
    wait_for(lambda: chain.ctl("sync", data=data, expect=None).returncode == DONE, "an exchange", pause=0.5)
    same(waits(chain, data), 0, "still to send")
    known = [r["number"] for r in chain.sandbox.returns()]
    for number in numbers:
        same(known.count(number), 1, f"{number} at the OMS")
        same(chain.json("proof", "show", number, data=data)["sync"], "acknowledged", number)
    chain.check(data)
    same(chain.json("audit", "verify", data=data)["whole"], True)
    same(chain.sandbox.admin("alarms"), [], "alarms")


def attempt(chain, data, *words, allowed=(DONE, OFFLINE, FAILED)):
    """An exchange that may fail, but answers."""
    done = chain.ctl("sync", *words, data=data, expect=None)
    assert done.returncode in allowed, (done.returncode, done.stderr)
    return done


def spoil_all(chain, data, manners):
    proxy = Proxy(chain.sandbox.port)
    point_at(data, proxy.port)
    numbers, failures = [], 0
    for manner in manners:
        if waits(chain, data) == 0:
            numbers.append(chain.record(data))
        proxy.manner = manner
        done = attempt(chain, data)
        failures += done.returncode != DONE
        if done.returncode != DONE:
            same(chain.json("proof", "show", numbers[-1], data=data)["number"], numbers[-1], "kept")
    proxy.manner = Manner()
    settle(chain, data, numbers)
    proxy.close()
    return failures


def cut_down(chain):
    """scenario 14: the connection to the terminal is cut or reset after any number of bytes: nothing is lost or doubled"""
    points = [1, 100, 900, 1500, 1900, 2300, 2800, 3300, 4000, 5000, 7000]
    failures = spoil_all(chain, terminal(chain, "F"), [Manner(down=n, end=end) for n, end in zip(points, ["fin", "rst"] * 6)])
    assert failures > 3, f"only {failures} cuts were felt"


def cut_up(chain):
    """scenario 12: the connection from the terminal is cut or reset after any number of bytes: the OMS takes all or nothing"""
    points = [1, 300, 600, 1100, 1600, 2000, 2500, 3000, 3600, 4500]
    failures = spoil_all(chain, terminal(chain, "F"), [Manner(up=n, end=end) for n, end in zip(points, ["rst", "fin"] * 5)])
    assert failures > 3, f"only {failures} cuts were felt"


def slow(chain):
    """scenario 21: late and dripping, an exchange takes its time and is made; doubled bytes are no TLS and end it"""
    failures = spoil_all(chain, terminal(chain, "F"), [Manner(pause=0.1), Manner(piece=512, pause=0.005), Manner(twice=True)])
    same(failures, 1, "failures")


def hushed(chain):
    """scenario 22: a line that says nothing any more, from the start or half-way, keeps nobody longer than asked"""
    data = terminal(chain, "F")
    proxy = Proxy(chain.sandbox.port)
    point_at(data, proxy.port)
    number = chain.record(data)
    for manner in (Manner(down=0, end="hush"), Manner(down=1, end="hush"), Manner(down=700, end="hush")):
        proxy.manner = manner
        began = time.monotonic()
        attempt(chain, data, "--timeout", "2", allowed=(FAILED, OFFLINE))
        assert time.monotonic() - began < 8, "it took longer than it was given"
        same(waits(chain, data), 1)
    proxy.manner = Manner()
    settle(chain, data, [number])
    proxy.close()


def nowhere(chain):
    """scenario 23: a name that no one knows, a port where nobody listens: said soon, and nothing is lost"""
    data = terminal(chain, "F")
    number = chain.record(data)
    path = os.path.join(data, "identity", "enrolment.json")
    before = open(path, encoding="utf-8").read()
    for address in ("https://oms.invalid:8443", "https://127.0.0.1:1"):
        with open(path, "w", encoding="utf-8") as file:
            file.write(before.replace(next(v for v in json.loads(before).values() if isinstance(v, str) and v.startswith("https://")), address))
        began = time.monotonic()
        attempt(chain, data, "--timeout", "6", allowed=(OFFLINE, FAILED))
        assert time.monotonic() - began < 12, address
        same(waits(chain, data), 1, address)
    point_at(data, chain.sandbox.port)
    settle(chain, data, [number])


def portal_instead(chain):
    """scenario 16: a portal that answers a handshake in plain text: nothing is sent"""
    data = terminal(chain, "F")
    proxy = Proxy(chain.sandbox.port)
    point_at(data, proxy.port)
    number = chain.record(data)
    for hello in (PORTAL, b"", b"\x15\x03\x01\x00\x02\x02\x28", b"SSH-2.0-OpenSSH\r\n"):
        proxy.manner = Manner(hello=hello)
        attempt(chain, data, allowed=(OFFLINE,))
        same(waits(chain, data), 1, hello)
    proxy.manner = Manner()
    settle(chain, data, [number])
    proxy.close()


def openssl(*words, when=None):
    subprocess.run([*(["faketime", when] if when else []), "openssl", *words], check=True, capture_output=True, timeout=60)


def make_certificate(chain, name, host="IP:127.0.0.1", authority=True, key=None, when=None, days=30):
    """NAME.pem: certificate and key; signed by the OMS's own authority, or by itself."""
    base = chain.programs.path(name)
    if key is None:
        key = base + ".key"
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
    with open(base + ".ext", "w", encoding="ascii") as file:
        file.write(f"subjectAltName={host}\nextendedKeyUsage=serverAuth\n")
    openssl("req", "-new", "-key", key, "-subj", "/CN=oms", "-out", base + ".csr")
    signer = ["-CA", os.path.join(chain.sandbox.data, "ca.pem"), "-CAkey", os.path.join(chain.sandbox.data, "pki", "ca-key.pem"),
              "-set_serial", "77"] if authority else ["-signkey", key]
    openssl("x509", "-req", "-in", base + ".csr", *signer, "-days", str(days), "-extfile", base + ".ext", "-out", base + ".crt", when=when)
    with open(base + ".pem", "w", encoding="ascii") as file:
        for part in (base + ".crt", key):
            file.write(open(part, encoding="ascii").read())
    return base + ".pem"


def strangers(chain):
    """scenario 17: self-signed, wrong host, expired, not yet valid, the right authority with the wrong pin, TLS 1.1: told nothing"""
    data = terminal(chain, "F")
    own = os.path.join(chain.sandbox.data, "pki", "server-key.pem")
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    number = chain.record(data)
    for name, stranger in (
            ("self-signed", Stranger(make_certificate(chain, "self", authority=False))),
            ("self-signed with the OMS's key", Stranger(make_certificate(chain, "self-own", authority=False, key=own))),
            ("wrong host", Stranger(make_certificate(chain, "host", host="DNS:elsewhere.example", key=own))),
            ("expired", Stranger(make_certificate(chain, "expired", key=own, when="2020-01-01 12:00:00"))),
            ("not yet valid", Stranger(make_certificate(chain, "early", key=own, when="2040-01-01 12:00:00"))),
            ("wrong pin", Stranger(make_certificate(chain, "pin"))),
            ("TLS 1.1", Stranger(make_certificate(chain, "old", key=own), old))):
        point_at(data, stranger.port)
        done = attempt(chain, data, allowed=(OFFLINE,))
        assert stranger.met > 0, f"{name}: never met"
        same(stranger.heard, b"", f"{name}: heard")
        if name != "TLS 1.1":
            assert "security" in done.stderr, (name, done.stderr)
        same(waits(chain, data), 1, name)
        stranger.close()
    point_at(data, chain.sandbox.port)
    settle(chain, data, [number])


def spoilers():
    """Ways to spoil an answer: name, what it does, whether the exchange can succeed all the same."""
    last = {}

    def doubled(path, answer):
        return answer.write() * 2

    def stale(path, answer):
        before, last[0] = last.get(0), answer
        return (before or answer.header("Retour-Nonce", "0" * 32)).write()

    def swapped(path, answer):
        return answer.with_(body=b'{"cursor":"c"}\n{"end":"c","lines":0}\n' if "/operations" in path else b'{"op":"x","answer":"accepted"}\n').write()

    def torn(path, answer):
        return answer.with_(body=answer.body[: len(answer.body) * 2 // 3]).write()

    def emptied(path, answer):
        return answer.with_(body=b"").write()

    def portal(path, answer):
        return answer.with_(body=b"<!DOCTYPE html><title>Welcome</title>").header("Content-Type", "text/html").write()

    def disguised(path, answer):
        return answer.with_(body=b"<!DOCTYPE html><title>Welcome</title>").write()

    def unsigned(path, answer):
        return answer.with_(headers=[(n, v) for n, v in answer.headers if not n.startswith("Retour-")]).write()

    def lost(path, answer):
        return None if "/operations" in path else answer.write()

    def dateless(path, answer):
        return answer.with_(headers=[(n, v) for n, v in answer.headers if n != "Date"]).write()

    return [("doubled", doubled), ("stale", stale), ("swapped", swapped), ("torn", torn), ("emptied", emptied), ("portal", portal),
            ("disguised", disguised), ("unsigned", unsigned), ("lost", lost), ("dateless", dateless)]


def insider_of(chain, data):
    insider = Insider(int(chain.sandbox.port), os.path.join(chain.sandbox.data, "pki", "server-key.pem"),
                      os.path.join(chain.sandbox.data, "ca.pem"), [os.path.join(data, "identity", "device.pem")])
    point_at(data, insider.port)
    return insider


def spoilt_answers(chain):
    """scenarios 12, 13, 15, 16: answers doubled, stale, swapped, torn, emptied, of a portal, unsigned, lost: once at the OMS"""
    data = terminal(chain, "F")
    insider = insider_of(chain, data)
    chain.ctl("sync", data=data)
    for name, spoil in spoilers():
        number = chain.record(data)
        insider.spoil = spoil
        done = attempt(chain, data)
        if name in ("portal", "disguised", "unsigned", "stale", "emptied", "torn", "lost", "swapped"):
            same(done.returncode != DONE, True, f"{name}: believed")
            same(waits(chain, data), 1, f"{name}: the outbox")
        insider.spoil = None
        settle(chain, data, [number])
    insider.close()


def storm(chain):
    """scenarios 18 and 20: each status that an OMS may say, for a while: nothing is lost, and none is taken for an answer"""
    data = terminal(chain, "F")
    insider = insider_of(chain, data)
    problem = b'{"type":"/problems/unavailable","title":"Trouble","status":0,"detail":"for a while"}'
    for status in (408, 413, 425, 426, 429, 500, 502, 503, 504):
        number = chain.record(data)

        def spoil(path, answer, status=status):
            return answer.with_(status=status, reason="X", body=problem).header("Content-Type", "application/problem+json").write()

        insider.spoil = spoil
        assert attempt(chain, data, "--timeout", "4").returncode != DONE, status
        insider.spoil = None
        waiting = chain.json("outbox", "list", data=data)["operations"]
        same([each["state"] for each in waiting], ["quarantined" if status == 413 else "waiting"], status)
        if status == 413:  # one operation alone is too large for that OMS: a person is asked, and sends it again
            same(chain.json("status", data=data)["attention"], 1, status)
            chain.ctl("outbox", "retry", waiting[0]["op"], data=data)
        settle(chain, data, [number])
    insider.close()


run_tests([cut_down, cut_up, slow, hushed, nowhere, portal_instead, strangers, spoilt_answers, storm])
