# SPDX-License-Identifier: Apache-2.0
"""What stands between a terminal and its OMS and behaves badly. `Proxy` moves bytes and spoils them on the way: it sees only TLS.
`Insider` ends the TLS with the OMS's own key, as nobody else could, and spoils whole answers. `Stranger` is a server with a
certificate of its own, which counts what it is told."""
import http.client
import socket
import ssl
import struct
import threading
import time


class Listener:
    """Hands each connection to `serve` in a thread of its own."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            connection.settimeout(60)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            self.serve(connection)
        except (OSError, ValueError, http.client.HTTPException):
            pass
        finally:
            connection.close()

    def close(self):
        self.server.close()


def prepare_reset(connection):
    """Closing it will reset it; who reads from it is woken."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RD)


class Manner:
    """How a connection is treated. `up` and `down`: cut after so many bytes from the terminal and to it; `end`: how ("fin", "rst",
    or "hush": kept open, and nothing more comes); `pause`: seconds before each piece, `piece`: its most bytes; `twice`: each piece
    goes out two times; `hello`: bytes said in place of the OMS."""

    def __init__(self, up=None, down=None, end="fin", pause=0.0, piece=65536, twice=False, hello=None):
        self.limits = {"up": up, "down": down}
        self.end, self.pause, self.piece, self.twice, self.hello = end, pause, piece, twice, hello


class Proxy(Listener):
    def __init__(self, port):
        self.target, self.manner, self.connections = port, Manner(), 0
        super().__init__()

    def serve(self, connection):
        manner = self.manner
        self.connections += 1
        if manner.hello is not None:
            connection.recv(65536)
            connection.sendall(manner.hello)
            return
        oms = socket.create_connection(("127.0.0.1", self.target), timeout=60)
        oms.settimeout(60)
        up = threading.Thread(target=self._move, args=(connection, oms, "up", manner), daemon=True)
        up.start()
        self._move(oms, connection, "down", manner)
        up.join()
        oms.close()

    @staticmethod
    def _move(source, sink, way, manner):
        left = manner.limits[way]
        ending = None
        try:
            while ending is None:
                got = source.recv(manner.piece if way == "down" else 65536)
                if not got:
                    break
                time.sleep(manner.pause)
                if left is not None:
                    got, left = got[:left], left - min(left, len(got))
                sink.sendall(got * 2 if manner.twice and way == "down" else got)
                if left == 0:
                    ending = manner.end
            if ending == "hush":
                time.sleep(20)
        except OSError:
            pass
        for each in (source, sink):
            try:
                if ending == "rst":
                    prepare_reset(each)
                else:
                    each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def read_head(stream):
    head = b""
    while b"\r\n\r\n" not in head:
        got = stream.recv(65536)
        if not got:
            return None, b""
        head += got
    head, rest = head.split(b"\r\n\r\n", 1)
    return head.decode("latin-1").split("\r\n"), rest


class Answer:
    def __init__(self, status, reason, headers, body):
        self.status, self.reason, self.headers, self.body = status, reason, headers, body

    def write(self):
        kept = [(n, v) for n, v in self.headers if n.lower() not in ("transfer-encoding", "content-length", "connection")]
        head = [f"HTTP/1.1 {self.status} {self.reason}", *(f"{n}: {v}" for n, v in kept), f"Content-Length: {len(self.body)}"]
        return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + self.body

    def with_(self, **members):
        return Answer(*(members.get(n, getattr(self, n)) for n in ("status", "reason", "headers", "body")))

    def header(self, name, value):
        return self.with_(headers=[(n, v) for n, v in self.headers if n.lower() != name.lower()] + [(name, value)])


class Insider(Listener):
    """`spoil (path, answer)` gives the bytes that go out in the answer's place, None for none; True in `before` answers without
    asking the OMS."""

    def __init__(self, port, key, authority, identity):
        self.target, self.spoil, self.asked = port, None, []
        certificate = ssl.get_server_certificate(("127.0.0.1", port))
        with open(key + ".proxy.pem", "w", encoding="ascii") as file:
            file.write(certificate + open(key, encoding="ascii").read())
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(key + ".proxy.pem")
        self.upstream = ssl.create_default_context(cafile=authority)
        self.upstream.load_cert_chain(*identity)
        super().__init__()

    def serve(self, connection):
        with self.context.wrap_socket(connection, server_side=True) as stream:
            oms = http.client.HTTPSConnection("127.0.0.1", self.target, context=self.upstream, timeout=60)
            while True:
                head, body = read_head(stream)
                if head is None:
                    return
                method, path, _ = head[0].split(" ")
                headers = dict(line.split(": ", 1) for line in head[1:])
                while len(body) < int(headers.get("Content-Length", 0)):
                    body += stream.recv(65536)
                oms.request(method, path, body or None, {**headers, "Accept-Encoding": "identity"})
                response = oms.getresponse()
                answer = Answer(response.status, response.reason, response.getheaders(), response.read())
                self.asked.append(path)
                out = self.spoil(path, answer) if self.spoil else answer.write()
                if out is None:
                    return
                stream.sendall(out)


class Stranger(Listener):
    """`heard`: the bytes that were told to it inside TLS."""

    def __init__(self, pem, context=None):
        self.heard, self.met = b"", 0
        self.context = context or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(pem)
        super().__init__()

    def serve(self, connection):
        self.met += 1
        with self.context.wrap_socket(connection, server_side=True) as stream:
            stream.settimeout(5)
            while True:
                got = stream.recv(65536)
                if not got:
                    return
                self.heard += got
