#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""fault-server DIRECTORY: an OMS of bad manners for the transport's tests. Serves HTTPS on loopback ports of its own, one for
each NAME.pem (certificate and key) in DIRECTORY, and prints "NAME PORT" for each, then "ready". The path says the manner:
/302, /html, /cut?10 ..."""
import glob
import gzip
import os
import socket
import ssl
import struct
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
LINE = b'{"gone":{"type":"order","id":"ord_1"}}\n'
BOMB = gzip.compress(b"[" * (64 << 20), 1)  # once: it takes a busy machine longer than the client waits


def read_request(stream):
    head = b""
    while b"\r\n\r\n" not in head:
        piece = stream.recv(65536)
        if not piece:
            return None
        head += piece
        if head[:1] == b"\x16":
            stream.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")  # a handshake, and we speak no TLS
            return None
    head, body = head.split(b"\r\n\r\n", 1)
    lines = head.decode("latin-1").split("\r\n")
    headers = {k.strip().lower(): v.strip() for k, v in (line.split(":", 1) for line in lines[1:])}
    while len(body) < int(headers.get("content-length", 0)):
        body += stream.recv(65536)
    return lines[0].split(" ")[1], headers, body


def answer(stream, nonce, status="200 OK", body=b"{}", media="application/json", extra=(), ours=True, length=None):
    head = [f"HTTP/1.1 {status}", f"Content-Type: {media}", "Date: " + time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())]
    if ours:
        head += [f"Retour-Nonce: {nonce}", "Retour-Protocol: 1"]
    if length is None:
        length = len(body)
    if length >= 0:
        head.append(f"Content-Length: {length}")
    head += list(extra)
    stream.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)


def chunk(stream, piece):
    stream.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))


def serve(stream, state):
    request = read_request(stream)
    if request is None:
        return False
    path, headers, body = request
    path, _, argument = path.partition("?")
    nonce = headers.get("retour-nonce", "")
    problem = b'{"type":"/problems/x","title":"Trouble","status":1,"detail":"as asked"}'
    if path == "/ok":
        answer(stream, nonce, body=b'{"got":%d}' % len(body))
    elif path == "/status":
        answer(stream, nonce, status=argument + " X", body=problem, media="application/problem+json")
    elif path == "/retry":
        answer(stream, nonce, status="503 X", body=problem, media="application/problem+json", extra=["Retry-After: " + argument])
    elif path == "/302":
        answer(stream, nonce, status="302 Found", body=b"", extra=["Location: https://127.0.0.1:1/portal"], ours=False)
    elif path == "/302-home":
        answer(stream, nonce, status="302 Found", body=b"", extra=["Location: /ok"])
    elif path == "/511":
        answer(stream, nonce, status="511 X", body=b"<html>", media="text/html", ours=False)
    elif path == "/html":
        answer(stream, nonce, body=b"<html>Welcome</html>", media="text/html", ours=False)
    elif path == "/html-as-json":
        answer(stream, nonce, body=b"<html>Welcome</html>", ours=False)
    elif path == "/wrong-media-type":
        answer(stream, nonce, body=b"<html>Welcome</html>", media="text/html")
    elif path == "/stale":
        answer(stream, state.get("nonce", "0" * 32))
    elif path == "/no-nonce":
        answer(stream, nonce, ours=False, extra=["Retour-Protocol: 1"])
    elif path == "/no-protocol":
        answer(stream, nonce, ours=False, extra=["Retour-Nonce: " + nonce])
    elif path == "/two-answers":
        answer(stream, nonce)
        answer(stream, nonce, body=b'{"second":1}')
    elif path == "/interim":
        stream.sendall(b"HTTP/1.1 103 Early Hints\r\nRetour-Nonce: x\r\n\r\n")
        answer(stream, nonce)
    elif path == "/bomb":
        answer(stream, nonce, body=BOMB, extra=["Content-Encoding: gzip"])
    elif path == "/gzip":
        answer(stream, nonce, body=gzip.compress(LINE * int(argument)), media="application/jsonl", extra=["Content-Encoding: gzip"])
    elif path == "/cut":
        answer(stream, nonce, body=(LINE * 100)[: int(argument)], media="application/jsonl", length=len(LINE) * 100)
        return False
    elif path == "/cut-reset":
        answer(stream, nonce, body=LINE, media="application/jsonl", length=len(LINE) * 100)
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False
    elif path == "/cut-head":
        stream.sendall(b"HTTP/1.1 200 OK\r\nContent-")
        return False
    elif path == "/no-answer":
        return False
    elif path == "/silent":
        time.sleep(30)
        return False
    elif path == "/stall":
        answer(stream, nonce, body=LINE, media="application/jsonl", length=1000)
        time.sleep(30)
        return False
    elif path == "/drip":
        answer(stream, nonce, body=b"", media="application/jsonl", length=1000)
        for i in range(60):
            stream.sendall(b"x")
            time.sleep(0.5)
        return False
    elif path == "/endless":
        answer(stream, nonce, body=b"", media="application/jsonl", length=-1, extra=["Transfer-Encoding: chunked"])
        while True:
            chunk(stream, LINE * 1000)
    elif path == "/long-header":
        answer(stream, nonce, extra=["X-Long: " + "x" * 200000])
    elif path == "/wait":
        time.sleep(float(argument))
        answer(stream, nonce)
    else:
        answer(stream, nonce, status="404 X", body=problem, media="application/problem+json")
    state["nonce"] = nonce
    return True


def handle(connection, context):
    connection.settimeout(60)
    try:
        stream = context.wrap_socket(connection, server_side=True) if context else connection
        state = {}
        while serve(stream, state):
            pass
    except (OSError, ssl.SSLError, ValueError):
        pass
    finally:
        try:
            (stream if "stream" in locals() else connection).close()
        except OSError:
            pass


def listen(name, context):
    server = socket.create_server(("127.0.0.1", 0))
    print(name, server.getsockname()[1], flush=True)

    def accept():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=handle, args=(connection, context), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.pem"))):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    listen(os.path.basename(path)[:-4], context)
    if path.endswith("/good.pem"):
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        old.load_cert_chain(path)
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        listen("old-tls", old)
        mutual = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        mutual.load_cert_chain(path)
        mutual.load_verify_locations(os.path.join(sys.argv[1], "authority.crt"))
        mutual.verify_mode = ssl.CERT_REQUIRED
        listen("mutual", mutual)
listen("plain", None)
deaf = socket.create_server(("127.0.0.1", 0), backlog=0)
print("deaf", deaf.getsockname()[1], flush=True)
print("ready", flush=True)
threading.Event().wait()
