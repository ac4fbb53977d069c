"""What is common in Python, as a measure for orchestrator, hub and workers: dbos_peer.py COUNT, with PEER_DATABASE.

Workflows of three empty steps through DBOS, each step durable in PostgreSQL. Prints how many workflows a second were done.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS

DBOS(config={"name": "ainer-peer", "system_database_url": os.environ["PEER_DATABASE"].replace("postgres://", "postgresql://")})


@DBOS.step()
def step(number):
    return number


@DBOS.workflow()
def work(number):
    for _ in range(3):
        step(number)
    return number


def main(count):
    DBOS.launch()
    for number in range(5):
        work(number)
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        for handle in pool.map(lambda number: DBOS.start_workflow(work, number), range(count)):
            handle.get_result()
    print(f"rate={count / (time.monotonic() - began):.1f}")
    DBOS.destroy()


if __name__ == "__main__":
    main(int(sys.argv[1]))
