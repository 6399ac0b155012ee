"""The load of scripts/drill.py: a new account whose requests are counted, and a look at what was acknowledged."""

import http.client
import http.cookies
import json
import secrets
import sys
import threading
import time
import urllib.parse


class Client:
    """One keep-alive connection to the app. After a failure the next request opens a new one."""

    def __init__(self, url, connect):
        self.parts = urllib.parse.urlsplit(url)
        self.address = connect or self.parts.hostname
        self.connection = None

    def request(self, method, path, body=None, headers=None):
        """Sends one request. Returns (status, headers, parsed JSON or None); status 0 is a broken connection."""
        try:
            if self.connection is None:
                kind = http.client.HTTPSConnection if self.parts.scheme == "https" else http.client.HTTPConnection
                self.connection = kind(self.address, self.parts.port, timeout=30)
            given = {"Host": self.parts.netloc, "Origin": f"{self.parts.scheme}://{self.parts.netloc}"} | (headers or {})
            if body is not None:
                given["Content-Type"] = "application/json"
            self.connection.request(method, path, json.dumps(body) if body is not None else None, given)
            response = self.connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException):
            self.connection = None
            return 0, {}, None
        try:
            return response.status, response.headers, json.loads(text)
        except ValueError:
            return response.status, response.headers, None


class Account:
    """A new account with its access token."""

    def __init__(self, client):
        self.email = f"drill-{secrets.token_hex(6)}@example.com"
        credentials = {"name": "Drill", "email": self.email, "password": secrets.token_urlsafe(18)}
        status, headers, body = client.request("POST", "/api/auth/sign-up/email", credentials)
        if status != 200:
            sys.exit(f"error: no account could be made: status {status}, {body}. Is the app ready at this address?")
        self.id = body["user"]["id"]
        jar = http.cookies.SimpleCookie()
        for line in headers.get_all("set-cookie") or []:
            jar.load(line)
        self.cookie = "; ".join(f"{name}={value.coded_value}" for name, value in jar.items())
        self.tasks = f"/api/{self.id}/tasks"
        self.token = self.renew(client)

    def renew(self, client):
        """Reads an access token for the session; None if there is none any more."""
        _, _, body = client.request("GET", "/api/auth/token", headers={"Cookie": self.cookie})
        return body["token"] if body else None

    @property
    def bearer(self):
        return {"Authorization": f"Bearer {self.token}"}


class Load:
    """Requests at a steady rate, each from one of several threads. It notes what failed, when, and what was acknowledged."""

    def __init__(self, options, account):
        self.options, self.account = options, account
        self.lock = threading.Lock()
        self.sent, self.failures, self.added = 0, [], []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(n,), daemon=True) for n in range(options.threads)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def work(self, number):
        client = Client(self.options.url, self.options.connect)
        pause = self.options.threads / self.options.rate
        while not self.ended.wait(pause):
            self.once(client, number)
            number += 1

    def once(self, client, number):
        began = time.monotonic()
        tasks, bearer = self.account.tasks, self.account.bearer
        if number % 3 == 0:
            status, _, _ = client.request("GET", "/")
        elif number % 3 == 1:
            status, _, _ = client.request("GET", f"{tasks}?limit=20", headers=bearer)
        else:
            status, _, task = client.request("POST", tasks, {"title": f"drill {number}"}, bearer)
        with self.lock:
            self.sent += 1
            if status == 201:
                self.added.append(task["id"])
            elif status == 0 or status >= 400:
                self.failures.append((began, status))

    def running(self):
        """Waits until each thread has sent a request or two: what is broken before that is seen by nobody."""
        while not self.ended.wait(0.05):
            with self.lock:
                if self.sent >= 2 * self.options.threads:
                    return

    def recovered(self):
        """Waits until nothing has failed for a while. False if that does not happen in time."""
        until = time.monotonic() + self.options.patience
        quiet_since = time.monotonic()
        while time.monotonic() < until:
            with self.lock:
                last = self.failures[-1][0] if self.failures else 0
            if time.monotonic() - max(last, quiet_since) >= self.options.quiet:
                return True
            time.sleep(0.1)
        return False


def lost(client, account, added):
    """The acknowledged tasks that are not in the list."""
    account.token = account.renew(client) or account.token
    found, path = set(), f"{account.tasks}?limit=100"
    while path:
        status, headers, tasks = client.request("GET", path, headers=account.bearer)
        if status != 200:
            sys.exit(f"error: the list could not be read after the drill: status {status}, {tasks}")
        found |= {task["id"] for task in tasks}
        link = headers.get("link") or ""
        path = link.split(">")[0].lstrip("<") if 'rel="next"' in link else None
        path = path and urllib.parse.urlsplit(path)._replace(scheme="", netloc="").geturl()
    return sorted(set(added) - found)
