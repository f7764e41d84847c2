"""Embedders: prefixes, cleaning, loading of any sentence-transformers folder, and the default built from its weights."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import e5
from index.e5 import default_folder, nfkc_charsmap
from index.embed import Prefixes, load_embedder, prefixes_of
from index.errors import ModelUnavailable
from index.q4 import dequantise

WORDS = ["[PAD]", "[UNK]", "query", "passage", ":", *"公务接待费机关运行经档案ABC123"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder: a vocabulary of characters and a little BERT with random weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    characters = pre_tokenizers.Split("", "isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), characters])  # type: ignore[attr-defined]
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(folder)
    modules = [Transformer(str(folder)), Pooling(16, pooling_mode="mean"), Normalize()]
    SentenceTransformer(modules=modules).save(str(folder / "st"))
    return folder / "st"


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def test_any_folder_is_a_model(tiny: Path, tmp_path: Path) -> None:
    embedder = load_embedder(str(tiny), tmp_path)
    assert (embedder.name, embedder.dimension) == (str(tiny), 16)
    first, second, again = embedder.embed_passages(["公务接待费", "档案", "公务接待费"])
    assert math.isclose(cosine(first, first), 1.0, abs_tol=1e-5)
    assert first == pytest.approx(again, abs=1e-5)
    assert first != pytest.approx(second, abs=1e-3)
    assert embedder.embed_passages([]) == []
    assert list(tmp_path.iterdir()) == []  # the default was not built


def test_texts_are_cleaned_before_they_reach_the_model(tiny: Path, tmp_path: Path) -> None:
    embedder = load_embedder(str(tiny), tmp_path)
    clean, odd = embedder.embed_passages(["ABC123", "ＡＢ\0Ｃ\ud800１２３"])
    assert clean == pytest.approx(odd, abs=1e-5)


class Recorder:
    """Stands where the model stands and keeps what it is asked."""

    def __init__(self, prompts: dict[str, str]) -> None:
        self.prompts = prompts
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.device = type("Device", (), {"type": "cpu"})()

    def encode(self, texts: Sequence[str], *, prompt: str, **_: Any) -> np.ndarray:
        self.asked.append((prompt, tuple(texts)))
        return np.ones((len(texts), 2))


def test_questions_and_passages_get_the_prefix_of_the_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = Recorder({})
    monkeypatch.setattr("index.embed._load", lambda source, threads: model)
    embedder = load_embedder("intfloat/multilingual-e5-base", tmp_path)
    embedder.embed_query("问")
    embedder.embed_passages(["答"])
    assert model.asked == [("query: ", ("问",)), ("passage: ", ("答",))]


@pytest.mark.parametrize(
    ("model", "prompts", "prefixes"),
    [
        ("BAAI/bge-small-zh-v1.5", {}, Prefixes("为这个句子生成表示以用于检索相关文章：", "")),
        ("intfloat/e5-small-v2", {}, Prefixes("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", {}, Prefixes()),
        ("thenlper/gte-small-zh", {}, Prefixes()),
        ("someone/own-model", {"query": "q: ", "document": "d: "}, Prefixes("q: ", "d: ")),
        ("someone/e5-copy", {"query": "", "passage": ""}, Prefixes("query: ", "passage: ")),
        ("someone/e5-copy", {"query": "Q: "}, Prefixes("Q: ", "")),
    ],
)
def test_prefixes(model: str, prompts: dict[str, str | None], prefixes: Prefixes) -> None:
    assert prefixes_of(model, prompts) == prefixes


def test_a_model_that_cannot_be_had_is_asked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fail(source: str, threads: int) -> None:
        asked.append(source)
        raise OSError("no such model\nand a long story")

    monkeypatch.setattr("index.embed._load", fail)
    embedder = load_embedder("no/such-model", tmp_path)
    for _ in range(2):
        with pytest.raises(ModelUnavailable, match=r"no/such-model.*no such model.*表格与关键词检索照常可用"):
            embedder.embed_query("问")
    assert asked == ["no/such-model"]


def test_without_sentence_transformers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: str, threads: int) -> None:
        raise ImportError("No module named 'torch'")

    monkeypatch.setattr("index.embed._load", fail)
    with pytest.raises(ModelUnavailable, match="没有安装 sentence-transformers"):
        _ = load_embedder("any", tmp_path).dimension


def quantise(values: np.ndarray) -> bytes:
    """Q4_0, the way such weights are made: the value of largest magnitude becomes -8."""
    blocks = values.reshape(-1, 32)
    largest = blocks[np.arange(len(blocks)), np.abs(blocks).argmax(axis=1)]
    scale = (largest / -8).astype("<f2")
    safe = np.where(scale == 0, 1, scale.astype(np.float32))
    nibbles = np.clip(np.round(blocks / safe[:, None]) + 8, 0, 15).astype(np.uint8)
    packed = nibbles[:, :16] | (nibbles[:, 16:] << 4)
    return b"".join(s.tobytes() + row.tobytes() for s, row in zip(scale, packed, strict=True))


@given(st.lists(st.floats(-4, 4, width=16), min_size=64, max_size=64))
def test_dequantised_values_are_within_a_step(values: list[float]) -> None:
    weights = np.array(values, np.float32)
    steps = np.repeat(np.abs(weights).reshape(-1, 32).max(axis=1) / 8, 32)
    assert np.all(np.abs(dequantise(quantise(weights)) - weights) <= steps * 1.01 + 1e-6)


def test_dequantise_by_hand() -> None:
    block = np.float16(0.5).tobytes() + bytes([0x98] * 16)  # low nibble 8 -> 0, high nibble 9 -> 0.5
    assert dequantise(block).tolist() == [0.0] * 16 + [0.5] * 16


def test_the_normalisation_of_xlm_roberta() -> None:
    from tokenizers import normalizers

    normaliser = normalizers.Precompiled(nfkc_charsmap())
    assert normaliser.normalize_str("ＡＢ①（境）") == "AB1(境)"


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "_SOURCE_SHA256", "0" * 64)
    with pytest.raises(ModelUnavailable, match=r"不是 0\.3\.0 版"):
        default_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(ModelUnavailable, match="无法写入"):
        default_folder(tmp_path / "cache")


@pytest.mark.model
def test_the_default_model(tmp_path: Path) -> None:
    folder = default_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    stamp = (folder / "model.safetensors").stat().st_mtime_ns
    assert (default_folder(tmp_path) / "model.safetensors").stat().st_mtime_ns == stamp  # found whole, not built again
    embedder = load_embedder(None, tmp_path)
    assert embedder.dimension == 384
    question = embedder.embed_query("公务接待费为什么减少")
    near, far = embedder.embed_passages(["公务接待费下降，主要原因是厉行节约、压缩接待批次。", "本单位共有车辆3辆。"])
    assert cosine(question, near) > cosine(question, far) + 0.03
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(1 << 20)
        file.write(b"damaged")
    default_folder(tmp_path)
    manifest = json.loads((folder / "sha256.json").read_text())
    with (folder / "model.safetensors").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == manifest["model.safetensors"]
