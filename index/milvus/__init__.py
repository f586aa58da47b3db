"""Milvus, or milvus-lite, as what holds an index's postings and vectors. pymilvus is imported when it is first asked."""

from index.milvus.address import Address, address_of
from index.milvus.holder import Milvus, OnBatch

__all__ = ["Address", "Milvus", "OnBatch", "address_of"]
