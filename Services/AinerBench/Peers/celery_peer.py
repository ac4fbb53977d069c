"""What is common in Python, as a measure for orchestrator, hub and workers: celery_peer.py COUNT, with PEER_BROKER and PEER_DATABASE.

Empty tasks through Celery as a careful author sets it up: acknowledged late, two processes with four fetched for each,
every result kept in PostgreSQL. Prints how many a second were done, from the first that is handed in to the last result.
"""

import os
import subprocess
import sys
import time

from celery import Celery

BROKER, DATABASE = os.environ["PEER_BROKER"], os.environ["PEER_DATABASE"]
app = Celery("celery_peer", broker=BROKER, backend="db+" + DATABASE.replace("postgres://", "postgresql+psycopg2://"))
app.conf.update(task_acks_late=True, worker_prefetch_multiplier=4, task_default_queue="celery_peer", result_expires=None)


@app.task
def nothing(number):
    return number


def finish(count):
    """Hands so many in and waits for every result."""
    results = [nothing.delay(number) for number in range(count)]
    for result in results:
        result.get(timeout=120, interval=0.01)


def main(count):
    words = [sys.executable, "-m", "celery", "-A", "celery_peer", "worker", "-c", "2", "-l", "error"]
    worker = subprocess.Popen(words, cwd=os.path.dirname(os.path.abspath(__file__)))
    try:
        finish(20)
        began = time.monotonic()
        finish(count)
        print(f"rate={count / (time.monotonic() - began):.1f}")
    finally:
        worker.terminate()
        worker.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]))
