"""A model provider on loopback: answers as scripted, in the shapes of OpenAI's and Anthropic's APIs.

A real server rather than a patched client: time-outs, broken bodies and cut streams are the real thing.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def openai_answer(text, *, finish="stop", refusal=None):
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-4.1-mini",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text, "refusal": refusal},
            }
        ],
        "usage": {"prompt_tokens": 700, "completion_tokens": 50, "total_tokens": 750},
    }


def anthropic_answer(text, *, stop="end_turn"):
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-of-the-test",
        "content": [{"type": "text", "text": text}] if text else [],
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {"input_tokens": 700, "output_tokens": 50},
    }


class Provider:
    """Answers every request with what was scripted last; remembers what it was sent."""

    def __init__(self):
        self.status, self.body, self.breaks = 200, b"{}", False
        self.kind, self.requests = "application/json", []
        self.may_answer = threading.Event()
        self.may_answer.set()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                provider.serve(self)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answers(self, body, *, status=200, breaks=False, kind="application/json"):
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status, self.breaks, self.kind = status, breaks, kind

    def serve(self, handler):
        size = int(handler.headers["content-length"])
        self.requests.append(json.loads(handler.rfile.read(size)))
        self.may_answer.wait(60)
        try:
            handler.send_response(self.status)
            handler.send_header("content-type", self.kind)
            handler.send_header("content-length", str(len(self.body) + (100 if self.breaks else 0)))
            handler.end_headers()
            handler.wfile.write(self.body)
        except OSError:
            pass
        handler.close_connection = True

    def close(self):
        self.may_answer.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
