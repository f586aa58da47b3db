"""The routes by which the library is changed; each needs a key that may, and answers what is true afterwards."""

import contextlib
import re
from collections.abc import Callable
from typing import Annotated, TypeVar
from urllib.parse import unquote

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from service.access import Access, Caller
from service.entries import changes_reply, entry_reply, event_reply, reading_reply
from service.gate import CHALLENGE, caller_of
from service.library import Entry, Library, LibraryError, Role, UnknownEntryError
from service.library.drafts import LONGEST, checked
from service.parts import Json
from service.progress import Progress
from service.requests import Corrections
from service.served import Served
from service.uploads import ClientDisconnect, TooLargeError, Uploads
from service.wire import json_reply

ABSENT = "文档库里没有这份文档。"
UPLOAD_LIMIT = 64 * 2**20  # bytes of a file that comes in
EVENTS = 1000  # of the history at once

T = TypeVar("T")


class Editing:
    """What those who may do to the library of a service that has one."""

    def __init__(
        self,
        served: Served,
        access: Access,
        library: Library | None = None,
        progress: Progress | None = None,
        upload_limit: int = UPLOAD_LIMIT,
    ) -> None:
        self._served, self._access, self._library = served, access, library
        self._uploads = Uploads(library.data, upload_limit) if library else None
        self.progress = progress or Progress()

    def library(self) -> Library:
        if self._library is None:
            detail = "这个服务读的是一个文件夹，文档在那里增减；要在网页上增减，启动时不写 --documents。"
            raise HTTPException(409, detail)
        return self._library

    def is_for(self, caller: Caller) -> bool:
        """Whether that one may edit, or somebody whom the page does not know."""
        if self._library is None:
            return False
        with contextlib.suppress(LibraryError):
            return caller.may("editor") or (caller.key is None and bool(self._access.keys))
        return False

    def editor(self, request: Request, role: Role = "editor") -> Caller:
        """Who asks, if that one may. Raises HTTPException."""
        self.library()
        caller = caller_of(request)
        if caller.key is None and not self._access.keys:
            raise HTTPException(403, "还没有密钥，只能在命令行增减文档。做一个：yaodian keys add 名称 --role editor")
        if caller.key is None:
            raise HTTPException(401, "要有密钥才能改。密钥写在 Authorization: Bearer 或 X-API-Key 里。", CHALLENGE)
        if not caller.may(role):
            raise HTTPException(403, f"这个密钥不能这样做，要有 {role} 的密钥。")
        return caller

    def entry(self, id: str, caller: Caller) -> Entry:
        """Raises HTTPException, of one that the caller may not read as of one that there is not."""
        try:
            entry = self.library().show(id)
        except UnknownEntryError as error:
            raise HTTPException(404, ABSENT) from error
        if not caller.may_read(entry.group):
            raise HTTPException(404, ABSENT)
        return entry

    def entries(self, caller: Caller) -> Json:
        """Every document with its state, and the title where it is served."""
        titles = {document.id: document.title for document in self._served.current.assistant.index.corpus.documents}
        seen = [entry for entry in self.library().list() if caller.may_read(entry.group)]
        shown = [entry_reply(one, titles.get(one.id) if one.state == "published" else None) for one in seen]
        return {
            "documents": shown,
            "name": caller.name,
            "role": caller.key.role if caller.key else None,
            "limit": self._limit,
        }

    def history(self, id: str | None, caller: Caller) -> Json:
        if id is not None:
            self.entry(id, caller)
        return {"events": [event_reply(one) for one in self.library().history(id)[:EVENTS]]}

    def read(self, entry: Entry, *, changes: bool = True) -> Json:
        """What was read of the draft, or of what is published, and what a draft changes."""
        library, index = self.library(), self._served.current.assistant.index
        document = library.read(entry.id)
        before = None
        if changes and entry.draft and entry.published and entry.state == "published":
            before = library.read(entry.id, entry.published.number)
        changed = changes_reply(before, document, index.segmenter, index.encoder)
        return {"document": entry_reply(entry, document.title), "read": reading_reply(document), "changes": changed}

    async def put(self, request: Request, id: str, name: str, group: str | None, caller: Caller, publish: bool) -> Json:
        self._check(id, group, caller)
        assert self._uploads
        library = self.library()
        try:
            async with self._uploads.received(request) as file:
                add = library.add if publish else library.draft
                work = lambda: add(file, name=name, id=id, group=group, by=caller.name)  # noqa: E731
                entry = await self.done(id, work)
        except TooLargeError as error:
            raise HTTPException(
                413, f"文件应不超过 {self._limit // 2**20} MiB；更大的用命令行：yaodian add 文件"
            ) from error
        except ClientDisconnect as error:
            raise HTTPException(400, "文件没有收完。") from error
        except OSError as error:
            raise HTTPException(503, "文件写不进数据文件夹，也许磁盘已满；没有改动。") from error
        return await run_in_threadpool(self.read, entry)

    async def done(self, id: str, work: Callable[[], T]) -> T:
        """The work's result; meanwhile it is told that it is done."""
        with self.progress.of(id):
            return await run_in_threadpool(work)

    def correct(self, id: str, given: Corrections, caller: Caller) -> Entry:
        """Fields that are given are settled in the draft; a null one is as it is read. The group is an admin's."""
        entry = self.entry(id, caller)
        fields = given.model_dump(exclude_unset=True)
        group = fields.pop("group", None)
        if group is not None and group != entry.group:
            if not caller.may("admin"):
                raise HTTPException(403, "改组要有 admin 的密钥。")
            entry = self.library().set_group(id, group, caller.name)
        if fields:
            settled = {name: None if value in (None, [], "") else value for name, value in fields.items()}
            entry = self.library().settle(id, settled, caller.name)
        return entry

    @property
    def _limit(self) -> int:
        return self._uploads.limit if self._uploads else 0

    def _check(self, id: str, group: str | None, caller: Caller) -> None:
        """The caller may write a document of this id. Raises HTTPException."""
        try:
            if checked(id, "文档编号") != id:
                raise LibraryError
        except LibraryError as error:
            raise HTTPException(422, f"文档编号应为1至{LONGEST}个字符，不含 / \\ 与控制字符，首尾没有空格。") from error
        try:
            found = self.library().show(id)
        except UnknownEntryError:
            found = None
        if found and not caller.may_read(found.group):
            raise HTTPException(403, "这个密钥不能写这个编号的文档；换一个编号。")
        if group and not caller.may_read(group):
            raise HTTPException(403, "这个密钥不能写这一组的文档。")
        if found and group is not None and group != found.group and not caller.may("admin"):
            raise HTTPException(403, "改组要有 admin 的密钥。")


def add_editing(app: FastAPI, editing: Editing) -> None:
    @app.get("/api/library", summary="文档库的全部文档", tags=["文档库"], response_class=Response)
    async def entries(request: Request) -> Response:
        caller = editing.editor(request)
        return json_reply(await run_in_threadpool(editing.entries, caller))

    @app.get("/api/library/history", summary="谁在何时做了什么", tags=["文档库"], response_class=Response)
    async def history(request: Request, document: Annotated[str | None, Query(max_length=LONGEST)] = None) -> Response:
        caller = editing.editor(request, "admin" if document is None else "editor")
        return json_reply(await run_in_threadpool(editing.history, document, caller))

    @app.get("/api/library/progress", summary="正在做什么", tags=["文档库"], response_class=Response)
    async def progress(request: Request, document: Annotated[str, Query(max_length=LONGEST)]) -> Response:
        editing.editor(request)
        return json_reply(editing.progress.reply(document))

    @app.put("/api/documents/{id}", summary="添加或替换一份文档", tags=["文档库"], response_class=Response)
    async def put(
        request: Request,
        id: str,
        name: Annotated[str | None, Query(max_length=300)] = None,
        group: Annotated[str | None, Query(max_length=LONGEST)] = None,
        publish: bool = True,
    ) -> Response:
        caller = editing.editor(request)
        called = file_name(name if name is not None else unquote(request.headers.get("x-file-name", "")))
        return json_reply(await editing.put(request, id, called, group, caller, publish))

    @app.patch("/api/documents/{id}", summary="更正读得不对的地方", tags=["文档库"], response_class=Response)
    async def correct(request: Request, id: str, given: Corrections) -> Response:
        caller = editing.editor(request)
        entry = await editing.done(id, lambda: editing.correct(id, given, caller))
        return json_reply(await run_in_threadpool(editing.read, entry))

    @app.get("/api/documents/{id}/draft", summary="草稿读成了什么", tags=["文档库"], response_class=Response)
    async def draft(request: Request, id: str) -> Response:
        caller = editing.editor(request)
        entry = await run_in_threadpool(editing.entry, id, caller)
        return json_reply(await run_in_threadpool(editing.read, entry))

    @app.delete("/api/documents/{id}/draft", status_code=204, summary="放弃草稿", tags=["文档库"])
    async def discard(request: Request, id: str) -> None:
        caller = editing.editor(request)
        await run_in_threadpool(editing.entry, id, caller)
        await run_in_threadpool(editing.library().discard, id, caller.name)

    @app.post("/api/documents/{id}/publish", summary="发布草稿", tags=["文档库"], response_class=Response)
    async def publish(request: Request, id: str) -> Response:
        return await _changed(request, id, lambda library, by: library.publish(id, by))

    @app.delete("/api/documents/{id}", summary="撤回", tags=["文档库"], response_class=Response)
    async def withdraw(request: Request, id: str) -> Response:
        return await _changed(request, id, lambda library, by: library.withdraw(id, by))

    @app.post("/api/documents/{id}/restore", summary="恢复", tags=["文档库"], response_class=Response)
    async def restore(
        request: Request, id: str, version: Annotated[int | None, Query(ge=1, le=10**9)] = None
    ) -> Response:
        return await _changed(request, id, lambda library, by: library.restore(id, version, by=by))

    async def _changed(request: Request, id: str, change: Callable[[Library, str], Entry]) -> Response:
        caller = editing.editor(request)
        await run_in_threadpool(editing.entry, id, caller)
        entry = await editing.done(id, lambda: change(editing.library(), caller.name))
        return json_reply({"document": entry_reply(entry)})


def file_name(text: str) -> str:
    """As data alone: what stands behind the last slash, without what cannot be shown. C:\\文件\\要点.docx -> 要点.docx"""
    last = re.split(r"[/\\]", text)[-1]
    return "".join(one for one in last if one.isprintable())[-LONGEST:] or "文件"
