"""What the scripts that drive the window share: asking until there is an answer, and saying what holds and what does not."""
import os
import subprocess
import time

failures = []


def until(what, seconds=40.0):
    """Asks again and again until the answer is a yes; the answer, or None when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = what()
        if answer:
            return answer
        time.sleep(0.2)
    return None


def expect(answer, what):
    print(("ok    " if answer else "FAILS ") + what, flush=True)
    if not answer:
        failures.append(what)
    return answer


def line_from(arguments, env, descriptor_argument):
    """Starts a server that writes one line about itself to a pipe; the server and the line."""
    read, write = os.pipe()
    server = subprocess.Popen([*arguments, *descriptor_argument(write)], pass_fds=[write], env=env, stderr=subprocess.DEVNULL)
    os.close(write)
    line = b""
    while not line.endswith(b"\n") and (part := os.read(read, 512)):
        line += part
    return server, line.decode().strip()
