"""`yaodian reload`: what is served is what the documents are now, without a restart."""

from dataclasses import replace
from pathlib import Path

from corpus import PACKAGED, CorpusError
from service.cli.options import DATA, DataOption, DocumentsOption, EncoderOption, StoreOption, failure, log
from service.library import LibraryError
from service.presence import serving
from service.renewing import renew
from service.settings import Settings


def reload(
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    store: StoreOption = None,
) -> None:
    """文档变了之后，让正在运行的服务换上新的索引，不停下来；没有写明的选项照那个服务的。"""
    servers = serving(data)
    settings = Settings(documents, data, encoder, store).of_servers(servers)
    if not settings.names_folder and servers and servers[0].documents:
        settings = replace(settings, documents=Path(servers[0].documents))
    try:
        late = renew(settings)
    except (LibraryError, CorpusError) as error:
        raise failure(str(error)) from error
    if late:
        raise failure(f"索引已更新，但进程 {'、'.join(late)} 还没有换上，请看它的日志。")
    if not servers:
        log.print(f"没有服务在用 {data}；索引已更新。")
    else:
        print(f"{len(servers)}个进程都已换上。")
