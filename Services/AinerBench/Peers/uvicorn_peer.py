"""The same two answers from FastAPI on uvicorn, one worker: python uvicorn_peer.py PORT"""
import sys

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()


@app.get("/v1/health")
async def health():
    return {"status": "ok", "padding": "x" * 173}


@app.post("/v1/health")
async def post(request: Request):
    body = await request.body()
    return JSONResponse({"bytes": len(body), "hash": hash(body)}, status_code=202)


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
