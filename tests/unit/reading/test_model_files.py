import shutil

import pytest

from agent.reading.classifier import models
from agent.reading.classifier.models import Encoder, Model, ModelFileChanged, checked


def test_a_changed_tokenizer_is_refused(tmp_path):
    copy = tmp_path / "tokenizer.json"
    copy.write_bytes((models.WEIGHTS / "tokenizer.json").read_bytes() + b" ")
    with pytest.raises(ModelFileChanged, match=r"tokenizer\.json has sha256"):
        Encoder(tokenizer=copy)


def test_a_changed_encoder_is_refused(tmp_path):
    copy = tmp_path / "model.onnx"
    copy.write_bytes(b"something else")
    with pytest.raises(ModelFileChanged):
        Encoder(model=copy)


def test_changed_weights_are_refused(tmp_path, reader):
    shutil.copytree(models.WEIGHTS, tmp_path / "weights")
    with (tmp_path / "weights" / "heads.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelFileChanged):
        Model(reader.encoder(), tmp_path / "weights")


def test_the_shipped_tokenizer_is_the_measured_one():
    assert checked(models.WEIGHTS / "tokenizer.json", models.TOKENIZER_SHA256)


def test_a_message_takes_at_most_one_forward_pass(reader, monkeypatch):
    from agent.reading.view import TurnView

    passes = []
    encoder = reader.encoder()
    forward = encoder.forward

    def counted(feed):
        passes.append(1)
        return forward(feed)

    monkeypatch.setattr(encoder, "forward", counted)
    for text in ("refund 1042 and return 1043", "customer says the mug is cracked", "yes"):
        passes.clear()
        reader.read(TurnView(text=text))
        assert len(passes) <= 1
