"""`yaodian keys`: who may write, and read what is not for all."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import DATA, DataOption, JsonOption, failure, log, print_json
from service.library import Key, LibraryError, Role, exists, reading, writing
from service.library.keys import keys_in, make_key, revoke_key

keys = typer.Typer(help="密钥：谁能改文档库，谁能读哪一组的文档。", no_args_is_help=True)
NameArgument = Annotated[str, typer.Argument(help="密钥的名称，如持有人的姓名")]
BY = "命令行"


@keys.command(epilog="例：yaodian keys add 张三 --role editor --group 人事")
def add(
    name: NameArgument,
    role: Annotated[
        Role,
        typer.Option(
            help="monitor 只看运行的数字（/metrics）；reader 读；editor 还能添加、替换、撤回、恢复；admin 还能改组、看全部记录"
        ),
    ] = "reader",
    group: Annotated[list[str] | None, typer.Option(help="可以读哪一组的文档，可写多次")] = None,
    data: DataOption = DATA,
    as_json: JsonOption = False,
) -> None:
    """做一个密钥，只在这时显示一次。"""
    try:
        with writing(data) as database:
            key = make_key(database, name, role, group or (), BY)
    except (LibraryError, OSError) as error:
        raise failure(str(error)) from error
    if as_json:
        print_json({"name": name, "role": role, "groups": sorted(set(group or ())), "key": key})
    else:
        print(key)
        log.print("密钥只显示这一次，请交给持有人保存；丢失了就废除它，另做一个。", soft_wrap=True)


@keys.command("list")
def list_(data: DataOption = DATA, as_json: JsonOption = False) -> None:
    """列出密钥：名称、角色、组、何时做的、是否废除。"""
    found = _found(data)
    if as_json:
        print_json(
            [
                {"name": key.name, "role": key.role, "groups": key.groups, "made": key.made, "revoked": key.revoked}
                for key in found
            ]
        )
        return
    for key in found:
        print(key.name, key.role, "、".join(key.groups) or "-", key.made, "已废除" if key.revoked else "", sep="\t")
    if not found:
        log.print("还没有密钥。做一个：yaodian keys add 名称 --role editor")


@keys.command()
def remove(name: NameArgument, data: DataOption = DATA) -> None:
    """废除一个密钥，从下一个请求起不再有效。"""
    try:
        if not exists(data):
            raise LibraryError("还没有密钥。")
        with writing(data) as database:
            revoke_key(database, name, BY)
    except (LibraryError, OSError) as error:
        raise failure(str(error)) from error
    log.print(f"“{name}”已废除。", markup=False)


def _found(data: Path) -> list[Key]:
    try:
        if not exists(data):
            return []
        with reading(data) as database:
            return keys_in(database)
    except LibraryError as error:
        raise failure(str(error)) from error
