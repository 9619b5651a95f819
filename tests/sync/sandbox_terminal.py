# SPDX-License-Identifier: Apache-2.0
"""The sandbox as a program, and terminals that speak to it: what its tests stand on."""
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import traceback
import uuid

PROGRAM = sys.argv[1]
ORDERS = 1200
LIMIT = 40

with open(os.path.join(os.path.dirname(__file__), "../../assets/oms-api/openapi.yaml"), encoding="utf-8") as _file:
    DESCRIPTION = _file.read()
# The types of problems that its tables list.
PROBLEMS = set(re.findall(r"^    \| ([a-z-]+) \|", DESCRIPTION, re.MULTILINE)) - {"type"}


def run(*words, data=None):
    """What a command prints."""
    return subprocess.run(words, input=data, capture_output=True, check=True, timeout=LIMIT).stdout


class Sandbox:
    """The program on a directory of its own."""

    made = None  # a chain that was made once, for all who want the usual one

    def __init__(self, *options, directory=None, fresh=False):
        self.directory = directory or tempfile.mkdtemp(prefix="retour-sandbox-")
        if not directory and not fresh:
            shutil.copytree(Sandbox.made, self.directory, dirs_exist_ok=True)
        self.process = subprocess.Popen(
            [PROGRAM, "--data", self.directory, "--orders", str(ORDERS), "--seed", "7", *options],
            stdout=subprocess.PIPE, text=True)
        lines = []
        for line in self.process.stdout:
            lines.append(line.strip())
            if line.strip() == "ready":
                break
        assert lines and lines[0].startswith("listening https://127.0.0.1:"), lines
        with open(self.path("sandbox.json"), encoding="utf-8") as file:
            self.address = json.load(file)
        self.port = int(self.address["url"].rsplit(":", 1)[1])

    def path(self, name):
        return os.path.join(self.directory, name)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=LIMIT)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=LIMIT)
        shutil.rmtree(self.directory)
        assert status == 0, f"ended with {status}"

    def own(self, method, path, body=None):
        context = ssl.create_default_context(cafile=self.path("ca.pem"))
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=LIMIT)
        connection.request(method, path, json.dumps(body) if body is not None else None,
                           {"Retour-Sandbox-Token": self.address["token"]})
        response = connection.getresponse()
        text = response.read()
        connection.close()
        assert response.status < 300, (response.status, text)
        return json.loads(text) if text else None

    def faults(self, *specs):
        return self.own("PUT", "/sandbox/faults", {"faults": list(specs)})


class Terminal:
    """An enrolled terminal with one kept-alive connection."""

    def __init__(self, sandbox, letter="A", store="0214", enrol=True):
        self.sandbox = sandbox
        self.store, self.letter = store, letter
        self.folder = tempfile.mkdtemp(prefix="retour-terminal-", dir=sandbox.directory)
        self.key, self.certificate = (os.path.join(self.folder, name) for name in ("key.pem", "certificate.pem"))
        run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.key)
        self.csr = run("openssl", "req", "-new", "-key", self.key, "-subj", "/CN=whoever").decode()
        self.proof_key = os.urandom(32).hex()
        self.counter = 0
        self.connection = None
        self.enrolled = False
        if enrol:
            self.code = sandbox.own("POST", "/sandbox/enrolment-codes", {"store": store, "terminal": letter})["code"]
            status, self.answer = self.enrol(self.code)
            assert status == 201, self.answer
            self.take(self.answer["certificate"])

    def take(self, certificate):
        with open(self.certificate, "w", encoding="ascii") as file:
            file.write(certificate)
        self.enrolled = True
        self.close()

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def enrol(self, code, **members):
        body = {"code": code, "csr": self.csr, "terminal": self.letter, "proof_key": self.proof_key, **members}
        response, text = self.call("POST", "/v1/enrolments", json.dumps({k: v for k, v in body.items() if v is not None}))
        return response.status, json.loads(text)

    def connect(self):
        context = ssl.create_default_context(cafile=self.sandbox.path("ca.pem"))
        if self.enrolled:
            context.load_cert_chain(self.certificate, self.key)
        self.connection = http.client.HTTPSConnection("127.0.0.1", self.sandbox.port, context=context, timeout=LIMIT)

    def call(self, method, path, body=None, headers=None, nonce=True):
        if not self.connection:
            self.connect()
        sent = {"Retour-Nonce": uuid.uuid4().hex} if nonce else {}
        sent.update(headers or {})
        try:
            self.connection.request(method, path, body.encode() if isinstance(body, str) else body, sent)
            response = self.connection.getresponse()
            text = response.read()
        except Exception:
            self.close()
            raise
        if nonce and response.status != 200 or response.getheader("Retour-Protocol"):
            assert response.getheader("Retour-Protocol") == "1"
            assert response.getheader("Date")
        response.nonce = sent.get("Retour-Nonce")
        if response.getheader("Content-Type") == "application/problem+json":
            problem = json.loads(text)
            assert problem["status"] == response.status and problem["type"].removeprefix("/problems/") in PROBLEMS, problem
        return response, text

    def json(self, method, path, body=None, headers=None):
        response, text = self.call(method, path, json.dumps(body) if body is not None else None, headers)
        assert response.getheader("Retour-Nonce") == response.nonce
        return response.status, json.loads(text) if text else None

    def changes(self, cursor=None, **parameters):
        if cursor:
            parameters["cursor"] = cursor
        query = "&".join(f"{k}={v}" for k, v in parameters.items())
        response, text = self.call("GET", "/v1/changes" + ("?" + query if query else ""))
        assert response.status == 200, text
        return [json.loads(line) for line in text.splitlines()]

    def order(self, id_or_number):
        status, order = self.json("GET", "/v1/orders/" + id_or_number)
        assert status == 200
        return order

    def operate(self, *operations):
        body = "".join(write_operation(o) + "\n" for o in operations)
        response, text = self.call("POST", "/v1/operations", body, {"Content-Type": "application/jsonl"})
        assert response.status == 200, text
        answers = [json.loads(line) for line in text.splitlines()]
        for answer in answers:
            assert "problem" not in answer or answer["problem"]["type"].removeprefix("/problems/") in PROBLEMS, answer
        return answers

    def number(self):
        """The next return number; check character by ISO/IEC 7064 MOD 37,36."""
        self.counter += 1
        text = f"R{self.store}{self.letter}{self.counter:05d}"
        letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        p = 36
        for character in text:
            s = (p + letters.index(character)) % 36 or 36
            p = s * 2 % 37
        check = letters[(37 - p) % 36]
        return f"R{self.store}{self.letter}-{self.counter:05d}-{check}"

    def record(self, order, lines, total, tenders, breakdown, **members):
        """The operation that records a return of `order`."""
        body = {"id": uuid7(), "number": self.number(), "order": {"id": order["id"], "number": order["number"]},
                "kind": "store", "origin": {"store": self.store, "terminal": self.letter, "mode": "desk", "staff": "stf_1"},
                "policy": policy_version(self), "recorded_at": now(), "clock_offset": 0, "offline": False, "gift": False,
                "lines": lines,
                "refund": {"currency": order["currency"], "total": total, "breakdown": breakdown, "tax": [], "tenders": tenders},
                "exchange": {"price": 0, "collect": 0}, "approvals": [], **members}
        return operation("return.record", body, order=order["id"], op=body["id"], ret=body["id"])


def uuid7():
    value = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(3 << 62) | 2 << 62
    return str(uuid.UUID(int=value))


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def operation(kind, body, order=None, op=None, ret=None):
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    return {"op": op or uuid7(), "kind": kind, "order": order, "return": ret, "at": now(), "clock_offset": 0,
            "body_hash": hashlib.blake2b(text.encode(), digest_size=32).hexdigest(), "body": RawBody(text, body)}


class RawBody(dict):
    """A body whose bytes go out as they were hashed."""

    def __init__(self, text, body):
        super().__init__(body)
        self.text = text


def write_operation(value):
    """One line of a batch; a body goes out byte for byte as it was hashed."""
    if not isinstance(value.get("body"), RawBody):
        return json.dumps(value)
    rest = {name: member for name, member in value.items() if name != "body"}
    return json.dumps(rest)[:-1] + ', "body": ' + value["body"].text + "}"


def policy_version(terminal):
    if not hasattr(terminal, "policy"):
        terminal.policy = next(c["policy"] for c in terminal.changes() if "policy" in c)
    return terminal.policy["version"]


def reference_return(terminal, **members):
    """UI.md 5: the dress and the jumper of 1048-7213."""
    order = terminal.order("1048-7213")
    lines = [{"line": "l1", "quantity": 1, "reason": "size_small", "condition": "new_sealed", "goods": 5674, "decision": "accept"},
             {"line": "l2", "quantity": 1, "reason": "changed_mind", "condition": "new_opened", "goods": 3125, "decision": "accept"}]
    breakdown = [{"kind": "goods", "line": "l1", "amount": 5674}, {"kind": "goods", "line": "l2", "amount": 3125},
                 {"kind": "promotion_clawback", "promotion": "BIENVENUE", "amount": -459}]
    tenders = [{"payment": "pay_1", "method": "card", "amount": 6850},
               {"payment": "pay_2", "method": "gift_card", "amount": 1490}]
    return terminal.record(order, lines, 8340, tenders, breakdown, **members)


TESTS = []


def test(function):
    TESTS.append(function)
    return function


def run_tests():
    """Each on a sandbox of its own; TAP. What the program's exit status should be."""
    print(f"1..{len(TESTS)}")
    failed = 0
    Sandbox.made = tempfile.mkdtemp(prefix="retour-sandbox-")
    first = Sandbox(directory=Sandbox.made)
    first.process.terminate()
    first.process.wait(timeout=LIMIT)
    for number, function in enumerate(TESTS, 1):
        trouble = None
        box = None
        try:
            box = Sandbox("--refund-delay", "0.8" if "cancelled" not in function.__name__ else "600")
            function(box)
        except Exception:  # pylint: disable=broad-except
            trouble = traceback.format_exc()
        try:
            if box:
                box.stop()
        except Exception:  # pylint: disable=broad-except
            trouble = (trouble or "") + traceback.format_exc()
        print(("not " if trouble else "") + f"ok {number} - {function.__doc__.strip()}")
        if trouble:
            failed += 1
            print("\n".join("# " + line for line in trouble.splitlines()))
        sys.stdout.flush()
    shutil.rmtree(Sandbox.made)
    return failed > 0
