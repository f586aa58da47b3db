"""`yaodian doctor`: what would keep the service from running well."""

from dataclasses import asdict

import typer

from corpus import PACKAGED
from service.cli.config import ConfigOption
from service.cli.front import TlsCertOption, TlsKeyOption
from service.cli.llm import LlmModelOption, LlmOption, llm_of
from service.cli.options import (
    DATA,
    DataOption,
    DocumentsOption,
    EncoderOption,
    JsonOption,
    RerankerOption,
    StoreOption,
    print_json,
)
from service.cli.serve import HostOption, PortOption, ReadKeyOption
from service.doctor import Place, examined
from service.settings import Settings


def doctor(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    store: StoreOption = None,
    read_key_required: ReadKeyOption = False,
    tls_cert: TlsCertOption = None,
    tls_key: TlsKeyOption = None,
    llm: LlmOption = None,
    llm_model: LlmModelOption = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """逐项检查文件夹、磁盘、时钟、文档、密钥、模型、索引、端口、语言模型，说明怎么办；选项照 serve 的写。有一项 fail 就以 1 退出。"""
    findings = []
    for finding in examined(
        Settings(documents, data, encoder, store, reranker, llm_of(llm, llm_model)),
        Place(host, port, tls_cert, tls_key, read_key_required),
    ):
        findings.append(finding)
        if not as_json:
            line = f"{finding.state:5}{finding.what}：{finding.said}"
            print(line + (f"\n     → {finding.repair}" if finding.repair else ""))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    if any(finding.state == "fail" for finding in findings):
        raise typer.Exit(1)
