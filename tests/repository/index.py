"""A stand-in for OpenSearch: enough of its API for an InvenioRDM on loopback, in one process.

It keeps documents and answers the queries InvenioRDM asks: bool, term, terms, exists, range,
prefix, nested, and query strings of words and `field:"value"`. It knows no relevance, no analysis
of words and no aggregations (facets are empty). Documents can be found at once, where OpenSearch
takes a second: `lag` makes new ones wait.
"""

from __future__ import annotations

import fnmatch
import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Doc = dict[str, Any]


class Index:
    """Documents by index and id, and the aliases of indices; kept in a log of JSON lines."""

    def __init__(self, log: Path, lag: float = 0.0) -> None:
        self.log = log
        self.lag = lag
        self.lock = threading.RLock()
        self.documents: dict[str, dict[str, tuple[Doc, float]]] = {}
        self.aliases: dict[str, set[str]] = {}
        for line in log.read_text().splitlines() if log.exists() else ():
            self._apply(json.loads(line))

    def apply(self, *change: Any) -> None:
        with self.lock:
            self._apply(list(change))
            with self.log.open("a") as file:
                file.write(json.dumps(change) + "\n")

    def _apply(self, change: list[Any]) -> None:
        match change:
            case ["put", name, id_, doc]:
                self.documents.setdefault(name, {})[id_] = (doc, time.time() + self.lag)
            case ["delete", name, id_]:
                self.documents.get(name, {}).pop(id_, None)
            case ["create", name]:
                self.documents.setdefault(name, {})
            case ["drop", name]:
                self.documents.pop(name, None)
            case ["alias", alias, name]:
                self.aliases.setdefault(alias, set()).add(name)

    def names(self, wanted: str) -> list[str]:
        """The indices that a comma-separated list of names, aliases and patterns stands for."""
        found: dict[str, None] = {}
        for name in wanted.split(","):
            for index in list(self.documents):
                if fnmatch.fnmatch(index, name):
                    found[index] = None
            for alias, indices in self.aliases.items():
                if fnmatch.fnmatch(alias, name):
                    found.update(dict.fromkeys(indices))
        return list(found)

    def write_name(self, name: str) -> str:
        return next(iter(self.aliases.get(name, ())), name)

    def hits(self, wanted: str, query: Doc) -> list[Doc]:
        with self.lock:
            now = time.time()
            return [
                {"_index": name, "_id": id_, "_score": 1.0, "_source": doc, "_version": 1}
                for name in (self.names(wanted) if wanted else list(self.documents))
                for id_, (doc, visible) in self.documents.get(name, {}).items()
                if visible <= now and matches(query, {**doc, "_id": id_})
            ]


def values(doc: Any, path: str) -> Iterator[Any]:
    """Every value at a dotted path, through lists."""
    if isinstance(doc, list):
        for item in doc:
            yield from values(item, path)
    elif not path:
        yield doc
    elif isinstance(doc, dict):
        for key, value in doc.items():
            if path == key:
                yield from values(value, "")
            elif path.startswith(f"{key}."):
                yield from values(value, path[len(key) + 1 :])


def folded(value: Any) -> str:
    return str(value).lower()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def matches(query: Doc, doc: Doc) -> bool:
    if not query:
        return True
    ((kind, said),) = query.items()
    match kind:
        case "match_all":
            return True
        case "bool":
            return _bool(said, doc)
        case "nested" | "constant_score" | "function_score":
            return matches(said.get("query") or said.get("filter") or {}, doc)
        case "ids":
            return doc["_id"] in said["values"]
        case "exists":
            return any(True for _ in values(doc, said["field"]))
        case "query_string" | "simple_query_string" | "multi_match":
            return _text(said["query"], doc)
        case "term" | "terms" | "prefix" | "wildcard" | "range" | "match" | "match_phrase":
            return _field(kind, said, doc)
    return False


def _bool(said: Doc, doc: Doc) -> bool:
    must = [*_listed(said.get("must")), *_listed(said.get("filter"))]
    should = _listed(said.get("should"))
    least = _least(str(said.get("minimum_should_match", 0 if must else 1)), len(should))
    return (
        all(matches(one, doc) for one in must)
        and not any(matches(one, doc) for one in _listed(said.get("must_not")))
        and sum(matches(one, doc) for one in should) >= least
    )


def _least(said: str, count: int) -> int:
    """How many of `count` must match: "1", or "0<1" for one where there are more than none."""
    above, _, least = said.rpartition("<")
    return min(int(least), count) if not above or count > int(above) else count


def _field(kind: str, said: Doc, doc: Doc) -> bool:
    path, wanted = next((k, v) for k, v in said.items() if k not in ("boost", "_name"))
    there = list(values(doc, path.removesuffix(".keyword").removesuffix("^2")))
    if isinstance(wanted, dict) and kind != "range":
        wanted = wanted.get("value", wanted.get("query"))
    if kind == "range":
        tests = {"gte": str.__ge__, "gt": str.__gt__, "lte": str.__le__, "lt": str.__lt__}
        return any(
            all(tests[k](str(v), str(limit)) for k, limit in wanted.items() if k in tests)
            for v in there
        )
    if kind == "terms":
        return bool({folded(v) for v in there} & {folded(w) for w in wanted})
    if kind == "prefix":
        return any(folded(v).startswith(folded(wanted)) for v in there)
    if kind == "wildcard":
        return any(fnmatch.fnmatch(folded(v), folded(wanted)) for v in there)
    if kind in ("match", "match_phrase"):
        return any(folded(wanted) in folded(v) for v in there)
    return folded(wanted) in {folded(v) for v in there}


_WORD = re.compile(r'(?:([\w.\\-]+):)?(?:"((?:[^"\\]|\\.)*)"|([^\s()"]+))')


def _text(query: str, doc: Doc) -> bool:
    """Words and `field:value`, all of which must be there; AND is understood, OR is not."""
    everything = json.dumps(doc, ensure_ascii=False).lower()
    for field, quoted, word in _WORD.findall(query):
        wanted = re.sub(r"\\(.)", r"\1", quoted or word)
        if not field and wanted in ("AND", "*"):
            continue
        if field and not any(folded(wanted) == folded(v) for v in values(doc, field)):
            return False
        if not field and folded(wanted) not in everything:
            return False
    return True


def empty_buckets(asked: Doc) -> Doc:
    return {
        name: {"doc_count": 0, "doc_count_error_upper_bound": 0, "sum_other_doc_count": 0,
               "buckets": [], **empty_buckets(said.get("aggs", {}))}
        for name, said in asked.items()
    }  # fmt: skip


def searched(index: Index, wanted: str, body: Doc, limits: dict[str, str]) -> Doc:
    found = index.hits(wanted, body.get("query") or {})
    for rule in reversed(_listed(body.get("sort"))):
        field, order = next(iter(rule.items())) if isinstance(rule, dict) else (rule, "asc")
        down = (order.get("order") if isinstance(order, dict) else order) == "desc"
        found.sort(key=lambda h: str(next(values(h["_source"], field), "")), reverse=down)
    start = int(body.get("from", limits.get("from", 0)))
    size = int(body.get("size", limits.get("size", 10)))
    return {
        "took": 1, "timed_out": False, "_shards": {"total": 1, "successful": 1, "failed": 0},
        "hits": {"total": {"value": len(found), "relation": "eq"}, "max_score": 1.0,
                 "hits": found[start : start + size]},
        "aggregations": empty_buckets(body.get("aggs") or body.get("aggregations") or {}),
    }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    disable_nagle_algorithm = True
    index: Index

    def log_message(self, *_: Any) -> None:
        pass

    def answer(self, value: Any, status: int = 200) -> None:
        body = b"" if self.command == "HEAD" else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self) -> None:
        path, _, query = self.path.partition("?")
        limits = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = [part.replace("%2C", ",").replace("%2A", "*") for part in path.split("/") if part]
        status, value = self.act(parts, data, limits)
        self.answer(value, status)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815

    def act(self, parts: list[str], data: bytes, limits: dict[str, str]) -> tuple[int, Any]:
        index, verb = self.index, self.command
        if parts and parts[-1] == "_bulk":
            return 200, self.bulk(data, parts[0] if len(parts) > 1 else "")
        body = json.loads(data) if data.strip().startswith(b"{") else {}
        match parts:
            case []:
                return 200, {"version": {"number": "2.11.0", "distribution": "opensearch"},
                             "cluster_name": "stand-in", "tagline": "stand-in"}  # fmt: skip
            case ["_msearch"]:
                return 200, {"responses": self.many(data)}
            case [*names, "_search"]:
                return 200, searched(index, ",".join(names), body, limits)
            case [*names, "_count"]:
                found = index.hits(",".join(names), body.get("query") or {})
                return 200, {"count": len(found), "_shards": {"failed": 0}}
            case ["_search", "scroll"]:
                return 200, {"_scroll_id": "0", "hits": {"hits": [], "total": {"value": 0}}}
            case [names, "_delete_by_query"]:
                gone = index.hits(names, body.get("query") or {})
                for hit in gone:
                    index.apply("delete", hit["_index"], hit["_id"])
                return 200, {"deleted": len(gone), "failures": []}
            case ["_aliases"]:
                for action in body.get("actions", []):
                    if add := action.get("add"):
                        index.apply("alias", add["alias"], add["index"])
                return 200, {"acknowledged": True}
            case [name, "_alias" | "_aliases", alias] if verb in ("PUT", "POST"):
                for one in name.split(","):
                    index.apply("alias", alias, one)
                return 200, {"acknowledged": True}
            case ["_alias", name] | [_, "_alias", name]:
                there = {i: {"aliases": {name: {}}} for i in index.aliases.get(name, ())}
                return (200 if there else 404), there
            case [name, "_doc" | "_create", id_]:
                return self.document(index.write_name(name), id_, body)
            case [name] if not name.startswith("_"):
                return self.whole_index(name)
        return 200, {"acknowledged": True, "_shards": {"total": 1, "successful": 1, "failed": 0}}

    def whole_index(self, name: str) -> tuple[int, Any]:
        if self.command == "PUT":
            self.index.apply("create", name)
        elif self.command == "DELETE":
            for one in self.index.names(name):
                self.index.apply("drop", one)
        elif not self.index.names(name):
            return 404, {"error": "no such index"}
        return 200, {"acknowledged": True, "index": name}

    def document(self, name: str, id_: str, body: Doc) -> tuple[int, Any]:
        if self.command in ("PUT", "POST"):
            self.index.apply("put", name, id_, body)
            return 201, {"_index": name, "_id": id_, "result": "created", "_version": 1}
        there = self.index.documents.get(name, {}).get(id_)
        if self.command == "DELETE":
            self.index.apply("delete", name, id_)
            result = "deleted" if there else "not_found"
            return (200 if there else 404), {"_index": name, "_id": id_, "result": result}
        if there is None:
            return 404, {"_index": name, "_id": id_, "found": False}
        return 200, {"_index": name, "_id": id_, "found": True, "_source": there[0], "_version": 1}

    def many(self, data: bytes) -> list[Doc]:
        lines = [json.loads(line) for line in data.splitlines() if line.strip()]
        return [
            {**searched(self.index, _names(head.get("index", "")), body, {}), "status": 200}
            for head, body in zip(lines[::2], lines[1::2], strict=True)
        ]

    def bulk(self, data: bytes, default: str) -> Doc:
        lines = iter(json.loads(line) for line in data.splitlines() if line.strip())
        items = []
        for line in lines:
            ((action, head),) = line.items()
            name, id_ = self.index.write_name(head.get("_index", default)), str(head["_id"])
            if action == "delete":
                self.index.apply("delete", name, id_)
            else:
                body = next(lines)
                self.index.apply("put", name, id_, body.get("doc", body))
            items.append({action: {"_index": name, "_id": id_, "status": 200, "result": "ok"}})
        return {"took": 1, "errors": False, "items": items}


def _names(said: Any) -> str:
    return ",".join(said) if isinstance(said, list) else said


def serve(log: Path, lag: float = 0.0) -> int:
    """Start the stand-in in a thread; the port it listens on."""
    handler = type("Bound", (Handler,), {"index": Index(log, lag)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port
