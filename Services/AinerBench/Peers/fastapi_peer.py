"""What is common in Python, as a measure for the gateway: fastapi_peer.py PORT DATABASE_URL.

POST /api/v1/tasks as a careful author writes it with FastAPI and psycopg: the token is looked at, the body checked by a
model, the idempotency key looked up, and run, deed and event inserted in one transaction of a pool. It answers 202.
"""

import hashlib
import secrets
import sys
import time
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI, Header, HTTPException, Request
from psycopg.types.json import Json
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

PORT, DATABASE = int(sys.argv[1]), sys.argv[2]
TABLES = """
CREATE SCHEMA IF NOT EXISTS peer;
CREATE TABLE IF NOT EXISTS peer.runs (id text PRIMARY KEY, tenant_id text NOT NULL, project_id text NOT NULL,
  chapter_id text NOT NULL, status text NOT NULL, idempotency_key text NOT NULL, spec jsonb NOT NULL,
  view jsonb NOT NULL, created_at bigint NOT NULL);
CREATE INDEX IF NOT EXISTS runs_tenant ON peer.runs (tenant_id, id);
CREATE INDEX IF NOT EXISTS runs_key ON peer.runs (tenant_id, idempotency_key);
CREATE INDEX IF NOT EXISTS runs_changed ON peer.runs (created_at);
CREATE TABLE IF NOT EXISTS peer.deeds (tenant_id text NOT NULL, key text NOT NULL, digest text NOT NULL,
  outcome jsonb NOT NULL, done_at bigint NOT NULL, PRIMARY KEY (tenant_id, key));
CREATE INDEX IF NOT EXISTS deeds_done ON peer.deeds (done_at);
CREATE TABLE IF NOT EXISTS peer.events (seq bigserial, id text PRIMARY KEY, type text NOT NULL, said_at bigint NOT NULL,
  body bytea NOT NULL, published_at bigint);
CREATE INDEX IF NOT EXISTS events_unpublished ON peer.events (seq) WHERE published_at IS NULL;
"""


class Story(BaseModel):
    text: str


class Task(BaseModel):
    chapter_id: str
    requested_quality: str = "standard"
    tags: list[str] = []
    story: Story


@asynccontextmanager
async def lifespan(app):
    pool = AsyncConnectionPool(DATABASE, min_size=8, max_size=16, open=False)
    await pool.open(wait=True)
    async with pool.connection() as connection:
        await connection.execute(TABLES)
    app.state.pool = pool
    yield
    await pool.close()


app = FastAPI(lifespan=lifespan)


@app.post("/api/v1/tasks", status_code=202)
async def submit(task: Task, request: Request, idempotency_key: str = Header(), authorization: str = Header()):
    if not secrets.compare_digest(authorization, "Bearer bench"):
        raise HTTPException(401)
    digest = hashlib.sha256(await request.body()).hexdigest()
    now = time.time_ns() // 1000
    name = f"{now:020}{secrets.token_hex(8)}"
    answer = {"run_id": "run_" + name, "task_id": "task_" + name, "status": "queued"}
    spec = task.model_dump()
    async with request.app.state.pool.connection() as connection, connection.transaction():
        known = await (
            await connection.execute(
                "SELECT digest, outcome FROM peer.deeds WHERE tenant_id = %s AND key = %s", ("local", idempotency_key)
            )
        ).fetchone()
        if known:
            if known[0] != digest:
                raise HTTPException(409)
            return known[1]
        await connection.execute(
            "INSERT INTO peer.runs VALUES (%s, 'local', 'local', %s, 'queued', %s, %s, %s, %s)",
            (answer["run_id"], task.chapter_id, idempotency_key, Json(spec), Json(answer), now),
        )
        await connection.execute(
            "INSERT INTO peer.deeds VALUES ('local', %s, %s, %s, %s)", (idempotency_key, digest, Json(answer), now)
        )
        await connection.execute(
            "INSERT INTO peer.events (id, type, said_at, body) VALUES (%s, 'task.submitted', %s, %s)",
            ("evt_" + name, now, task.model_dump_json().encode()),
        )
    return answer


uvicorn.run(app, host="127.0.0.1", port=PORT, loop="uvloop", http="httptools", log_level="error", access_log=False)
