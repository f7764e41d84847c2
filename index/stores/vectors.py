"""Vectors as they are kept, compared and indexed: float32 bytes, exact cosine, one Chroma collection.

Chroma is an index that can be thrown away: every vector it holds is in the database too. A collection belongs to one
store and one embedding model; its ids are "document number:position".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.errors import VectorMismatch, VectorsUnavailable

if TYPE_CHECKING:
    from langchain_chroma import Chroma

_BATCH = 1000

Place = tuple[int, int]  # document number, position of the chunk


@dataclass(frozen=True)
class Vectors:
    """What a model made of texts: text hash -> float32 little-endian, unit length."""

    model: str
    by_hash: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class EmbeddedChunk:
    """A chunk as the collection takes it."""

    place: Place
    text: str
    vector: bytes


def pack(vector: Sequence[float]) -> bytes:
    """A vector as it is kept: float32, little-endian."""
    import numpy as np

    return np.asarray(vector, dtype="<f4").tobytes()


def nearest(query: Sequence[float], found: Sequence[tuple[Place, bytes]], k: int) -> list[tuple[Place, float]]:
    """The k places whose vectors are most similar (cosine) to the query, exactly; ties by place."""
    if not found:
        return []
    import numpy as np

    asked = np.asarray(query, dtype=np.float32)
    matrix = np.frombuffer(b"".join(vector for _, vector in found), dtype="<f4").reshape(len(found), -1)
    if matrix.shape[1] != asked.size:
        raise VectorMismatch(asked.size, matrix.shape[1])
    scores = matrix @ (asked / (np.linalg.norm(asked) or 1.0))
    best = np.argsort(-scores, kind="stable")[:k]
    return [(found[i][0], float(scores[i])) for i in best]


class ChromaVectors:
    """One open collection in a folder or on a server."""

    def __init__(self, where: Path | str, store: str, model: str) -> None:
        """`where` is a folder or the URL of a server, `store` the id of the store; VectorsUnavailable."""
        self.model = model
        self._name = f"mingzhang-{store[:16]}-{sha256(model.encode()).hexdigest()[:16]}"
        try:
            self._client = _connect(where)
            self.count()
        except Exception as error:
            _forget_clients()
            raise VectorsUnavailable(str(where), str(error)) from error

    def close(self) -> None:
        self._client.close()

    def count(self) -> int:
        return int(self._collection().count())

    def add(self, found: Sequence[EmbeddedChunk]) -> None:
        """Write chunks, replacing what stands under the same place."""
        for start in range(0, len(found), _BATCH):
            batch = found[start : start + _BATCH]
            self._chain({item.text: item.vector for item in batch}).add_texts(
                [item.text for item in batch],
                metadatas=[{"document": item.place[0]} for item in batch],
                ids=[f"{document}:{position}" for document, position in (item.place for item in batch)],
            )

    def drop(self, documents: Sequence[int]) -> None:
        """Delete all vectors of these documents."""
        if documents:
            self._collection().delete(where={"document": {"$in": list(documents)}})

    def clear(self) -> None:
        """Empty the collection."""
        self._client.delete_collection(self._name)
        self._collection()

    def search(self, query: Sequence[float], documents: Sequence[int], k: int) -> list[tuple[Place, float]]:
        """The k most similar places among these documents (all where empty), cosine similarity, best first."""
        where: Any = {"document": {"$in": list(documents)}} if documents else None
        found = self._chain({}).similarity_search_by_vector_with_relevance_scores(list(query), k=k, filter=where)
        hits = [(_place(document.id or ""), 1.0 - distance) for document, distance in found]
        return sorted(hits, key=lambda hit: (-round(hit[1], 6), hit[0]))

    def _collection(self) -> Any:
        return self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def _chain(self, known: Mapping[str, bytes]) -> Chroma:
        """LangChain's view of the collection; what it adds takes its vector from `known` (text -> vector)."""
        from langchain_chroma import Chroma
        from langchain_core.embeddings import Embeddings

        class Recorded(Embeddings):
            """Vectors that were made before: the system of record is the embedder."""

            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                import numpy as np

                return [np.frombuffer(known[text], dtype="<f4").tolist() for text in texts]

            def embed_query(self, text: str) -> list[float]:
                return self.embed_documents([text])[0]

        self._collection()
        return Chroma(client=self._client, collection_name=self._name, embedding_function=Recorded())


def _connect(where: Path | str) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if isinstance(where, Path):
        return chromadb.PersistentClient(where, settings=settings)
    url = urlsplit(where)
    secure = url.scheme == "https"
    port = url.port or (443 if secure else 8000)
    return chromadb.HttpClient(host=url.hostname or "localhost", port=port, ssl=secure, settings=settings)


def _forget_clients() -> None:
    """Chroma keeps a client a folder, also one that failed to start and would fail for ever; those in use go on."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _place(identifier: str) -> Place:
    document, _, position = identifier.partition(":")
    return int(document), int(position)
