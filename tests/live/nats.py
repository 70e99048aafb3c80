# SPDX-License-Identifier: Apache-2.0
"""A NATS server of a test's own, with JetStream in a temporary folder, and as much of a client as tests need."""
import base64
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Raises OSError when there is none to start. `settings`: more lines of its configuration."""

    def __init__(self, settings=""):
        self.program = shutil.which("nats-server", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
        if not self.program:
            raise OSError("no NATS server (Debian: nats-server)")
        self.folder = tempfile.mkdtemp(prefix="aver-nats-")
        self.port = free_port()
        self.configuration = os.path.join(self.folder, "server.conf")
        self.secure = "tls" in settings
        with open(self.configuration, "w", encoding="utf-8") as file:
            file.write(f'listen: "127.0.0.1:{self.port}"\njetstream {{ store_dir: "{self.folder}/store" }}\n{settings}\n')
        self.process = None
        self.start()

    @property
    def url(self):
        return f"nats://127.0.0.1:{self.port}"

    def start(self):
        with open(os.path.join(self.folder, "log"), "wb") as log:
            self.process = subprocess.Popen([self.program, "-c", self.configuration], stdout=log, stderr=log)
        for _ in range(400):
            if self.process.poll() is not None:
                raise OSError("the NATS server did not start: " + self.read_log())
            if "Server is ready" in self.read_log():
                return
            time.sleep(0.025)
        raise OSError("the NATS server does not answer")

    def read_log(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)


class Client:
    """One connection. Messages are (subject, headers, payload), headers a dict."""

    def __init__(self, server, context=None, **options):
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        self.buffer = b""
        self.read_line()
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        options = {"verbose": False, "pedantic": False, "headers": True, "no_responders": True, "lang": "python", "version": "1",
                   "protocol": 1, **options}
        self.send(b"CONNECT " + json.dumps(options).encode() + b"\r\nPING\r\n")
        while not self.read_line().startswith(b"PONG"):
            pass
        self.inbox = f"_INBOX.t{os.getpid()}.{id(self)}"
        self.send(f"SUB {self.inbox} 1\r\n".encode())

    def send(self, data):
        self.socket.sendall(data)

    def fill(self):
        more = self.socket.recv(1 << 16)
        if not more:
            raise OSError("the server has closed the connection")
        self.buffer += more

    def read_line(self):
        while b"\r\n" not in self.buffer:
            self.fill()
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        if line.startswith(b"-ERR"):
            raise OSError(line.decode())
        return line

    def read_bytes(self, n):
        while len(self.buffer) < n + 2:
            self.fill()
        data, self.buffer = self.buffer[:n], self.buffer[n + 2:]
        return data

    def next(self):
        while True:
            parts = self.read_line().split(b" ")
            if parts[0] == b"PING":
                self.send(b"PONG\r\n")
            elif parts[0] == b"MSG":
                return parts[1].decode(), {}, self.read_bytes(int(parts[-1]))
            elif parts[0] == b"HMSG":
                data, split = self.read_bytes(int(parts[-1])), int(parts[-2])
                lines = data[:split].decode().split("\r\n")
                headers = dict(line.split(":", 1) for line in lines[1:] if ":" in line)
                return parts[1].decode(), {key: value.strip() for key, value in headers.items()}, data[split:]

    def request(self, subject, data=b""):
        self.send(f"PUB {subject} {self.inbox} {len(data)}\r\n".encode() + data + b"\r\n")
        return self.next()

    def api(self, what, **body):
        answer = json.loads(self.request(f"$JS.API.{what}", json.dumps(body).encode() if body else b"")[2])
        assert "error" not in answer, (what, answer)
        return answer

    def make_stream(self, name, subject, retention="workqueue"):
        self.api(f"STREAM.CREATE.{name}", name=name, subjects=[subject], retention=retention, storage="file")

    def publish(self, subject, payload, **headers):
        """Waits until it is stored."""
        lines = "NATS/1.0\r\n" + "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items()) + "\r\n"
        head = lines.encode()
        self.send(f"HPUB {subject} {self.inbox} {len(head)} {len(head) + len(payload)}\r\n".encode() + head + payload + b"\r\n")
        answer = json.loads(self.next()[2])
        assert "error" not in answer, answer

    def publish_all(self, subject, payloads):
        """Without waiting for each; the last one is stored when this returns."""
        out = b"".join(b"PUB %s %d\r\n%s\r\n" % (subject.encode(), len(payload), payload) for payload in payloads[:-1])
        self.send(out)
        self.publish(subject, payloads[-1])

    def state(self, stream):
        return self.api(f"STREAM.INFO.{stream}")["state"]

    def consumer(self, stream, name="aver"):
        return self.api(f"CONSUMER.INFO.{stream}.{name}")

    def read_stream(self, stream):
        """All messages of a stream: (headers, payload)."""
        state = self.state(stream)
        found = []
        for sequence in range(state["first_seq"], state["last_seq"] + 1 if state["messages"] else 0):
            message = self.api(f"STREAM.MSG.GET.{stream}", seq=sequence)["message"]
            lines = base64.b64decode(message.get("hdrs", "")).decode().split("\r\n")
            headers = {key: value.strip() for key, value in (line.split(":", 1) for line in lines if ":" in line)}
            found.append((headers, base64.b64decode(message.get("data", ""))))
        return found

    def close(self):
        self.socket.close()


def wait_for(condition, seconds=60, what="what was waited for"):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not come to be in {seconds} s"
        time.sleep(0.02)
