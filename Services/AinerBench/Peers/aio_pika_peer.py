"""What is common in Python, as a measure for ours: aio_pika_peer.py publish|consume|consume64 URL QUEUE COUNT.

The same work as rabbit_peer.c: 1 KiB bodies into a quorum queue with at most 64 unconfirmed, or prefetch 256 with an
acknowledgement for each or for 64 at once. Prints what it took; the first failure ends it.
"""

import asyncio
import sys
import time

import aio_pika

WINDOW, PREFETCH, BODY = 64, 256, b"x" * 1024


async def publish(channel, name, count):
    """Sends with WINDOW publishers, each waiting for its own confirm."""
    left = count

    async def one():
        nonlocal left
        while left > 0:
            left -= 1
            message = aio_pika.Message(
                BODY, content_type="application/json", delivery_mode=aio_pika.DeliveryMode.PERSISTENT
            )
            await channel.default_exchange.publish(message, routing_key=name)

    await asyncio.gather(*(one() for _ in range(WINDOW)))


async def consume(channel, queue, count, each):
    """Acknowledges every message, or the last of each group for the whole group."""
    await channel.set_qos(prefetch_count=PREFETCH)
    done, seen = asyncio.Event(), 0

    async def hear(message):
        nonlocal seen
        seen += 1
        # Others count on while this one waits for its acknowledgement to be sent.
        number = seen
        if number % each == 0 or number == count:
            await message.ack(multiple=each > 1)
        if number == count:
            done.set()

    await queue.consume(hear)
    await asyncio.wait_for(done.wait(), 120)


async def main(verb, url, name, count):
    connection = await aio_pika.connect(url)
    channel = await connection.channel()
    queue = await channel.get_queue(name)  # made by whoever measures, with the same arguments for everybody
    began, before = time.monotonic(), time.process_time()
    if verb == "publish":
        await publish(channel, name, count)
    else:
        await consume(channel, queue, count, 64 if verb == "consume64" else 1)
    took, worked = time.monotonic() - began, time.process_time() - before
    print(f"messages={count} seconds={took:.3f} rate={count / took:.0f} cpu_us={worked * 1e6 / count:.2f}")
    await connection.close()


if len(sys.argv) != 5 or sys.argv[1] not in ("publish", "consume", "consume64"):
    sys.exit("usage: aio_pika_peer.py publish|consume|consume64 URL QUEUE COUNT")
asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
